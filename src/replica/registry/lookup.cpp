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

Result<blobs::BlobId> idOf(const blobs::Digest& digest, const state::BlobRecord& record) {
    const auto incarnation = blobs::Incarnation::parse(record.incarnation);
    if (!incarnation) {
        return failIn(digest.str(), incarnation.error());
    }
    return blobs::BlobId{digest, *incarnation};
}

Result<std::optional<FoundBlob>> blobIn(Projection& projection, const std::string& repository,
                                        const blobs::Digest& digest) {
    const auto found = state::findBlobIn(projection, repository, digest.str());
    if (!found || !*found) {
        return found ? Result<std::optional<FoundBlob>>(std::nullopt) : fail(found.error());
    }
    const auto id = idOf(digest, (*found)->record);
    if (!id) {
        return fail(id.error());
    }
    const Result<bool> referenced = state::isReferenced(projection, digest.str());
    if (!referenced) {
        return fail(referenced.error());
    }
    return std::optional<FoundBlob>({*id, (*found)->record.size, *referenced});
}

// The manifest's bytes are a blob of that digest.
Result<std::optional<FoundManifest>> manifestOf(Projection& projection, const blobs::Digest& digest,
                                                const std::string& mediaType, std::int64_t size) {
    const auto blob = state::findRecord<state::BlobRecord>(projection, state::keys::blob(digest.str()));
    if (!blob) {
        return fail(blob.error());
    }
    if (!*blob) {
        return fail(ErrorCode::corrupt, "the record of the manifest " + digest.str() + " has no blob");
    }
    const auto id = idOf(digest, (*blob)->record);
    if (!id) {
        return fail(id.error());
    }
    return std::optional<FoundManifest>({*id, mediaType, size});
}

Result<std::optional<FoundManifest>> manifestIn(Projection& projection, const std::string& repository,
                                                const blobs::Digest& digest) {
    const auto found =
        state::findRecord<state::ManifestRecord>(projection, state::keys::manifest(repository, digest.str()));
    if (!found || !*found) {
        return found ? Result<std::optional<FoundManifest>>(std::nullopt) : fail(found.error());
    }
    return manifestOf(projection, digest, (*found)->record.media_type, (*found)->record.size);
}

Result<std::optional<FoundManifest>> taggedIn(Projection& projection, const std::string& repository,
                                              const std::string& tag) {
    const auto found = state::findRecord<state::TagRecord>(projection, state::keys::tag(repository, tag));
    if (!found || !*found) {
        return found ? Result<std::optional<FoundManifest>>(std::nullopt) : fail(found.error());
    }
    const auto digest = blobs::Digest::parse((*found)->record.digest);
    if (!digest) {
        return failIn("tag " + tag, digest.error());
    }
    return manifestOf(projection, *digest, (*found)->record.media_type, (*found)->record.size);
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
    const std::function<Result<std::optional<FoundBlob>>(Projection&)> query =
        [repository, digest](Projection& projection) { return blobIn(projection, repository, digest); };
    return findSure<FoundBlob>(context, query, "there is no blob " + digest.str() + " in " + repository);
}

Awaitable<Result<FoundManifest>> findManifest(const Context& context, std::string repository,
                                              blobs::Digest digest) {
    const std::function<Result<std::optional<FoundManifest>>(Projection&)> query =
        [repository, digest](Projection& projection) { return manifestIn(projection, repository, digest); };
    return findSure<FoundManifest>(context, query,
                                   "there is no manifest " + digest.str() + " in " + repository);
}

Awaitable<Result<FoundManifest>> findTagged(const Context& context, std::string repository, std::string tag) {
    const std::function<Result<std::optional<FoundManifest>>(Projection&)> query =
        [repository, tag](Projection& projection) { return taggedIn(projection, repository, tag); };
    auto found = co_await queryNow<std::optional<FoundManifest>>(context, query);
    if (!found) {
        co_return fail(found.error());
    }
    if (!*found) {
        co_return fail(ErrorCode::notFound, "there is no tag " + tag + " in " + repository);
    }
    co_return std::move(**found);
}

} // namespace pilothouse::registry
