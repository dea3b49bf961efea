// SPDX-License-Identifier: GPL-3.0-or-later
// What the health addresses are told while the read model is behind the engine.
#include "fixture.h"
#include "replica/node/sleep.h"
#include "replica/node/task_group.h"
#include "replica/node/upkeep.h"

#include <gtest/gtest.h>

namespace pilothouse::node {
namespace {

using api::Unhealthy;
using state::test::run;
using state::test::runUntil;

const ReplicaId self("aaaaaaaaaaaa");
const ClusterId cluster(std::string(32, 'c'));

// Its watches tell nothing while they are held.
class HeldEngine : public state::test::FaultyEngine {
public:
    using FaultyEngine::FaultyEngine;
    bool held = false;
    Awaitable<engine::WatchEnd> watch(Revision from,
                                      std::function<Awaitable<void>(engine::WatchBatch)> onBatch) override {
        while (held) {
            co_await sleepFor(Milliseconds(1));
        }
        co_return co_await FaultyEngine::watch(from, std::move(onBatch));
    }
};

class UpkeepTest : public testing::Test {
protected:
    explicit UpkeepTest(bool empty = false) {
        const auto opened = run(context, model.open());
        EXPECT_TRUE(opened) << state::test::why(opened);
        if (!empty) {
            createCluster();
        }
        write();
    }
    void createCluster() {
        const auto created =
            run(context, state::createState(store, state::test::initialState(), self, Milliseconds(500)));
        EXPECT_TRUE(created) << state::test::why(created);
    }
    void startJudging() {
        tasks.spawn("engine", monitor.run());
        tasks.spawn("quorum", monitor.confirmQuorum());
        tasks.spawn("publishing", upkeep.publishing());
    }
    ~UpkeepTest() override {
        tasks.cancelAndWait(Milliseconds(0));
        following.cancelAndWait(Milliseconds(0));
        context.restart();
        context.run_for(std::chrono::milliseconds(100)); // they see that they are cancelled
    }
    void write() {
        engine::Transaction put;
        put.then.emplace_back(engine::Put{"some key", "a value", 0});
        EXPECT_TRUE(run(context, store.transact(std::move(put), Milliseconds(500))));
    }
    void follow() { following.spawn("following", follower.run()); }
    void followUntilNow() {
        follow();
        ASSERT_TRUE(runUntil(context, [&] { return follower.applied() == store.revision(); }));
        stopFollowing();
    }
    void stopFollowing() {
        following.cancelAndWait(Milliseconds(0));
        context.restart();
        context.poll();
    }
    // The verdict after another read was confirmed.
    Unhealthy judgedAgain() {
        const int before = engine.barriers;
        EXPECT_TRUE(runUntil(context, [&] { return engine.barriers >= before + 2; }));
        EXPECT_TRUE(drain.set(true)); // which shows that it was judged since
        EXPECT_TRUE(becomes(Unhealthy::draining));
        EXPECT_TRUE(drain.set(false));
        EXPECT_TRUE(runUntil(context, [&] { return health().code != Unhealthy::draining; }));
        return health().code;
    }
    [[nodiscard]] api::Health health() {
        board.update([](StatusParts&) {}, true);
        board.publishIfDue();
        return board.snapshot()->status.self.health;
    }
    bool becomes(Unhealthy code) {
        return runUntil(context, [&] { return health().code == code; });
    }

    // Waits for the publishing loop itself.
    bool published(Unhealthy code) {
        return runUntil(context, [&] { return board.snapshot()->status.self.health.code == code; });
    }

    boost::asio::io_context context;
    ManualClock clock;
    state::test::TempFolder folder;
    state::test::StoreEngine store;
    HeldEngine engine{store};
    state::ReadModel model{folder / "model", {cluster, Epoch(1)}, Logger()};
    state::StateFollower follower{engine, model, clock, [] { return 0.5; }, {}, Logger()};
    StatusBoard board{clock, {}, {}};
    TrafficMeter traffic{clock};
    // The election time-out is real time between the reads, and the manual clock's for their age.
    EngineMonitor monitor{clock,
                          engine,
                          board,
                          traffic,
                          {.poll = Milliseconds(5), .electionTimeout = Milliseconds(40)},
                          self,
                          {},
                          [this](Revision revision) { follower.expect(revision); }};
    PeerMonitor peers{context.get_executor(), clock, board, {}, {}, Milliseconds(1000), {}};
    DrainSwitch drain{folder / "draining", [](bool) {}};
    Upkeep upkeep{clock,
                  {.dataFolder = folder / "", .electionTimeout = Milliseconds(40)},
                  cluster,
                  board,
                  monitor,
                  peers,
                  traffic,
                  drain,
                  follower,
                  model,
                  [] { return std::nullopt; }};
    TaskGroup tasks{context.get_executor(), Logger()};
    TaskGroup following{context.get_executor(), Logger()};
};

// As in the first moments of a new cluster's engine.
class EmptyUpkeepTest : public UpkeepTest {
protected:
    EmptyUpkeepTest() : UpkeepTest(true) {}
};

TEST_F(EmptyUpkeepTest, IsNotHealthyBeforeThereAreUsersAndKeys) {
    follow();
    startJudging();
    EXPECT_EQ(judgedAgain(), Unhealthy::starting) << "who comes now can only be refused";
    createCluster();
    EXPECT_TRUE(becomes(Unhealthy::none)) << health().reason;
}

TEST_F(UpkeepTest, IsHealthyOnceTheStateIsHere) {
    startJudging();
    EXPECT_EQ(judgedAgain(), Unhealthy::starting) << "reads are confirmed, but nothing of the state is here";
    follow();
    EXPECT_TRUE(becomes(Unhealthy::none)) << health().reason;
}

// As after hours without power: what lies on its disk is old.
TEST_F(UpkeepTest, WhatItHeldBeforeItStartedIsNotEnough) {
    followUntilNow();
    write();
    engine.held = true;
    follow();
    startJudging();
    EXPECT_EQ(judgedAgain(), Unhealthy::starting);
    engine.held = false;
    EXPECT_TRUE(becomes(Unhealthy::none)) << health().reason;
    EXPECT_EQ(follower.applied(), store.revision());
}

TEST_F(UpkeepTest, AFollowerThatIsStuckIsNoticedByTheReadsAlone) {
    followUntilNow();
    startJudging();
    EXPECT_EQ(judgedAgain(), Unhealthy::none) << "nothing happened that it could have missed";
    write(); // as another replica does for its clients
    EXPECT_EQ(judgedAgain(), Unhealthy::none) << "not for long yet";
    clock.advance(std::chrono::milliseconds(5001));
    EXPECT_EQ(judgedAgain(), Unhealthy::projection_behind);
    follow();
    EXPECT_TRUE(becomes(Unhealthy::none)) << health().reason;
}

// A client that reads 503 for want of a quorum must not read in the same moment that there is one.
TEST_F(UpkeepTest, HealthAndQuorumAreOfOneMindInEveryStatus) {
    followUntilNow();
    follow();
    startJudging();
    EXPECT_TRUE(becomes(Unhealthy::none)) << health().reason;
    int disagreed = 0;
    const auto told = board.subscribe([&] {
        const auto& seen = board.snapshot()->status.self;
        disagreed += seen.consensus.quorum == (seen.health.code == Unhealthy::no_quorum) ? 1 : 0;
    });
    for (int round = 0; round < 5; ++round) {
        tasks.cancelAndWait(Milliseconds(0));
        context.restart();
        context.poll();
        tasks.spawn("publishing", upkeep.publishing()); // nobody asks the engine meanwhile
        clock.advance(Milliseconds(81));
        EXPECT_TRUE(published(Unhealthy::no_quorum));
        tasks.spawn("engine", monitor.run());
        tasks.spawn("quorum", monitor.confirmQuorum());
        EXPECT_TRUE(published(Unhealthy::none));
    }
    board.unsubscribe(told);
    EXPECT_EQ(disagreed, 0);
}

} // namespace
} // namespace pilothouse::node
