// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/blob_routes.h"

#include "replica/registry/answers.h"
#include "replica/registry/byte_range.h"
#include "replica/registry/deletion.h"
#include "replica/registry/lookup.h"
#include "replica/state/settings.h"

namespace pilothouse::registry {

using http::Awaitable;

namespace {

constexpr std::uint64_t smallBytes = std::uint64_t{64} * 1024;

http::Response describe(const FoundBlob& blob, int status) {
    const std::string& digest = blob.id.digest.str();
    http::Response response = emptyAnswer(status);
    response.headers.set("Accept-Ranges", "bytes");
    response.headers.set("Docker-Content-Digest", digest);
    response.headers.set("ETag", entityTag(digest));
    return response;
}

// The part of a blob that an answer carries.
struct Part {
    int status = 200;
    std::uint64_t first = 0;
    std::uint64_t length = 0;
    std::string contentRange;
};

// nullopt: what is asked for begins beyond the end.
std::optional<Part> partOf(const http::Request& request, const blobs::Digest& digest, std::uint64_t size) {
    const auto of = request.headers.find("If-Range"); // RFC 9110 §13.1.5: the whole to who has another thing
    const bool same = !of || *of == entityTag(digest.str());
    const RangeAnswer range = answerRange(same ? request.headers.value("Range") : "", size);
    if (std::holds_alternative<Unsatisfiable>(range)) {
        return std::nullopt;
    }
    if (const auto* some = std::get_if<ByteRange>(&range)) {
        return Part{206, some->first, some->size(), contentRange(*some, size)};
    }
    return Part{200, 0, size, {}};
}

// The answer's head but for the length of what follows.
http::Response describe(const FoundBlob& blob, const Part& part) {
    http::Response response = describe(blob, part.status);
    response.headers.set("Content-Type", "application/octet-stream");
    if (!part.contentRange.empty()) {
        response.headers.set("Content-Range", part.contentRange);
    }
    return response;
}

// What fits into one piece goes with its head. False: nothing was answered yet, there is no copy here.
Awaitable<bool> sendSmallPart(Call& call, const FoundBlob& blob, const Part& part) {
    auto bytes = co_await call.context.local.readPart(blob.id, part.first, part.length);
    if (!bytes) {
        co_return false;
    }
    auto response = describe(blob, part);
    response.body = std::move(*bytes);
    co_await answer(call.exchange, std::move(response));
    co_return true;
}

Awaitable<void> sendPart(Call& call, const FoundBlob& blob, const Part& part) {
    if (part.length <= smallBytes) {
        const bool sent = co_await sendSmallPart(call, blob, part);
        if (sent) {
            co_return;
        }
    }
    auto open = co_await call.context.blobs.open(blob.id, part.first);
    if (!open) {
        auto response = errorAnswer(open.error(), Fault::blobUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    http::ResponseHead head = describe(blob, part);
    head.headers.set("Content-Length", std::to_string(part.length));
    const Status begun = co_await call.exchange.start(std::move(head));
    if (!begun) {
        co_return;
    }
    auto source = replication::piecesOf(*open, part.length);
    replication::PieceSink sink = [&call](std::string_view bytes) { return call.exchange.write(bytes); };
    const auto pumped = co_await replication::pump(std::move(source), std::move(sink));
    if (pumped.sink && pumped.bytes == part.length) {
        (void)co_await call.exchange.finish();
    }
    // Else the connection ends before the announced length: the client sees that some is missing.
}

} // namespace

// One that asks again within a quarter of that time costs no write: three quarters are left.
Awaitable<Status> keepForClient(const Context& context, const FoundBlob& blob) {
    if (blob.referenced) {
        co_return Status();
    }
    const MonotonicTime now = context.clock.monotonic();
    const std::chrono::minutes grace(
        state::settingNumber(*context.model.snapshot(), state::setting::collectAfterMinutes));
    if (context.touches.within(blob.id, now, Milliseconds(grace) / 4)) {
        co_return Status();
    }
    const Status touched = co_await context.writer.touchBlob(blob.id.digest.str(), stateDeadline);
    if (touched) {
        context.touches.note(blob.id, now);
    }
    co_return touched;
}

Awaitable<void> getBlob(Call& call) {
    const auto digest = blobs::Digest::parse(call.path.last);
    if (!digest) {
        auto response = faultAnswer(Fault::digestInvalid, digest.error().text(), call.path.last);
        co_return co_await answer(call.exchange, std::move(response));
    }
    const auto blob = co_await findBlob(call.context, call.path.name, *digest);
    if (!blob) {
        auto response = errorAnswer(blob.error(), Fault::blobUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    const http::Request& request = call.exchange.request();
    const auto size = static_cast<std::uint64_t>(blob->size);
    const bool head = request.method == "HEAD";
    Status kept;
    if (head) {
        kept = co_await keepForClient(call.context, *blob);
    }
    if (!kept) {
        auto response = errorAnswer(kept.error(), Fault::blobUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    if (isUnchanged(request, digest->str())) {
        auto response = describe(*blob, 304);
        co_return co_await answer(call.exchange, std::move(response));
    }
    if (head) {
        auto response = describe(*blob, 200);
        response.headers.set("Content-Type", "application/octet-stream");
        response.headers.set("Content-Length", std::to_string(size));
        co_return co_await answer(call.exchange, std::move(response));
    }
    const auto part = partOf(request, *digest, size);
    if (!part) {
        auto response = faultAnswer(Fault::rangeInvalid, "the blob has " + std::to_string(size) + " bytes");
        response.headers.set("Content-Range", unsatisfiedContentRange(size));
        co_return co_await answer(call.exchange, std::move(response));
    }
    co_await sendPart(call, *blob, *part);
}

Awaitable<void> deleteBlob(Call& call) {
    const auto digest = blobs::Digest::parse(call.path.last);
    if (!digest) {
        auto response = faultAnswer(Fault::digestInvalid, digest.error().text(), call.path.last);
        co_return co_await answer(call.exchange, std::move(response));
    }
    const auto done = co_await call.context.writer.unlinkBlob(digest->str(), call.path.name, stateDeadline);
    co_await answerDeletion(call, done, Fault::blobUnknown, "blob " + digest->str());
}

} // namespace pilothouse::registry
