// SPDX-License-Identifier: GPL-3.0-or-later
// Without quorum: findings, steps, what still works.
#include "domain/message_ids.h"
#include "observed_cluster.h"

#include <gmock/gmock.h>

namespace pilothouse::domain::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Steps, WithoutQuorumTheRefusedComeFirst) {
    ObservedCluster cluster({Kind::noLeader, Kind::refused, Kind::refused});
    cluster.lose(1, Reach::timeout, 4min);
    cluster.lose(2, Reach::refused, 4min);
    cluster.replica(1).url = "https://10.2.0.13:4443";
    EXPECT_THAT(
        cluster.assess().steps,
        ElementsAre(Message{MessageId::stepLookAndStart, {std::string("reg-3"), std::string("10.1.0.13")}},
                    Message{MessageId::stepOneIsEnough, {}}, Message{MessageId::commandJournal, {}},
                    Message{MessageId::commandStart, {}},
                    Message{MessageId::stepReach, {std::string("reg-2"), std::string("10.2.0.13:4443")}},
                    Message{MessageId::stepHostThenLink, {}},
                    Message{MessageId::stepOnlyIfGone, {Names{{"reg-2", "reg-3"}}}},
                    Message{MessageId::stepRepairFrom, {std::string("reg-1")}},
                    Message{MessageId::stepHeldUntil,
                            {cluster.observation().wallNow - 4min, Names{{"reg-2", "reg-3"}}}}));
}

TEST(Steps, SayHowManyAreNeeded) {
    const auto assessment =
        ObservedCluster({Kind::noLeader, Kind::refused, Kind::refused, Kind::refused, Kind::refused})
            .assess();
    ASSERT_GE(assessment.steps.size(), 2U);
    EXPECT_EQ(assessment.steps[1], (Message{MessageId::stepMoreAreNeeded, {std::int64_t{2}}}));
}

TEST(Steps, OneThatDoesNotLetUsInIsNotSentForItsHost) {
    ObservedCluster cluster({Kind::noLeader, Kind::refused, Kind::refused});
    cluster.lose(1, Reach::tls, 4min);
    cluster.lose(2, Reach::rejected, 4min);
    EXPECT_THAT(idsOf(cluster.assess().steps),
                ElementsAre(MessageId::stepTrust, MessageId::stepCompare, MessageId::stepTrust,
                            MessageId::stepCompare, MessageId::stepOnlyIfGone, MessageId::stepRepairFrom,
                            MessageId::stepHeldUntil));
}

TEST(Steps, OfASandboxAreOneCommandAndNoneWhereNobodyIsLost) {
    ObservedCluster lost({Kind::noLeader, Kind::refused, Kind::refused});
    lost.observation().sandbox = true;
    EXPECT_THAT(idsOf(lost.assess().steps),
                ElementsAre(MessageId::stepStartSandbox, MessageId::stepOneIsEnough,
                            MessageId::commandSandboxStart, MessageId::stepOnlyIfGone,
                            MessageId::stepRepairFrom, MessageId::stepHeldUntil));
    EXPECT_THAT(idsOf(lost.assess().findings), ElementsAre(MessageId::findingNotRunning));
    EXPECT_EQ(find(lost.assess().sentence, MessageId::silentMayHaveMajority), nullptr)
        << "what does not run on this computer has no majority elsewhere";
    ObservedCluster cut({Kind::noLeader, Kind::noLeader, Kind::noLeader});
    cut.observation().sandbox = true;
    EXPECT_THAT(cut.assess().steps, IsEmpty());
    EXPECT_EQ(cut.assess().sentence.back().id, MessageId::lookAtAllLinks);
}

TEST(Steps, OfASandboxThePausedGoOnAndTheRestIsStarted) {
    ObservedCluster lost({Kind::noLeader, Kind::refused, Kind::refused});
    lost.observation().sandbox = true;
    lost.observation().clusterName = "demo";
    lost.lose(1, Reach::timeout, 4s);
    lost.replica(1).paused = true;
    auto steps = lost.assess().steps;
    ASSERT_EQ(steps.size(), 9U);
    steps.resize(6); // the others are those of a repair
    EXPECT_THAT(steps, ElementsAre(Message{MessageId::stepResume, {Names{{"reg-2"}}}},
                                   Message{MessageId::stepOneIsEnough, {}},
                                   Message{MessageId::commandSandboxResume,
                                           {std::string("demo"), std::string("reg-2")}},
                                   Message{MessageId::stepStartSandbox, {Names{{"reg-3"}}}},
                                   Message{MessageId::stepOneIsEnough, {}},
                                   Message{MessageId::commandSandboxStart, {std::string("demo")}}));
    EXPECT_THAT(lost.assess().findings, ElementsAre(Message{MessageId::findingNotRunning, {Names{{"reg-3"}}}},
                                                    Message{MessageId::findingPaused, {Names{{"reg-2"}}}}));
}

// The majority went with the third of five, not with the first.
TEST(Steps, ARepairGoesOnFromWhoeverHoldsTheMost) {
    ObservedCluster cluster({Kind::noLeader, Kind::noLeader, Kind::refused, Kind::refused, Kind::refused});
    cluster.lose(2, Reach::refused, 2h);
    cluster.lose(3, Reach::refused, 5min);
    cluster.lose(4, Reach::refused, 3min);
    cluster.report(1).consensus.held = LogIndex(cluster.report(0).consensus.held.value() + 1);
    cluster.report(1).blobsMissing = MissingBlobs{14, {}};
    const auto steps = cluster.assess().steps;
    EXPECT_EQ(*find(steps, MessageId::stepRepairFrom),
              (Message{MessageId::stepRepairFrom, {std::string("reg-2")}}));
    EXPECT_EQ(*find(steps, MessageId::stepHeldUntil),
              (Message{MessageId::stepHeldUntil,
                       {cluster.observation().wallNow - 3min, Names{{"reg-3", "reg-4", "reg-5"}}}}));
    EXPECT_EQ(*find(steps, MessageId::stepBlobsLost),
              (Message{MessageId::stepBlobsLost, {std::int64_t{14}}}));
    EXPECT_EQ(steps.back().id, MessageId::stepBlobsLost) << "it is the last way out";
}

TEST(Steps, WhoAnswersInAMajorityOnlyHasToHearTheOthers) {
    const auto assessment = ObservedCluster({Kind::noLeader, Kind::noLeader, Kind::refused}).assess();
    EXPECT_EQ(assessment.verdict, Verdict::noQuorum);
    EXPECT_EQ(find(assessment.steps, MessageId::stepOnlyIfGone), nullptr);
}

// Its generation may even be the higher one: its old majority went on for a while.
TEST(LeftBehind, OneOfAnEarlierEpochIsNoMemberAndTakesPartInNothing) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy});
    ReplicaReport& survivor = cluster.report(0);
    survivor.epoch = 2;
    survivor.members.resize(1);
    survivor.peers.clear();
    ReplicaReport& old = cluster.report(1);
    old.epoch = 1;
    old.generation = Generation(survivor.generation.value() + 5);
    old.newerEpoch = NewerEpoch{2, "reg-1"};
    old.health = Unhealthy::readOnly;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.margins.voters, 1);
    EXPECT_EQ(assessment.votingNow, 1);
    EXPECT_EQ(assessment.headline.id, MessageId::headlineSingle);
    ASSERT_EQ(assessment.replicas.size(), 2U);
    EXPECT_FALSE(assessment.replicas[1].voting);
    EXPECT_EQ(assessment.replicas[1].state, ReplicaState::unhealthy);
    EXPECT_EQ(assessment.replicas[1].detail, (Message{MessageId::cardLeftBehind, {std::int64_t{1}}}));
}

TEST(Findings, AreWhatTheWayOfTheSilenceTells) {
    ObservedCluster cluster({Kind::noLeader, Kind::refused, Kind::refused, Kind::refused, Kind::refused});
    cluster.lose(2, Reach::timeout, 4min);
    cluster.lose(3, Reach::tls, 4min);
    cluster.lose(4, Reach::unreachable, 4min);
    const auto assessment = cluster.assess();
    EXPECT_THAT(assessment.findings,
                ElementsAre(Message{MessageId::findingRefused, {Names{{"reg-2"}}}},
                            Message{MessageId::findingSilent, {Names{{"reg-3", "reg-5"}}}},
                            Message{MessageId::findingNotToUs, {Names{{"reg-4"}}}},
                            Message{MessageId::findingMayHaveMajority, {}}));
    EXPECT_THAT(assessment.stillWorks, ElementsAre(Message{MessageId::stillWorks, {Names{{"reg-1"}}}}));
}

TEST(Findings, AreForTheLossOfQuorumOnly) {
    const auto hurt = ObservedCluster({Kind::healthy, Kind::healthy, Kind::refused}).assess();
    EXPECT_THAT(hurt.findings, IsEmpty());
    EXPECT_THAT(hurt.stillWorks, IsEmpty());
}

} // namespace
} // namespace pilothouse::domain::test
