// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/peer_routes.h"

#include "replica/admin/answer.h"
#include "replica/replication/blob_access.h"
#include "replica/replication/early_copies.h"

#include <charconv>
#include <limits>

namespace pilothouse::replication {

using http::Awaitable;
using http::Exchange;

namespace {

constexpr Milliseconds longestWait{5'000};

Result<blobs::BlobId> blobIdIn(const http::PathParameters& parameters) {
    const auto digest = blobs::Digest::parse(parameters.at("digest"));
    if (!digest) {
        return fail(digest.error());
    }
    const auto incarnation = blobs::Incarnation::parse(parameters.at("incarnation"));
    if (!incarnation) {
        return fail(incarnation.error());
    }
    return blobs::BlobId{*digest, *incarnation};
}

// What the body is, once it has come.
using Named = std::function<Result<blobs::BlobId>()>;

// The body into a file of its own; nothing of it stays unless all of it came and has the right digest.
Awaitable<Status> receive(Exchange& exchange, LocalBlobs& local, blobs::Algorithm algorithm,
                          blobs::Incarnation incarnation, Named named) {
    const auto arrival = local.arriving(incarnation);
    auto writer = co_await local.begin(algorithm);
    if (!writer) {
        co_return fail(writer.error());
    }
    exchange.limitBody(std::numeric_limits<std::uint64_t>::max()); // the one that sends has checked it
    PieceSource source = [&exchange](std::span<char> into) { return exchange.readBody(into); };
    PieceSink sink = [&local, &writer](std::string_view bytes) { return local.write(**writer, bytes); };
    const Pumped pumped = co_await pump(std::move(source), std::move(sink));
    if (!pumped.source || !pumped.sink) {
        co_return pumped.sink ? pumped.source : pumped.sink;
    }
    const auto id = named();
    if (!id) {
        co_return fail(id.error());
    }
    co_return co_await local.commit(**writer, *id);
}

Awaitable<Status> take(Exchange& exchange, LocalBlobs& local, const http::PathParameters& parameters) {
    const auto id = blobIdIn(parameters);
    if (!id) {
        co_return fail(id.error());
    }
    const auto left = exchange.bodyLeft();
    if (left && *left <= pieceBytes) {
        auto bytes = co_await exchange.readAll(pieceBytes);
        if (!bytes) {
            co_return fail(bytes.error());
        }
        co_return co_await local.putUnlessThere(*id, std::move(*bytes));
    }
    const auto here = co_await local.hasDurably(*id);
    if (here && *here) {
        co_return Status();
    }
    Named named = [&id] { return Result<blobs::BlobId>(id); };
    co_return co_await receive(exchange, local, id->digest.algorithm(), id->incarnation, std::move(named));
}

Result<blobs::BlobId> blobIdAfter(const Exchange& exchange, const blobs::Incarnation& incarnation) {
    const http::Headers& trailers = exchange.trailers();
    if (trailers.count(digestTrailer) != 1) {
        return fail(ErrorCode::invalid,
                    "there is not one " + std::string(digestTrailer) + " field after the body");
    }
    const auto digest = blobs::Digest::parse(trailers.value(digestTrailer));
    return digest ? Result<blobs::BlobId>(blobs::BlobId{*digest, incarnation}) : fail(digest.error());
}

// A blob that is still being pushed to the one that sends.
Awaitable<Status> takeGrowing(Exchange& exchange, LocalBlobs& local, const http::PathParameters& parameters) {
    const auto incarnation = blobs::Incarnation::parse(parameters.at("incarnation"));
    if (!incarnation) {
        co_return fail(incarnation.error());
    }
    const auto algorithm = blobs::algorithmOf(exchange.request().parameter("algorithm").value_or(""));
    if (!algorithm) {
        co_return fail(algorithm.error());
    }
    if (exchange.bodyLeft()) {
        co_return fail(ErrorCode::invalid, "the body is not chunked, so no digest can follow it");
    }
    Named named = [&] { return blobIdAfter(exchange, *incarnation); };
    co_return co_await receive(exchange, local, *algorithm, *incarnation, std::move(named));
}

// Where to begin; nothing else is asked for.
std::uint64_t offsetIn(const http::Request& request) {
    const std::string_view field = request.headers.value("Range");
    constexpr std::string_view unit = "bytes=";
    std::uint64_t offset = 0;
    if (field.starts_with(unit)) {
        std::from_chars(field.data() + unit.size(), field.data() + field.size(), offset);
    }
    return offset;
}

Awaitable<void> give(Exchange& exchange, LocalBlobs& local, const http::PathParameters& parameters) {
    const auto id = blobIdIn(parameters);
    if (!id) {
        auto response = admin::problem(id.error());
        (void)co_await exchange.respond(std::move(response));
        co_return;
    }
    const auto reader = co_await local.read(*id);
    const std::uint64_t offset = offsetIn(exchange.request());
    if (!reader || offset > (*reader)->size()) {
        const Error error =
            reader ? Error{ErrorCode::invalid, "the offset is beyond the blob's end", {}} : reader.error();
        auto response = admin::problem(error);
        (void)co_await exchange.respond(std::move(response));
        co_return;
    }
    http::ResponseHead head;
    head.status = offset > 0 ? 206 : 200;
    head.headers.set("Content-Type", "application/octet-stream");
    const std::uint64_t length = (*reader)->size() - offset;
    head.headers.set("Content-Length", std::to_string(length));
    const Status begun = co_await exchange.start(std::move(head));
    if (!begun) {
        co_return;
    }
    OpenBlob blob(local, *reader, offset);
    PieceSource source = piecesOf(blob, length);
    PieceSink sink = [&exchange](std::string_view bytes) { return exchange.write(bytes); };
    const Pumped pumped = co_await pump(std::move(source), std::move(sink));
    if (pumped.sink && pumped.bytes == length) {
        (void)co_await exchange.finish();
    }
    // Else the connection ends before the announced length.
}

Result<std::int64_t> numberIn(const http::Request& request, std::string_view name) {
    const std::string_view text = request.parameter(name).value_or("");
    std::int64_t number = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 0) {
        return fail(ErrorCode::invalid, std::string(name) + " is not a whole number from 0");
    }
    return number;
}

Awaitable<Status> waitApplied(const http::Request& request, state::StateFollower& follower) {
    const auto revision = numberIn(request, "revision");
    const auto within = numberIn(request, "within_ms");
    if (!revision || !within) {
        co_return fail(revision ? within.error() : revision.error());
    }
    co_return co_await follower.waitFor(Revision(*revision), std::min(Milliseconds(*within), longestWait));
}

} // namespace

void addPeerRoutes(http::Router& router, const admin::Context& context, LocalBlobs& local) {
    constexpr std::string_view blob = "/api/v0/replica/blobs/{digest}/{incarnation}";
    const auto put = [&local](Exchange& exchange, const http::PathParameters& parameters,
                              const admin::Principal&) -> Awaitable<void> {
        const Status taken = co_await take(exchange, local, parameters);
        co_await admin::answer(exchange, taken);
    };
    const auto putGrowing = [&local](Exchange& exchange, const http::PathParameters& parameters,
                                     const admin::Principal&) -> Awaitable<void> {
        const Status taken = co_await takeGrowing(exchange, local, parameters);
        co_await admin::answer(exchange, taken);
    };
    const auto get = [&local](Exchange& exchange, const http::PathParameters& parameters,
                              const admin::Principal&) { return give(exchange, local, parameters); };
    const auto applied = [&context](Exchange& exchange, const http::PathParameters&,
                                    const admin::Principal&) -> Awaitable<void> {
        const Status done = co_await waitApplied(exchange.request(), context.follower);
        co_await admin::answer(exchange, done);
    };
    router.add("PUT", blob, admin::guarded(context, admin::Access::replica, put));
    router.add("PUT", "/api/v0/replica/uploads/{incarnation}",
               admin::guarded(context, admin::Access::replica, putGrowing));
    router.add("GET", blob, admin::guarded(context, admin::Access::replica, get));
    router.add("GET", "/api/v0/replica/applied", admin::guarded(context, admin::Access::replica, applied));
}

} // namespace pilothouse::replication
