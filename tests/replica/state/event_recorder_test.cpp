// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/event_keys.h"
#include "replica/state/event_recorder.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;
using test::why;

// Three replicas, each with its own folder and its own way to the engine.
class EventRecorderTest : public test::StateTest {
protected:
    struct Replica {
        Replica(engine::Engine& store, const std::filesystem::path& folder)
            : engine(store), recorder(std::make_unique<EventRecorder>(engine, folder, Logger())) {}
        test::FaultyEngine engine;
        std::unique_ptr<EventRecorder> recorder;
    };

    EventRecorderTest() {
        for (const char* name : {"a", "b", "c"}) {
            replicas.push_back(std::make_unique<Replica>(store, folder / name));
        }
    }
    Status hold(Replica& replica, const std::string& name, const std::string& kind) {
        return run(context, replica.recorder->hold(name, test::event(kind), 10s));
    }
    static PendingEvents kept(const std::filesystem::path& path) { return PendingEvents(path); }

    test::TempFolder folder;
    std::vector<std::unique_ptr<Replica>> replicas;
    const std::string lost = "quorum-lost/1/5";
    const std::string regained = "quorum-regained/1/6";
};

TEST_F(EventRecorderTest, QuorumLostAndRegainedAreRecordedOnceByThree) {
    for (const auto& replica : replicas) {
        replica->engine.noQuorum = true;
        ASSERT_TRUE(hold(*replica, lost, "quorum-lost"));
        ASSERT_TRUE(hold(*replica, lost, "quorum-lost")) << "the same fact seen again";
    }
    EXPECT_TRUE(eventsOf("quorum-lost").empty());
    for (const auto& replica : replicas) {
        replica->engine.noQuorum = false;
        ASSERT_TRUE(hold(*replica, regained, "quorum-regained"));
        const auto left = run(context, replica->recorder->flush(1s));
        ASSERT_TRUE(left) << why(left);
        EXPECT_EQ(*left, 0U);
    }
    EXPECT_EQ(eventsOf("quorum-lost").size(), 1U);
    EXPECT_EQ(eventsOf("quorum-regained").size(), 1U);
    EXPECT_EQ(store.content().at("events/" + lost).version, 1);
    EXPECT_LT(store.content().at("events/" + lost).modified,
              store.content().at("events/" + regained).modified);
}

TEST_F(EventRecorderTest, WhatTheEngineDoesNotTakeSurvivesARestart) {
    replicas[0]->engine.noQuorum = true;
    ASSERT_TRUE(run(context, replicas[0]->recorder->record(lost, test::event("quorum-lost"), 50ms)));
    EXPECT_EQ(run(context, replicas[0]->recorder->flush(50ms)).value(), 1U) << "still without quorum";
    replicas[0].reset();
    Replica restarted(store, folder / "a");
    EXPECT_EQ(run(context, restarted.recorder->flush(1s)).value(), 0U);
    EXPECT_EQ(eventsOf("quorum-lost").size(), 1U);
    EXPECT_EQ(run(context, restarted.recorder->flush(1s)).value(), 0U);
    EXPECT_EQ(store.content().at("events/" + lost).version, 1);
}

TEST_F(EventRecorderTest, LostAnswerMakesOneRecord) {
    replicas[0]->engine.loseAnswers = 1;
    ASSERT_TRUE(run(context, replicas[0]->recorder->record(lost, test::event("quorum-lost"), 1s)));
    EXPECT_EQ(run(context, replicas[0]->recorder->flush(1s)).value(), 0U);
    EXPECT_EQ(store.content().at("events/" + lost).version, 1);
}

TEST_F(EventRecorderTest, FlushStopsAtTheFirstThatIsNotTakenAndKeepsTheOrder) {
    ASSERT_TRUE(hold(*replicas[0], "first", "a"));
    ASSERT_TRUE(hold(*replicas[0], "second", "b"));
    replicas[0]->engine.loseRequests = 1;
    EXPECT_EQ(run(context, replicas[0]->recorder->flush(1s)).value(), 2U);
    EXPECT_FALSE(holds("events/second"));
    EXPECT_EQ(run(context, replicas[0]->recorder->flush(1s)).value(), 0U);
    EXPECT_LT(store.content().at("events/first").modified, store.content().at("events/second").modified);
}

TEST(EventKeys, OfOneFactAreTheSameForAllAndOfOneReplicaAreItsOwn) {
    EXPECT_EQ(event_keys::leader(Epoch(1), Term(7)), "leader/1/7");
    EXPECT_NE(event_keys::contactLost(Epoch(1), ReplicaId("a"), "1"),
              event_keys::contactLost(Epoch(1), ReplicaId("b"), "1"));
    EXPECT_NE(event_keys::contactLost(Epoch(1), ReplicaId("a"), "1"),
              event_keys::contactLost(Epoch(1), ReplicaId("a"), "2"));
    EXPECT_EQ(event_keys::ofReplica("replica-started", Epoch(1), "a", "20260302"),
              "replica-started/1/a-20260302");
}

} // namespace
} // namespace pilothouse::state
