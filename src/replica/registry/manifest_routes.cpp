// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/manifest_routes.h"

#include "replica/registry/answers.h"
#include "replica/registry/audit.h"
#include "replica/registry/deletion.h"
#include "replica/registry/lookup.h"
#include "replica/registry/manifest_records.h"
#include "replica/registry/names.h"
#include "replica/registry/store_blob.h"
#include "replica/state/settings.h"

namespace pilothouse::registry {

using http::Awaitable;

namespace {

// How often a manifest's bytes may be lost to a change of members or to the collector while it is pushed.
constexpr int mostRounds = 5;

http::Response describe(const FoundManifest& manifest, int status) {
    const std::string& digest = manifest.id.digest.str();
    http::Response response = emptyAnswer(status);
    response.headers.set("Docker-Content-Digest", digest);
    response.headers.set("ETag", entityTag(digest));
    return response;
}

Awaitable<Result<FoundManifest>> find(const Call& call, const Reference& reference) {
    if (const auto* tag = std::get_if<Tag>(&reference)) {
        return findTagged(call.context, call.path.name, tag->name);
    }
    return findManifest(call.context, call.path.name, std::get<blobs::Digest>(reference));
}

Awaitable<Result<ManifestBytes::Bytes>> bytesOf(const Context& context, const FoundManifest& manifest) {
    if (auto known = context.manifestBytes.find(manifest.id)) {
        co_return known;
    }
    auto read = co_await context.blobs.readAll(manifest.id, static_cast<std::size_t>(manifest.size));
    if (!read) {
        co_return fail(read.error());
    }
    auto bytes = std::make_shared<const std::string>(std::move(*read));
    context.manifestBytes.keep(manifest.id, bytes);
    co_return bytes;
}

// What a text that is neither tag nor digest is answered with: nothing has such a name.
http::Response unknownReference(const Call& call, const Error& error) {
    const bool digest = call.path.last.find(':') != std::string::npos;
    return digest ? faultAnswer(Fault::digestInvalid, error.text(), call.path.last)
                  : faultAnswer(Fault::manifestUnknown, error.text(), call.path.last);
}

struct Body {
    std::string bytes;
    blobs::Digest digest;
    Manifest manifest;
};

// The request's body as a manifest; the answer when it is none.
Awaitable<tl::expected<Body, http::Response>> readManifest(Call& call, const Reference& reference) {
    const auto most = static_cast<std::size_t>(
        state::settingNumber(*call.context.model.snapshot(), state::setting::manifestBytes));
    call.exchange.limitBody(most);
    auto bytes = co_await call.exchange.readAll(most);
    if (!bytes) {
        const bool large = bytes.error().code == ErrorCode::exhausted;
        co_return tl::unexpected(
            faultAnswer(Fault::manifestInvalid, bytes.error().text(), {}, large ? 413 : 0));
    }
    const auto* wanted = std::get_if<blobs::Digest>(&reference);
    blobs::Digest digest =
        blobs::Digest::of(*bytes, wanted != nullptr ? wanted->algorithm() : blobs::Algorithm::sha256);
    if (wanted != nullptr && digest != *wanted) {
        co_return tl::unexpected(faultAnswer(
            Fault::digestInvalid, "the manifest that came has the digest " + digest.str(), wanted->str()));
    }
    auto manifest = parseManifest(call.exchange.request().headers.value("Content-Type"), *bytes);
    if (!manifest) {
        co_return tl::unexpected(faultAnswer(Fault::manifestInvalid, manifest.error().text()));
    }
    co_return Body{std::move(*bytes), std::move(digest), std::move(*manifest)};
}

// Stores the bytes and records the manifest.
Awaitable<Status> store(Call& call, const Body& body, std::optional<std::string> tag) {
    const Pushed pushed{.repository = call.path.name,
                        .digest = body.digest,
                        .size = static_cast<std::int64_t>(body.bytes.size()),
                        .tag = std::move(tag),
                        .user = call.granted.user,
                        .replica = call.context.self.str(),
                        .from = http::addressOf(call.exchange.request())};
    state::NewManifest made = recordsOf(body.manifest, pushed);
    for (int round = 1;; ++round) {
        auto bytes = co_await storeBytes(call.context, body.digest, body.bytes);
        if (!bytes) {
            co_return fail(bytes.error());
        }
        made.bytes = std::move(*bytes);
        const Status put = co_await call.context.writer.putManifest(made, stateDeadline);
        const bool again = !put && put.error().code == ErrorCode::conflict && round < mostRounds;
        if (!again) {
            co_return put;
        }
    }
}

http::Response created(const Call& call, const Body& body) {
    http::Response response = emptyAnswer(201);
    response.headers.set("Location", "/v2/" + call.path.name + "/manifests/" + body.digest.str());
    response.headers.set("Docker-Content-Digest", body.digest.str());
    if (body.manifest.subject) {
        response.headers.set("OCI-Subject", body.manifest.subject->digest.str());
    }
    return response;
}

// The answer to a manifest that could not be stored.
http::Response unstored(const Error& error) {
    switch (error.code) {
    case ErrorCode::notFound:
        return faultAnswer(Fault::manifestBlobUnknown, error.text());
    case ErrorCode::invalid:
        return faultAnswer(
            Fault::manifestInvalid,
            "what the manifest names is more than one change of the state holds: " + error.text(), {}, 413);
    default:
        return errorAnswer(error, Fault::manifestUnknown);
    }
}

} // namespace

Awaitable<void> getManifest(Call& call) {
    const auto reference = parseReference(call.path.last);
    if (!reference) {
        auto response = unknownReference(call, reference.error());
        co_return co_await answer(call.exchange, std::move(response));
    }
    const auto found = co_await find(call, *reference);
    if (!found) {
        auto response = errorAnswer(found.error(), Fault::manifestUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    const http::Request& request = call.exchange.request();
    if (isUnchanged(request, found->id.digest.str())) {
        auto response = describe(*found, 304);
        co_return co_await answer(call.exchange, std::move(response));
    }
    auto response = describe(*found, 200);
    response.headers.set("Content-Type", found->mediaType);
    if (request.method == "HEAD") {
        response.headers.set("Content-Length", std::to_string(found->size));
        co_return co_await answer(call.exchange, std::move(response));
    }
    const auto bytes = co_await bytesOf(call.context, *found);
    if (!bytes) {
        response = errorAnswer(bytes.error(), Fault::manifestUnknown);
    } else {
        response.body = **bytes;
    }
    co_await answer(call.exchange, std::move(response));
}

Awaitable<void> putManifest(Call& call) {
    const auto reference = parseReference(call.path.last);
    if (!reference) {
        const bool digest = call.path.last.find(':') != std::string::npos;
        auto response = faultAnswer(digest ? Fault::digestInvalid : Fault::tagInvalid,
                                    reference.error().text(), call.path.last);
        co_return co_await answer(call.exchange, std::move(response));
    }
    auto body = co_await readManifest(call, *reference);
    if (!body) {
        co_return co_await answer(call.exchange, std::move(body.error()));
    }
    std::optional<std::string> tag;
    if (const auto* named = std::get_if<Tag>(&*reference)) {
        tag = named->name;
    }
    const Status stored = co_await store(call, *body, tag);
    const std::string what = "manifest " + body->digest.str() + (tag ? " as tag " + *tag : "");
    audit(call, "push", what, stored ? "done" : stored.error().message);
    auto response = created(call, *body);
    if (!stored) {
        response = unstored(stored.error());
    }
    co_await answer(call.exchange, std::move(response));
}

Awaitable<void> deleteManifest(Call& call) {
    const auto reference = parseReference(call.path.last);
    if (!reference) {
        auto response = unknownReference(call, reference.error());
        co_return co_await answer(call.exchange, std::move(response));
    }
    const std::string& repository = call.path.name;
    if (const auto* tag = std::get_if<Tag>(&*reference)) {
        auto done = co_await call.context.writer.deleteTag(repository, tag->name, stateDeadline);
        co_return co_await answerDeletion(call, std::move(done), Fault::manifestUnknown, "tag " + tag->name);
    }
    const std::string& digest = std::get<blobs::Digest>(*reference).str();
    auto done = co_await call.context.writer.deleteManifest(repository, digest, stateDeadline);
    co_await answerDeletion(call, std::move(done), Fault::manifestUnknown, "manifest " + digest);
}

} // namespace pilothouse::registry
