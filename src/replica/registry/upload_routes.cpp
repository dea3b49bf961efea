// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/upload_routes.h"

#include "replica/registry/answers.h"
#include "replica/registry/audit.h"
#include "replica/registry/blob_routes.h"
#include "replica/registry/byte_range.h"
#include "replica/registry/lookup.h"
#include "replica/registry/mount.h"
#include "replica/registry/pass_on.h"
#include "replica/registry/store_blob.h"
#include "replica/replication/pump.h"
#include "replica/state/settings.h"

namespace pilothouse::registry {

using http::Awaitable;

namespace {

http::Response describe(const Upload& upload, int status) {
    http::Response response = emptyAnswer(status);
    // Relative: it stays with whatever name the client used for the cluster.
    response.headers.set("Location", "/v2/" + upload.repository + "/blobs/uploads/" + upload.id);
    response.headers.set("Docker-Upload-UUID", upload.id);
    response.headers.set("Range", uploadRange(upload.writer->size()));
    return response;
}

http::Response created(const std::string& repository, const std::string& digest) {
    http::Response response = emptyAnswer(201);
    response.headers.set("Location", "/v2/" + repository + "/blobs/" + digest);
    response.headers.set("Docker-Content-Digest", digest);
    return response;
}

http::Response uploadError(const Error& error) {
    if (error.code == ErrorCode::conflict) {
        return faultAnswer(Fault::blobUploadInvalid, error.text(), {}, 409);
    }
    return errorAnswer(error, Fault::blobUploadUnknown);
}

// What a body that could not be read is answered with.
http::Response bodyError(const Error& error) {
    switch (error.code) {
    case ErrorCode::exhausted:
        return faultAnswer(Fault::sizeInvalid, error.text(), {}, 413);
    case ErrorCode::timeout:
        return faultAnswer(Fault::blobUploadInvalid, error.text(), {}, 408);
    default:
        return faultAnswer(Fault::blobUploadInvalid, error.text());
    }
}

http::Response wrongLength() {
    return faultAnswer(Fault::sizeInvalid, "the chunk's length is not that of its Content-Range");
}

// The rest of a request's body, appended. The answer when that failed; what came before a client broke off,
// or of a chunk that has another length than it says, stays, so that the client can go on from there.
Awaitable<std::optional<http::Response>> receive(Call& call, Upload& upload, bool& lost) {
    const auto most = static_cast<std::uint64_t>(
        state::settingNumber(*call.context.model.snapshot(), state::setting::blobBytes));
    const std::uint64_t left = most - std::min(most, upload.writer->size());
    const auto chunk = parseChunkRange(call.exchange.request().headers.value("Content-Range"));
    const bool bounded = chunk && chunk->size() <= left;
    call.exchange.limitBody(bounded ? chunk->size() : left);
    replication::PieceSource source = [&call](std::span<char> into) { return call.exchange.readBody(into); };
    replication::PieceSink sink = [&](std::string_view bytes) -> Awaitable<Status> {
        const Status written = co_await call.context.local.write(*upload.writer, bytes);
        if (written) {
            noteGrowth(call.context, upload);
        }
        co_return written;
    };
    const auto pumped = co_await replication::pump(std::move(source), std::move(sink));
    if (!pumped.sink) {
        lost = true; // nothing may be appended after a write that failed
        co_return errorAnswer(pumped.sink.error(), Fault::blobUploadUnknown);
    }
    if (!pumped.source) {
        const bool tooMuch = pumped.source.error().code == ErrorCode::exhausted;
        lost = tooMuch && !bounded; // larger than any blob may be: nobody goes on with that
        const bool overChunk = tooMuch && bounded;
        co_return overChunk ? wrongLength() : bodyError(pumped.source.error());
    }
    const bool cutShort = chunk && pumped.bytes != chunk->size();
    co_return cutShort ? std::optional(wrongLength()) : std::nullopt;
}

// Whether a chunk belongs to where the upload stands.
std::optional<http::Response> refuseChunk(const http::Request& request, const Upload& upload) {
    const auto field = request.headers.find("Content-Range");
    if (!field) {
        return std::nullopt;
    }
    const auto range = parseChunkRange(*field);
    if (!range) {
        return faultAnswer(Fault::blobUploadInvalid, "the Content-Range is malformed", *field);
    }
    if (range->first != upload.writer->size()) {
        auto response = describe(upload, 416);
        const auto body = faultAnswer(Fault::rangeInvalid, "the next byte of this upload is number " +
                                                               std::to_string(upload.writer->size()));
        response.headers.set("Content-Type", "application/json");
        response.body = body.body;
        return response;
    }
    const auto length = request.headers.find("Content-Length");
    if (length && *length != std::to_string(range->size())) {
        return wrongLength();
    }
    return std::nullopt;
}

// The upload that the request is about; without one the request has been answered, here or by its owner.
Awaitable<std::optional<UploadTable::Lease>> takeUpload(Call& call) {
    const auto owner = UploadTable::ownerOf(call.path.last);
    if (owner && *owner != call.context.self) {
        co_await passOn(call, *owner);
        co_return std::nullopt;
    }
    auto lease = call.context.uploads.take(call.path.last, call.path.name);
    if (!lease) {
        auto response = uploadError(lease.error());
        co_await answer(call.exchange, std::move(response));
        co_return std::nullopt;
    }
    co_return std::move(*lease);
}

// A new upload; the answer when there can be none.
Awaitable<tl::expected<UploadTable::Lease, http::Response>> addUpload(Call& call,
                                                                      blobs::Algorithm algorithm) {
    const auto state = call.context.model.snapshot();
    const auto floor = static_cast<std::uint64_t>(state::settingNumber(*state, state::setting::pushFloorMib));
    auto writer = co_await call.context.local.begin(algorithm, floor << 20U);
    if (!writer) {
        co_return tl::unexpected(errorAnswer(writer.error(), Fault::blobUploadUnknown));
    }
    const auto most = static_cast<std::size_t>(state::settingNumber(*state, state::setting::uploadsPerUser));
    auto lease = call.context.uploads.add(call.path.name, call.granted.user, std::move(*writer), most);
    if (!lease) {
        co_return tl::unexpected(faultAnswer(Fault::tooManyRequests, lease.error().text()));
    }
    co_return std::move(*lease);
}

// Takes the rest of the body and makes the upload a blob.
Awaitable<void> complete(Call& call, UploadTable::Lease lease, blobs::Digest digest) {
    bool lost = false;
    auto refusal = co_await receive(call, *lease, lost);
    if (refusal) {
        if (lost) {
            lease.finish();
        }
        lease.giveBack();
        co_return co_await answer(call.exchange, std::move(*refusal));
    }
    const Status stored = co_await storeBlob(call.context, *lease, digest, call.path.name);
    const std::string what = "blob " + digest.str();
    audit(call, "push", what, stored ? "done" : stored.error().message);
    lease.finish();
    auto response = created(call.path.name, digest.str());
    if (!stored) {
        response = stored.error().code == ErrorCode::invalid
                       ? faultAnswer(Fault::digestInvalid, stored.error().text(), digest.str())
                       : errorAnswer(stored.error(), Fault::blobUploadUnknown);
    }
    co_await answer(call.exchange, std::move(response));
}

// A digest in the query; the answer when it is none.
tl::expected<blobs::Digest, http::Response> digestIn(std::string_view text) {
    const auto digest = blobs::Digest::parse(text);
    if (!digest) {
        return tl::unexpected(faultAnswer(Fault::digestInvalid, digest.error().text(), text));
    }
    return *digest;
}

// The client may not have heard that its upload was finished, and asks again.
Awaitable<bool> wasFinished(Call& call, const blobs::Digest& digest) {
    const auto found = co_await findBlob(call.context, call.path.name, digest);
    if (!found) {
        co_return false;
    }
    const Status kept = co_await keepForClient(call.context, *found);
    co_return kept.has_value();
}

} // namespace

Awaitable<void> beginUpload(Call& call) {
    const http::Request& request = call.exchange.request();
    if (request.parameter("mount")) {
        const auto mounted = co_await mount(call);
        if (mounted) {
            auto response = created(call.path.name, mounted->str());
            co_return co_await answer(call.exchange, std::move(response));
        }
    }
    const auto whole = request.parameter("digest");
    auto digest = digestIn(whole.value_or("sha256:" + std::string(64, '0')));
    if (!digest) {
        co_return co_await answer(call.exchange, std::move(digest.error()));
    }
    auto lease = co_await addUpload(call, digest->algorithm());
    if (!lease) {
        co_return co_await answer(call.exchange, std::move(lease.error()));
    }
    if (whole) {
        co_return co_await complete(call, std::move(*lease), *digest);
    }
    auto response = describe(**lease, 202);
    lease->giveBack();
    co_await answer(call.exchange, std::move(response));
}

Awaitable<void> continueUpload(Call& call) {
    auto lease = co_await takeUpload(call);
    if (!lease) {
        co_return;
    }
    auto refusal = refuseChunk(call.exchange.request(), **lease);
    bool lost = false;
    if (!refusal) {
        refusal = co_await receive(call, **lease, lost);
    }
    auto response = refusal ? std::move(*refusal) : describe(**lease, 202);
    if (lost) {
        lease->finish();
    }
    lease->giveBack();
    co_await answer(call.exchange, std::move(response));
}

Awaitable<void> finishUpload(Call& call) {
    auto digest = digestIn(call.exchange.request().parameter("digest").value_or(""));
    if (!digest) {
        co_return co_await answer(call.exchange, std::move(digest.error()));
    }
    const auto owner = UploadTable::ownerOf(call.path.last);
    if (owner && *owner != call.context.self) {
        co_return co_await passOn(call, *owner);
    }
    auto lease = call.context.uploads.take(call.path.last, call.path.name);
    if (lease) {
        auto refusal = refuseChunk(call.exchange.request(), **lease);
        if (refusal) {
            lease->giveBack();
            co_return co_await answer(call.exchange, std::move(*refusal));
        }
        co_return co_await complete(call, std::move(*lease), *digest);
    }
    auto response = uploadError(lease.error());
    if (lease.error().code == ErrorCode::notFound) {
        const bool before = co_await wasFinished(call, *digest);
        if (before) {
            response = created(call.path.name, digest->str());
        }
    }
    co_await answer(call.exchange, std::move(response));
}

Awaitable<void> getUpload(Call& call) {
    auto lease = co_await takeUpload(call);
    if (lease) {
        auto response = describe(**lease, 204);
        lease->giveBack();
        co_await answer(call.exchange, std::move(response));
    }
}

Awaitable<void> cancelUpload(Call& call) {
    auto lease = co_await takeUpload(call);
    if (lease) {
        lease->finish();
        auto response = emptyAnswer(204);
        co_await answer(call.exchange, std::move(response));
    }
}

} // namespace pilothouse::registry
