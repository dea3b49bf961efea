// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/store_blob.h"

#include "replica/registry/lookup.h"
#include "replica/state/registry_keys.h"

namespace pilothouse::registry {

using http::Awaitable;

namespace {

// How often the members may change while one blob is being recorded.
constexpr int mostRounds = 5;
// From so many bytes on copies go along with the push: below, they take little time at its end.
constexpr std::uint64_t earlyFrom = std::uint64_t{4} * 1024 * 1024;

// Whether the cluster has a live blob of that digest, as far as this replica knows.
Awaitable<Result<bool>> isInCluster(const Context& context, const blobs::Digest& digest) {
    const std::function<Result<bool>(state::Projection&)> query =
        [digest](state::Projection& projection) -> Result<bool> {
        const auto found = state::findRecord<state::BlobRecord>(projection, state::keys::blob(digest.str()));
        if (!found) {
            return fail(found.error());
        }
        return *found && (*found)->record.phase == state::BlobPhase::live;
    };
    return context.model.read<bool>(query, stateDeadline);
}

blobs::BlobId newIdOf(const Context& context, blobs::Digest digest) {
    return {std::move(digest), replication::LocalBlobs::newIncarnation(context.random)};
}

// Copies and records, again when the members changed in between: then nothing is taken for granted that was
// sent before, and whoever has it says so at once.
Awaitable<Status> copyAndRecord(const Context& context, blobs::BlobId id, std::uint64_t size,
                                replication::EarlyCopiesPtr early, std::string repository) {
    for (int round = 1;; ++round) {
        const auto durable =
            co_await context.copier.copyToMajority(id, size, nullptr, std::exchange(early, nullptr));
        if (!durable) {
            co_return fail(durable.error());
        }
        const MonotonicTime before = context.clock.monotonic();
        const Status recorded = co_await context.writer.addBlob(*durable, repository, stateDeadline);
        if (recorded) {
            context.touches.note(id, before);
        }
        const bool again = !recorded && recorded.error().code == ErrorCode::conflict && round < mostRounds;
        if (!again) {
            co_return recorded;
        }
    }
}

} // namespace

void noteGrowth(const Context& context, Upload& upload) {
    if (upload.early) {
        upload.early->grew();
    } else if (upload.writer->size() >= earlyFrom) {
        upload.early =
            context.copier.begin(upload.writer, replication::LocalBlobs::newIncarnation(context.random));
    }
}

Awaitable<Status> storeBlob(const Context& context, Upload& upload, blobs::Digest digest,
                            std::string repository) {
    blobs::BlobWriter& writer = *upload.writer;
    const auto actual = co_await context.local.digest(writer, digest.algorithm());
    if (!actual) {
        co_return fail(actual.error());
    }
    if (*actual != digest) {
        co_return fail(ErrorCode::invalid,
                       "the bytes that came have the digest " + actual->str() + ", not " + digest.str());
    }
    const auto there = co_await isInCluster(context, digest);
    if (!there) {
        co_return fail(there.error());
    }
    if (*there) {
        const Status linked =
            co_await context.writer.linkBlob(digest.str(), repository, std::nullopt, stateDeadline);
        const bool gone = !linked && linked.error().code == ErrorCode::notFound;
        if (!gone) {
            co_return linked;
        }
    }
    blobs::BlobId id = newIdOf(context, std::move(digest));
    if (upload.early) {
        id.incarnation = upload.early->incarnation();
        upload.early->finish(id); // so that all wait for their disks at the same time
    }
    const Status committed = co_await context.local.commit(writer, id);
    if (!committed) {
        if (upload.early) {
            upload.early->abandon();
        }
        co_return committed;
    }
    co_return co_await copyAndRecord(context, id, writer.size(), upload.early, std::move(repository));
}

Awaitable<Result<std::optional<state::DurableBlob>>> storeBytes(const Context& context, blobs::Digest digest,
                                                                std::string bytes) {
    const auto there = co_await isInCluster(context, digest);
    if (!there) {
        co_return fail(there.error());
    }
    if (*there) {
        co_return std::optional<state::DurableBlob>();
    }
    const blobs::BlobId id = newIdOf(context, std::move(digest));
    const auto shared = std::make_shared<const std::string>(std::move(bytes));
    const Status written = co_await context.local.put(id, shared);
    if (!written) {
        co_return fail(written.error());
    }
    auto durable = co_await context.copier.copyToMajority(id, shared->size(), shared);
    if (!durable) {
        co_return fail(durable.error());
    }
    co_return std::move(*durable);
}

} // namespace pilothouse::registry
