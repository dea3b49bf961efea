// SPDX-License-Identifier: GPL-3.0-or-later
#include "copies.h"
#include "fixture.h"
#include "follow.h"
#include "registry_samples.h"
#include "replica/replication/sweeper.h"
#include "replica/state/registry_writer.h"

namespace pilothouse::replication {
namespace {

using namespace std::chrono_literals;
using state::test::run;
using state::test::why;

class SweeperTest : public state::test::StateTest {
protected:
    void SetUp() override {
        const Status opened = local.open(folder / "blobs");
        ASSERT_TRUE(opened) << why(opened);
        ASSERT_TRUE(follow.reaches(store.revision()));
    }
    blobs::BlobId put(const std::string& bytes) { return test::put(context, local, bytes); }
    bool has(const blobs::BlobId& id) { return run(context, local.has(id)).value(); }
    int sweep() {
        const auto removed = run(context, sweeper.sweep());
        EXPECT_TRUE(removed) << why(removed);
        return removed.value_or(-1);
    }

    state::test::TempFolder folder;
    state::test::Follow follow{context, engine, folder / "projection.sqlite"};
    state::RegistryWriter writer{engine, follow.model, follow.follower, systemClock()};
    LocalBlobs local{2};
    ManualClock clock;
    Sweeper sweeper{clock, local, follow.model, follow.follower, Logger()};
};

TEST_F(SweeperTest, WhatNobodyRecordsGoesAfterItsTime) {
    const auto recorded = put("recorded");
    const Status added = run(context, writer.addBlob(state::test::durable(snapshot(), recorded.digest.str(),
                                                                          recorded.incarnation.str()),
                                                     "team/app", 1500ms));
    ASSERT_TRUE(added) << why(added);
    const auto older = put("recorded"); // the same bytes, another incarnation
    const auto orphan = put("orphan");
    EXPECT_EQ(sweep(), 0) << "a push may be about to record them";
    clock.advance(3h - 1s);
    EXPECT_EQ(sweep(), 0);
    const auto later = put("later");
    clock.advance(1s);
    EXPECT_EQ(sweep(), 2);
    EXPECT_TRUE(has(recorded));
    EXPECT_FALSE(has(older));
    EXPECT_FALSE(has(orphan));
    EXPECT_TRUE(has(later)) << "its time began when it was first seen";
}

TEST_F(SweeperTest, WithoutQuorumNothingGoes) {
    const auto orphan = put("orphan");
    EXPECT_EQ(sweep(), 0);
    clock.advance(4h);
    engine.noQuorum = true;
    const auto refused = run(context, sweeper.sweep());
    EXPECT_FALSE(refused) << "what was recorded meanwhile is not known";
    EXPECT_TRUE(has(orphan));
}

} // namespace
} // namespace pilothouse::replication
