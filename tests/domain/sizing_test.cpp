// SPDX-License-Identifier: GPL-3.0-or-later
// Advice on size, lost replicas and clocks.
#include "domain/clock_offset.h"
#include "domain/message_ids.h"
#include "observed_cluster.h"

#include <gmock/gmock.h>

namespace pilothouse::domain::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<MessageId> adviceFor(std::size_t voters) {
    return idsOf(ObservedCluster(std::vector<Kind>(voters, Kind::healthy)).assess().advice);
}

TEST(Sizing, FollowsTheRules) {
    EXPECT_THAT(adviceFor(1), IsEmpty()) << "its sentence says it";
    EXPECT_THAT(adviceFor(2), ElementsAre(MessageId::adviceTwo));
    EXPECT_THAT(adviceFor(3), IsEmpty());
    EXPECT_THAT(adviceFor(4), ElementsAre(MessageId::adviceEven));
    EXPECT_THAT(adviceFor(5), IsEmpty());
    EXPECT_THAT(adviceFor(6), ElementsAre(MessageId::adviceEven));
    EXPECT_THAT(adviceFor(7), IsEmpty());
    EXPECT_THAT(adviceFor(8), ElementsAre(MessageId::adviceTooMany));
    EXPECT_THAT(adviceFor(9), ElementsAre(MessageId::adviceTooMany));
}

TEST(Sizing, ALearnerIsNoVoterYet) {
    EXPECT_THAT(ObservedCluster({Kind::healthy, Kind::healthy, Kind::healthy, Kind::learner}).assess().advice,
                IsEmpty());
}

TEST(Sizing, ALostReplicaIsNotLeftOfflineAndTheTimeIsTold) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::refused});
    cluster.lose(2, Reach::refused, 59min);
    EXPECT_THAT(cluster.assess().advice, IsEmpty());
    cluster.lose(2, Reach::refused, 2h + 14min);
    EXPECT_THAT(
        cluster.assess().advice,
        ElementsAre(Message{MessageId::adviceRemoveLost, {std::string("reg-3"), Milliseconds(2h + 14min)}}));
}

TEST(Sizing, TwoAndFourSayWhatToDo) {
    const auto two = ObservedCluster({Kind::healthy, Kind::healthy}).assess();
    EXPECT_EQ(two.verdict, Verdict::atRisk);
    EXPECT_THAT(idsOf(two.sentence),
                ElementsAre(MessageId::votersHaveState, MessageId::oneLossStops, MessageId::addThird));
    const auto one = ObservedCluster({Kind::healthy}).assess();
    EXPECT_THAT(idsOf(one.sentence),
                ElementsAre(MessageId::singleReplica, MessageId::thisLossStops, MessageId::addTwo));
    const auto draining = ObservedCluster({Kind::draining}).assess();
    EXPECT_THAT(idsOf(draining.sentence),
                ElementsAre(MessageId::drainingNow, MessageId::thisLossStops, MessageId::addTwo))
        << "a single replica can have faults besides";
}

// The leader, reg-1, measures the others as ahead of it by so much.
Assessment withOffsets(const std::vector<double>& offsets) {
    ObservedCluster cluster(std::vector<Kind>(offsets.size() + 1, Kind::healthy));
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        cluster.word(0, i + 1).clockOffsetMs = offsets[i];
    }
    return cluster.assess();
}

TEST(Clocks, OverASecondIsAFindingAndOverThirtyBlocksAJoin) {
    EXPECT_EQ(clockFinding(1000), ClockFinding::none);
    EXPECT_EQ(clockFinding(-1000), ClockFinding::none);
    EXPECT_EQ(clockFinding(1001), ClockFinding::off);
    EXPECT_EQ(clockFinding(-30'000), ClockFinding::off);
    EXPECT_EQ(clockFinding(30'001), ClockFinding::blocksJoin);
    EXPECT_EQ(clockFinding(-30'001), ClockFinding::blocksJoin);
}

TEST(Clocks, AreAdvisedByNameAndSize) {
    EXPECT_THAT(withOffsets({3, -800}).advice, IsEmpty());
    EXPECT_THAT(
        withOffsets({3, 4200}).advice,
        ElementsAre(Message{MessageId::adviceClockAhead, {std::string("reg-3"), Milliseconds(4197)}}));
    EXPECT_THAT(idsOf(withOffsets({0, -45'000}).advice),
                ElementsAre(MessageId::adviceClockBehind, MessageId::adviceClockBlocks));
}

TEST(Clocks, ALeaderThatIsOffAloneIsFoundOut) {
    const auto assessment = withOffsets({-5000, -5000});
    EXPECT_EQ(assessment.replicas[0].clockOffsetMs, 5000);
    EXPECT_EQ(assessment.replicas[1].clockOffsetMs, 0);
    EXPECT_THAT(assessment.advice, ElementsAre(Message{MessageId::adviceClockAhead,
                                                       {std::string("reg-1"), Milliseconds(5000)}}));
    EXPECT_THAT(idsOf(withOffsets({5000}).advice),
                ElementsAre(MessageId::adviceTwo, MessageId::adviceClockAhead))
        << "of two nobody can tell which is right: the leader's counts";
}

TEST(Clocks, WithoutTheLeadersWordNothingIsKnown) {
    const auto assessment = ObservedCluster({Kind::told, Kind::healthy, Kind::healthy}).assess();
    for (const auto& replica : assessment.replicas) {
        EXPECT_FALSE(replica.clockOffsetMs);
    }
    EXPECT_FALSE(
        ObservedCluster({Kind::healthy, Kind::refused, Kind::healthy}).assess().replicas[1].clockOffsetMs);
}

} // namespace
} // namespace pilothouse::domain::test
