// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "follow.h"
#include "registry_samples.h"
#include "replica/registry/collector.h"
#include "replica/state/registry_writer.h"
#include "replica/state/settings.h"

namespace pilothouse::registry {
namespace {

using namespace std::chrono_literals;
using state::BlobPhase;
using state::BlobRecord;
using state::test::digestOf;
using state::test::run;
using state::test::why;

const std::string app = "team/app";

// One voter: the others' word is asked for over the network, in the tests of whole clusters.
class CollectorTest : public state::test::StateTest {
protected:
    void SetUp() override {
        auto alone = snapshot().membership->record;
        alone.voters = {state::test::idA};
        put(std::string(state::keys::membership), state::encode(alone));
    }
    void put(const std::string& key, const std::string& value) {
        engine::Transaction transaction;
        transaction.then = {engine::Put{key, value}};
        ASSERT_TRUE(run(context, store.transact(transaction, 100ms)));
        ASSERT_TRUE(follow.reaches(store.revision()));
    }
    void pushBlob(const std::string& digest) {
        const Status added =
            run(context, writer.addBlob(state::test::durable(snapshot(), digest), app, 1500ms));
        ASSERT_TRUE(added) << why(added);
    }
    void pushManifest(const std::string& digest, const std::vector<std::string>& blobs) {
        const Status pushed =
            run(context, writer.putManifest(state::test::manifestOf(snapshot(), app, digest, blobs), 1500ms));
        ASSERT_TRUE(pushed) << why(pushed);
    }
    CollectorReport collect(bool dryRun = false) {
        const auto report = run(context, collector.collect(dryRun));
        EXPECT_TRUE(report) << why(report);
        return report.value_or(CollectorReport());
    }
    bool isThere(const std::string& digest) { return holds(state::keys::blob(digest)); }

    state::test::TempFolder folder;
    state::test::Follow follow{context, engine, folder / "projection.sqlite"};
    state::RegistryWriter writer{engine, follow.model, follow.follower, systemClock()};
    replication::LocalBlobs local{1};
    node::PeerClient client{context.get_executor(), nullptr, ClusterId(std::string(32, 'c'))};
    replication::PeerBlobs peers{client, local};
    ManualClock clock;
    Collector collector{engine,
                        follow.model,
                        follow.follower,
                        peers,
                        clock,
                        ReplicaId(state::test::idA),
                        [] { return true; },
                        CollectorOptions(),
                        Logger()};
};

TEST_F(CollectorTest, AnUnreferencedBlobGoesAfterItsTime) {
    pushBlob(digestOf('a'));
    pushBlob(digestOf('b'));
    pushManifest(digestOf('c'), {digestOf('a')});
    CollectorReport report = collect();
    EXPECT_EQ(report.unreferenced, 1);
    EXPECT_EQ(report.unreferencedBytes, 4096);
    EXPECT_EQ(report.due, 0);
    clock.advance(60min - 1s);
    EXPECT_EQ(collect().deleted, 0);
    clock.advance(1s);
    report = collect();
    EXPECT_EQ(report.deleted, 1);
    EXPECT_EQ(report.deletedBytes, 4096);
    EXPECT_FALSE(isThere(digestOf('b')));
    EXPECT_FALSE(holds(state::keys::link(digestOf('b'), app)));
    EXPECT_TRUE(isThere(digestOf('a')));
    EXPECT_TRUE(isThere(digestOf('c'))) << "the manifest's own bytes";
    EXPECT_FALSE(holds(std::string(state::keys::collectorLock))) << "the lock is given back";
}

TEST_F(CollectorTest, WhoIsToldThatItIsThereCanRelyOnIt) {
    pushBlob(digestOf('a'));
    collect();
    clock.advance(59min);
    ASSERT_TRUE(run(context, writer.touchBlob(digestOf('a'), 1500ms)));
    ASSERT_TRUE(follow.reaches(store.revision()));
    collect();
    clock.advance(59min);
    EXPECT_EQ(collect().deleted, 0) << "the time began anew";
    clock.advance(1min);
    EXPECT_EQ(collect().deleted, 1);
}

TEST_F(CollectorTest, ADeletedManifestTakesItsBlobsWithIt) {
    put(state::keys::of(state::keys::settings, state::setting::collectAfterMinutes),
        state::encode(state::SettingRecord{std::string(state::setting::collectAfterMinutes), "0", {}}));
    pushBlob(digestOf('a'));
    pushManifest(digestOf('c'), {digestOf('a')});
    pushManifest(digestOf('d'), {digestOf('a')});
    ASSERT_TRUE(run(context, writer.deleteManifest(app, digestOf('c'), 1500ms)));
    EXPECT_EQ(collect().deleted, 1) << "the other manifest needs the layer";
    ASSERT_TRUE(run(context, writer.deleteManifest(app, digestOf('d'), 1500ms)));
    EXPECT_EQ(collect().deleted, 2);
    EXPECT_FALSE(isThere(digestOf('a')));
}

TEST_F(CollectorTest, ADryRunOnlyLooks) {
    pushBlob(digestOf('a'));
    collect(true);
    clock.advance(61min);
    const Revision before = store.revision();
    const CollectorReport report = collect(true);
    EXPECT_EQ(report.due, 1);
    EXPECT_EQ(report.dueBytes, 4096);
    EXPECT_EQ(report.deleted, 0);
    EXPECT_EQ(store.revision(), before);
}

TEST_F(CollectorTest, GoesOnWithWhatAnEarlierRunLeft) {
    pushBlob(digestOf('a'));
    pushBlob(digestOf('b'));
    for (const auto& [digest, phase] :
         {std::pair(digestOf('a'), BlobPhase::dying), {digestOf('b'), BlobPhase::dead}}) {
        BlobRecord left = record<BlobRecord>(state::keys::blob(digest));
        left.phase = phase;
        put(state::keys::blob(digest), state::encode(left));
    }
    EXPECT_EQ(collect().deleted, 2);
    EXPECT_FALSE(isThere(digestOf('a')));
    EXPECT_FALSE(isThere(digestOf('b')));
}

TEST_F(CollectorTest, ABlobThatIsPushedAnewWhileItDiesStays) {
    pushBlob(digestOf('a'));
    collect();
    clock.advance(61min);
    // Between the mark and the burial.
    int writes = 0;
    std::function<engine::Awaitable<void>()> hook = [&]() -> engine::Awaitable<void> {
        if (++writes < 3) { // the lock, the mark
            engine.beforeWrite = hook;
            co_return;
        }
        const Status added = co_await writer.addBlob(
            state::test::durable(snapshot(), digestOf('a'), "ffffffffffffffff"), app, 1500ms);
        EXPECT_TRUE(added) << why(added);
    };
    engine.beforeWrite = hook;
    EXPECT_EQ(collect().deleted, 0);
    EXPECT_EQ(record<BlobRecord>(state::keys::blob(digestOf('a'))).phase, BlobPhase::live);
    EXPECT_TRUE(holds(state::keys::link(digestOf('a'), app)));
}

TEST_F(CollectorTest, OneCollectsAtATime) {
    pushBlob(digestOf('a'));
    collect();
    clock.advance(61min);
    put(std::string(state::keys::collectorLock), state::test::idB);
    const auto refused = run(context, collector.collect(false));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_TRUE(isThere(digestOf('a')));
}

} // namespace
} // namespace pilothouse::registry
