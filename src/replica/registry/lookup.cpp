// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/lookup.h"

#include "replica/node/sleep.h"
#include "replica/state/registry_keys.h"

namespace pilothouse::registry {

using http::Awaitable;
using state::Projection;

namespace {

constexpr Milliseconds electionPatience{2000};
constexpr Milliseconds betweenBarriers{50};

Result<blobs::BlobId> idOf(const blobs::Digest& digest, const std::string& text) {
    const auto incarnation = blobs::Incarnation::parse(text);
    if (!incarnation) {
        return failIn(digest.str(), incarnation.error());
    }
    return blobs::BlobId{digest, *incarnation};
}

Result<FoundBlob> foundBlob(const blobs::Digest& digest, const state::ServedBlob& blob) {
    const auto id = idOf(digest, blob.incarnation);
    if (!id) {
        return fail(id.error());
    }
    return FoundBlob{*id, blob.size, blob.referenced};
}

Result<FoundManifest> foundManifest(const state::ServedManifest& manifest) {
    const auto digest = blobs::Digest::parse(manifest.digest);
    if (!digest) {
        return fail(digest.error());
    }
    const auto id = idOf(*digest, manifest.incarnation);
    if (!id) {
        return fail(id.error());
    }
    return FoundManifest{*id, manifest.mediaType, manifest.size};
}

// What the query finds now, or after a barrier; ErrorCode::notFound with `missing`.
template <typename T>
Awaitable<Result<T>> findSure(const Context& context,
                              std::function<Result<std::optional<T>>(Projection&)> query,
                              std::string missing) {
    auto found = co_await context.model.read<std::optional<T>>(query, stateDeadline);
    if (found && !*found) {
        found = co_await queryNow<std::optional<T>>(context, query);
    }
    if (!found) {
        co_return fail(found.error());
    }
    if (!*found) {
        co_return fail(ErrorCode::notFound, std::move(missing));
    }
    co_return std::move(**found);
}

} // namespace

Awaitable<Status> catchUp(const Context& context) {
    const state::Deadline deadline(context.clock, electionPatience);
    for (;;) {
        const Status barrier = co_await context.follower.readBarrier(stateDeadline);
        if (barrier || deadline.passed()) {
            co_return barrier;
        }
        co_await node::sleepFor(betweenBarriers);
    }
}

Awaitable<Result<FoundBlob>> findBlob(const Context& context, std::string repository, blobs::Digest digest) {
    state::RegistryCache& lately = context.model.lately();
    if (const auto known = lately.blob(repository, digest.str())) {
        co_return foundBlob(digest, *known);
    }
    auto query = [&lately, repository, digest](Projection& projection) {
        return state::serveBlob(projection, lately, repository, digest.str());
    };
    auto found = co_await findSure<state::ServedBlob>(
        context, std::move(query), "there is no blob " + digest.str() + " in " + repository);
    if (!found) {
        co_return fail(found.error());
    }
    co_return foundBlob(digest, *found);
}

Awaitable<Result<FoundManifest>> findManifest(const Context& context, std::string repository,
                                              blobs::Digest digest) {
    state::RegistryCache& lately = context.model.lately();
    const std::string key = state::keys::manifest(repository, digest.str());
    if (const auto known = lately.manifest(key)) {
        co_return foundManifest(*known);
    }
    auto query = [&lately, key, digest](Projection& projection) {
        return state::serveManifest(projection, lately, key, digest.str());
    };
    auto found = co_await findSure<state::ServedManifest>(
        context, std::move(query), "there is no manifest " + digest.str() + " in " + repository);
    if (!found) {
        co_return fail(found.error());
    }
    co_return foundManifest(*found);
}

Awaitable<Result<FoundManifest>> findTagged(const Context& context, std::string repository, std::string tag) {
    const Status barrier = co_await catchUp(context);
    if (!barrier) {
        co_return fail(barrier.error());
    }
    state::RegistryCache& lately = context.model.lately();
    const std::string key = state::keys::tag(repository, tag);
    if (const auto known = lately.manifest(key)) {
        co_return foundManifest(*known);
    }
    auto query = [&lately, key](Projection& projection) { return state::serveTag(projection, lately, key); };
    auto found =
        co_await context.model.read<std::optional<state::ServedManifest>>(std::move(query), stateDeadline);
    if (!found) {
        co_return fail(found.error());
    }
    if (!*found) {
        co_return fail(ErrorCode::notFound, "there is no tag " + tag + " in " + repository);
    }
    co_return foundManifest(**found);
}

} // namespace pilothouse::registry
