// SPDX-License-Identifier: GPL-3.0-or-later
// Two replicas and a collector without any patience, all at once on a few names: whatever the order, nothing
// that was recorded may lack what it relies on.
#include "fixture.h"
#include "follow.h"
#include "registry_samples.h"
#include "replica/state/registry_writer.h"

#include <boost/asio/detached.hpp>

#include <random>
#include <set>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::digestOf;
using test::why;

const std::string repositories[] = {"a", "b/c"};
const char blobs[] = {'a', 'b', 'c'};
const char manifests[] = {'d', 'e', 'f'};
const std::string tags[] = {"1", "2"};

// One digest is one content.
std::vector<std::string> blobsNamedBy(const std::string& manifest) {
    if (manifest == digestOf('d')) {
        return {digestOf('a'), digestOf('b')};
    }
    return {digestOf('c'), digestOf(manifest == digestOf('e') ? 'a' : 'b')};
}

struct Replica {
    Replica(boost::asio::io_context& io, engine::Engine& engine, const std::filesystem::path& file)
        : follow(io, engine, file), writer(engine, follow.model, follow.follower, systemClock()) {}
    test::Follow follow;
    RegistryWriter writer;
};

class RegistryWritesRace : public test::StateTest, public testing::WithParamInterface<unsigned> {
protected:
    template <typename Range>
    const auto& pick(const Range& range) {
        return range[std::uniform_int_distribution<std::size_t>(0, std::size(range) - 1)(random)];
    }
    engine::Awaitable<void> worker(Replica& replica, int rounds) {
        for (int i = 0; i < rounds && !HasFailure(); ++i) {
            const Status done = co_await oneWrite(replica);
            const bool expected = done || done.error().code == ErrorCode::notFound ||
                                  done.error().code == ErrorCode::forbidden ||
                                  done.error().code == ErrorCode::conflict;
            EXPECT_TRUE(expected) << why(done);
            succeeded += done ? 1 : 0;
            checkInvariants();
        }
        ++ended;
    }
    engine::Awaitable<Status> oneWrite(Replica& replica) {
        const std::string repository = pick(repositories);
        const std::string blob = digestOf(pick(blobs));
        const std::string manifest = digestOf(pick(manifests));
        const Snapshot state = snapshot();
        switch (std::uniform_int_distribution<int>(0, 9)(random)) {
        case 0:
        case 1:
        case 2:
            co_return co_await replica.writer.addBlob(
                test::durable(state, blob, std::to_string(1'000'000'000'000'000 + random() % 1000)),
                repository, 3000ms);
        case 3:
            co_return co_await replica.writer.linkBlob(blob, repository, pick(repositories), 3000ms);
        case 4:
        case 5:
        case 6: {
            NewManifest made = test::manifestOf(state, repository, manifest, blobsNamedBy(manifest));
            made.tag = pick(tags);
            co_return co_await replica.writer.putManifest(std::move(made), 3000ms);
        }
        case 7: {
            const auto gone = co_await replica.writer.deleteManifest(repository, manifest, 3000ms);
            co_return gone ? Status() : fail(gone.error());
        }
        case 8: {
            const auto gone = co_await replica.writer.unlinkBlob(blob, repository, 3000ms);
            co_return gone ? Status() : fail(gone.error());
        }
        default: {
            const auto gone = co_await replica.writer.deleteTag(repository, pick(tags), 3000ms);
            co_return gone ? Status() : fail(gone.error());
        }
        }
    }
    // Marks whatever it finds, from a look that may be old by the time.
    engine::Awaitable<void> collector() {
        boost::asio::steady_timer turn(context);
        while (ended < 2) {
            const std::string looked[] = {digestOf(pick(blobs)), digestOf(pick(manifests))};
            for (const std::string& digest : looked) {
                const auto found = store.content().find(keys::blob(digest));
                if (found == store.content().end()) {
                    continue;
                }
                const engine::Entry entry = found->second;
                const auto record = decode<BlobRecord>(entry.value);
                turn.expires_after(std::chrono::microseconds(random() % 100));
                co_await turn.async_wait(boost::asio::use_awaitable);
                if (record && record->phase == BlobPhase::live) {
                    WritePlan plan = planMarkBlob(digest, {*record, entry.created, entry.modified});
                    engine::Transaction mark;
                    mark.compares = std::move(plan.compares);
                    mark.then = std::move(plan.operations);
                    const auto done = co_await store.transact(std::move(mark), 1000ms);
                    marked += done && done->succeeded ? 1 : 0;
                    checkInvariants();
                }
            }
            turn.expires_after(std::chrono::microseconds(50));
            co_await turn.async_wait(boost::asio::use_awaitable);
        }
        ++ended;
    }
    void checkManifest(const std::string& repository, const std::string& digest,
                       const ManifestRecord& manifest) {
        std::set<std::string> needed{digest};
        for (const DescriptorRecord& blob : manifest.blobs) {
            needed.insert(blob.digest);
            EXPECT_TRUE(holds(keys::link(blob.digest, repository))) << blob.digest << " in " << repository;
        }
        for (const std::string& blob : needed) {
            EXPECT_TRUE(holds(keys::reference(blob, repository, digest))) << blob;
            ASSERT_TRUE(holds(keys::blob(blob))) << blob;
            EXPECT_EQ(record<BlobRecord>(keys::blob(blob)).phase, BlobPhase::live) << blob;
        }
    }
    void checkInvariants() {
        std::size_t references = 0;
        std::size_t needed = 0;
        for (const auto& [key, entry] : store.content()) {
            if (key.starts_with(keys::manifests)) {
                const std::string name(keys::nameBelow(keys::manifests, key));
                const auto colon = name.find(':');
                const auto manifest = record<ManifestRecord>(key);
                checkManifest(name.substr(0, colon), name.substr(colon + 1), manifest);
                std::set<std::string> blobsOfIt{name.substr(colon + 1)};
                for (const DescriptorRecord& blob : manifest.blobs) {
                    blobsOfIt.insert(blob.digest);
                }
                needed += blobsOfIt.size();
            } else if (key.starts_with(keys::references)) {
                ++references;
            } else if (key.starts_with(keys::tags)) {
                const std::string name(keys::nameBelow(keys::tags, key));
                EXPECT_TRUE(
                    holds(keys::manifest(name.substr(0, name.find(':')), record<TagRecord>(key).digest)))
                    << key;
            }
        }
        EXPECT_EQ(references, needed) << "no reference outlives its manifest";
    }

    std::mt19937 random{GetParam()};
    int ended = 0;
    int succeeded = 0;
    int marked = 0;
};

INSTANTIATE_TEST_SUITE_P(Seed, RegistryWritesRace, testing::Range(1U, 7U));

TEST_P(RegistryWritesRace, NothingLacksWhatItReliesOn) {
    test::TempFolder folder;
    Replica first(context, engine, folder / "first.sqlite");
    Replica second(context, engine, folder / "second.sqlite");
    ASSERT_TRUE(first.follow.reaches(store.revision()) && second.follow.reaches(store.revision()));
    boost::asio::co_spawn(context, worker(first, 250), boost::asio::detached);
    boost::asio::co_spawn(context, worker(second, 250), boost::asio::detached);
    boost::asio::co_spawn(context, collector(), boost::asio::detached);
    EXPECT_TRUE(test::runUntil(
        context, [this] { return ended == 3; }, 40s));
    EXPECT_GT(succeeded, 30) << "the writes must be able to succeed for the test to mean anything";
    EXPECT_GT(marked, 0);
    EXPECT_TRUE(first.follow.reaches(store.revision()) && second.follow.reaches(store.revision()));
}

} // namespace
} // namespace pilothouse::state
