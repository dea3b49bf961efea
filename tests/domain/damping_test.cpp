// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/damping.h"
#include "domain/message_ids.h"
#include "observed_cluster.h"

#include <gtest/gtest.h>

namespace pilothouse::domain::test {
namespace {

using namespace std::chrono_literals;

const std::vector<Kind> allWell{Kind::healthy, Kind::healthy, Kind::healthy};
const std::vector<Kind> oneLost{Kind::healthy, Kind::healthy, Kind::refused};
const std::vector<Kind> oneDraining{Kind::healthy, Kind::healthy, Kind::draining};
const std::vector<Kind> oneUnhealthy{Kind::healthy, Kind::healthy, Kind::unhealthy};
const std::vector<Kind> twoLost{Kind::healthy, Kind::refused, Kind::refused};
const std::vector<Kind> allSilent{Kind::refused, Kind::refused, Kind::refused};

class Shown : public testing::Test {
protected:
    // What is shown after `at` when the cluster is then as `kinds` say.
    Assessment show(const std::vector<Kind>& kinds, Milliseconds at) {
        return m_damping.show(ObservedCluster(kinds).assess(), MonotonicTime(1h) + at);
    }
    Damping m_damping;
};

TEST_F(Shown, AFirstSightIsNotHeldBack) {
    const auto shown = show(oneLost, 0ms);
    EXPECT_EQ(shown.verdict, Verdict::atRisk);
    EXPECT_EQ(shown.replicas[2].state, ReplicaState::notAnswering);
}

TEST_F(Shown, WorseAtOnce) {
    EXPECT_EQ(show(allWell, 0ms).verdict, Verdict::healthy);
    const auto shown = show(oneLost, 1ms);
    EXPECT_EQ(shown.verdict, Verdict::atRisk);
    EXPECT_EQ(shown.replicas[2].state, ReplicaState::notAnswering);
    EXPECT_EQ(show(twoLost, 2ms).verdict, Verdict::noQuorum);
}

TEST_F(Shown, WellOnlyAfterFiveSecondsAndEverythingElseOfNow) {
    (void)show(oneLost, 0ms);
    const auto now = ObservedCluster(allWell).assess();
    for (const auto at : {1ms, 2500ms, 4999ms}) {
        const auto shown = show(allWell, at);
        EXPECT_EQ(shown.verdict, Verdict::degraded) << at.count();
        EXPECT_TRUE(shown.comingBack);
        EXPECT_EQ(shown.headline.id, MessageId::headlineComingBack);
        EXPECT_EQ(shown.sentence, now.sentence) << "it says what is";
        EXPECT_EQ(shown.listWord, now.listWord);
        EXPECT_EQ(shown.leader, now.leader);
        EXPECT_EQ(shown.replicas[2].state, ReplicaState::unknown);
        EXPECT_EQ(shown.replicas[2].detail.id, MessageId::cardComingBack);
        EXPECT_EQ(shown.replicas[1].state, ReplicaState::healthy) << "it was never ill";
        EXPECT_EQ(shown.margins.tolerates, 1);
    }
    const auto shown = show(allWell, 5000ms);
    EXPECT_EQ(shown.verdict, Verdict::healthy);
    EXPECT_FALSE(shown.comingBack);
    EXPECT_EQ(shown.replicas[2].state, ReplicaState::healthy);
}

TEST_F(Shown, ARelapseBeginsTheWaitAnew) {
    (void)show(oneLost, 0ms);
    (void)show(allWell, 1000ms);
    (void)show(oneLost, 4000ms);
    EXPECT_EQ(show(allWell, 5500ms).verdict, Verdict::degraded);
    EXPECT_EQ(show(allWell, 8999ms).verdict, Verdict::degraded);
    EXPECT_EQ(show(allWell, 9000ms).verdict, Verdict::healthy);
}

TEST_F(Shown, ALesserEvilIsShownAsItIs) {
    (void)show(twoLost, 0ms);
    const auto shown = show(oneLost, 1000ms);
    EXPECT_EQ(shown.verdict, Verdict::atRisk);
    EXPECT_FALSE(shown.comingBack);
    EXPECT_EQ(shown.replicas[1].state, ReplicaState::unknown) << "back for too short a time";
    EXPECT_EQ(shown.replicas[2].state, ReplicaState::notAnswering);
    EXPECT_EQ(show(oneUnhealthy, 2000ms).replicas[2].state, ReplicaState::unhealthy);
}

TEST_F(Shown, WhatSomebodyAskedForEndsAtOnce) {
    EXPECT_EQ(show(oneDraining, 0ms).replicas[2].state, ReplicaState::draining);
    EXPECT_EQ(show(allWell, 1ms).replicas[2].state, ReplicaState::healthy);
}

TEST_F(Shown, ALateReplicaThatSpeaksAgainIsWellAtOnce) {
    EXPECT_EQ(show({Kind::healthy, Kind::healthy, Kind::late}, 0ms).replicas[2].state, ReplicaState::late);
    EXPECT_EQ(show(allWell, 1ms).replicas[2].state, ReplicaState::healthy);
}

TEST_F(Shown, NoAnswerAndStartingEndAtOnce) {
    EXPECT_EQ(show(allSilent, 0ms).verdict, Verdict::unreachable);
    EXPECT_EQ(show(allWell, 1ms).verdict, Verdict::healthy);
    EXPECT_EQ(show({Kind::starting, Kind::starting, Kind::starting}, 2ms).verdict, Verdict::starting);
    EXPECT_EQ(show(allWell, 3ms).verdict, Verdict::healthy);
}

TEST_F(Shown, ASecondWithoutAnyAnswerHidesNoLossBeforeIt) {
    (void)show(oneLost, 0ms);
    EXPECT_EQ(show(allSilent, 1000ms).verdict, Verdict::unreachable);
    EXPECT_EQ(show(allWell, 2000ms).verdict, Verdict::degraded);
    EXPECT_EQ(show(allWell, 5000ms).verdict, Verdict::healthy);
}

TEST_F(Shown, OneLostPacketChangesNothing) {
    ObservedCluster cluster(allWell);
    const auto before = m_damping.show(cluster.assess(), MonotonicTime(1h));
    // One request had no answer in time; the last sign of life is still young.
    cluster.replica(2).reach = Reach::timeout;
    cluster.replica(2).lastByteAt = cluster.observation().now - 900ms;
    const auto during = m_damping.show(cluster.assess(), MonotonicTime(1h) + 1ms);
    EXPECT_EQ(during.verdict, Verdict::healthy);
    EXPECT_EQ(during.headline, before.headline);
    EXPECT_EQ(during.sentence, before.sentence);
    EXPECT_EQ(during.margins.tolerates, before.margins.tolerates);
    EXPECT_EQ(during.replicas[2].state, ReplicaState::late) << "only the card says that it is silent";
    cluster.replica(2).reach = Reach::ok;
    const auto after = m_damping.show(cluster.assess(), MonotonicTime(1h) + 2ms);
    EXPECT_EQ(after.replicas[2].state, ReplicaState::healthy);
}

} // namespace
} // namespace pilothouse::domain::test
