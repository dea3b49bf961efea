// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/revision_gate.h"
#include "replica/state/subscription.h"
#include "support.h"

#include <thread>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;

class RevisionGateTest : public testing::Test {
protected:
    boost::asio::io_context context;
    ManualClock clock;
    RevisionGate gate{clock};
};

TEST_F(RevisionGateTest, WaitsForNothingThatIsReached) {
    gate.set(Revision(5));
    EXPECT_TRUE(run(context, gate.wait(Revision(5), 0ms)));
    const Status waited = run(context, gate.wait(Revision(6), 1ms));
    ASSERT_FALSE(waited);
    EXPECT_EQ(waited.error().code, ErrorCode::timeout);
}

TEST_F(RevisionGateTest, WakesOnlyThoseWhoseRevisionIsReached) {
    int woken = 0;
    for (const std::int64_t revision : {3, 4, 5}) {
        boost::asio::co_spawn(
            context, gate.wait(Revision(revision), 10s),
            [&](const std::exception_ptr&, const Status& status) { woken += status ? 1 : 0; });
    }
    context.poll();
    gate.set(Revision(4));
    EXPECT_TRUE(test::runUntil(context, [&] { return woken == 2; })) << woken;
    gate.set(Revision(9));
    EXPECT_TRUE(test::runUntil(context, [&] { return woken == 3; })) << woken;
}

TEST_F(RevisionGateTest, IsReachedFromAnotherThread) {
    std::thread other([&] {
        for (std::int64_t i = 1; i <= 1000; ++i) {
            gate.set(Revision(i));
        }
    });
    for (const std::int64_t revision : {1, 10, 100, 1000}) {
        EXPECT_TRUE(run(context, gate.wait(Revision(revision), 10s))) << revision;
    }
    other.join();
}

TEST_F(RevisionGateTest, LagCountsFromTheOldestRevisionThatIsMissing) {
    gate.set(Revision(5));
    gate.expect(Revision(5));
    EXPECT_EQ(gate.lag().revisions, 0);
    EXPECT_EQ(gate.lag().time, 0ms);
    gate.expect(Revision(7));
    clock.advance(2s);
    gate.expect(Revision(10));
    clock.advance(1s);
    EXPECT_EQ(gate.lag().revisions, 5);
    EXPECT_EQ(gate.lag().time, 3s);
    gate.set(Revision(8));
    EXPECT_EQ(gate.lag().revisions, 2);
    EXPECT_EQ(gate.lag().time, 1s);
    gate.set(Revision(10));
    EXPECT_EQ(gate.lag().time, 0ms);
}

TEST_F(RevisionGateTest, ManyExpectationsOverstateTheLagAtMost) {
    for (std::int64_t i = 1; i <= 1000; ++i) {
        gate.expect(Revision(i));
        clock.advance(1ms);
    }
    gate.set(Revision(999));
    EXPECT_EQ(gate.lag().revisions, 1);
    EXPECT_GE(gate.lag().time, 1ms);
}

Applied applied(std::int64_t revision) {
    auto batch = std::make_shared<engine::WatchBatch>();
    batch->revision = Revision(revision);
    return {Revision(revision), batch};
}

TEST(Subscription, GivesWhatWasPushedInOrder) {
    boost::asio::io_context context;
    Subscription subscription;
    subscription.push(applied(1));
    subscription.push(applied(2));
    EXPECT_EQ(run(context, subscription.next(0ms))->revision, Revision(1));
    EXPECT_EQ(run(context, subscription.next(0ms))->revision, Revision(2));
    const auto none = run(context, subscription.next(1ms));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::timeout);
}

TEST(Subscription, WaitsForTheNext) {
    boost::asio::io_context context;
    Subscription subscription;
    std::thread other([&] { subscription.push(applied(7)); });
    const auto next = run(context, subscription.next(10s));
    ASSERT_TRUE(next) << test::why(next);
    EXPECT_EQ(next->revision, Revision(7));
    other.join();
}

TEST(Subscription, SlowListenersAreToldThatTheyMissedSomething) {
    boost::asio::io_context context;
    Subscription subscription;
    const auto most = static_cast<std::int64_t>(Subscription::maxQueued);
    for (std::int64_t i = 1; i <= most + 1; ++i) {
        subscription.push(applied(i));
    }
    subscription.push(applied(most + 2));
    const auto missed = run(context, subscription.next(0ms));
    ASSERT_TRUE(missed);
    EXPECT_EQ(missed->revision, Revision(most + 1));
    EXPECT_EQ(missed->batch, nullptr);
    const auto next = run(context, subscription.next(0ms));
    ASSERT_TRUE(next);
    EXPECT_NE(next->batch, nullptr);
}

TEST(Subscription, EventsAmongTheChangesKeepTheirRevision) {
    const std::string json = encode(test::event("leader-changed"));
    const auto events = eventsIn({Revision(9),
                                  {test::put("events/a", json, 8), test::put("users/a", "", 9),
                                   test::removed("events/b", 9), test::put("events/c", json, 9)}});
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].revision, 8);
    EXPECT_EQ(events[1].revision, 9);
    EXPECT_EQ(events[1].kind, "leader-changed");
}

} // namespace
} // namespace pilothouse::state
