// SPDX-License-Identifier: GPL-3.0-or-later
// What may be believed of a cluster on little evidence, and what its replicas say of their own faults.
#include "domain/message_ids.h"
#include "observed_cluster.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace pilothouse::domain::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const std::vector<Kind> threeWell(3, Kind::healthy);

TEST(Evidence, AFullStateIsNotHealthyWhateverMayBeLost) {
    ObservedCluster cluster(threeWell);
    cluster.report(0).alarms = {{"NOSPACE", idOf(1)}};
    cluster.report(2).alarms = {{"NOSPACE", idOf(1)}};
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::degraded);
    EXPECT_EQ(assessment.headline.id, MessageId::headlineNoSpace);
    EXPECT_EQ(assessment.listWord.id, MessageId::listNoSpace);
    const auto* said = find(assessment.sentence, MessageId::alarmNoSpace);
    ASSERT_TRUE(said);
    EXPECT_THAT(namesIn(*said), ElementsAre("reg-2"));
    EXPECT_FALSE(find(assessment.sentence, MessageId::canLose)) << "it does not keep accepting pushes";
    EXPECT_TRUE(find(assessment.sentence, MessageId::makeRoom));
    EXPECT_EQ(assessment.margins.tolerates, 1) << "what may be lost is another question";
}

TEST(Evidence, AFullSingleReplicaIsToldWhatHelps) {
    ObservedCluster cluster({Kind::healthy});
    cluster.report(0).alarms = {{"NOSPACE", idOf(0)}};
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::atRisk);
    EXPECT_EQ(assessment.headline.id, MessageId::headlineNoSpace);
    EXPECT_TRUE(find(assessment.sentence, MessageId::makeRoom));
    EXPECT_FALSE(find(assessment.sentence, MessageId::addTwo));
}

TEST(Evidence, DataThatDiffersIsNamed) {
    ObservedCluster cluster(threeWell);
    cluster.report(1).alarms = {{"CORRUPT", idOf(2)}, {"NEW", ReplicaId()}};
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::degraded);
    EXPECT_EQ(assessment.headline.id, MessageId::headlineDegraded);
    EXPECT_THAT(namesIn(assessment.headline), ElementsAre("reg-3"));
    EXPECT_TRUE(find(assessment.sentence, MessageId::replaceDamaged));
    const auto* other = find(assessment.sentence, MessageId::alarmOther);
    ASSERT_TRUE(other);
    EXPECT_THAT(namesIn(*other), ElementsAre("reg-2")) << "who told, where nobody knows whose it is";
}

TEST(Evidence, AStaleReplicasAlarmIsNotBelieved) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::stale});
    cluster.report(2).alarms = {{"NOSPACE", idOf(2)}};
    EXPECT_FALSE(find(cluster.assess().sentence, MessageId::alarmNoSpace));
}

// The only one that we reach is a little late: what it hears is still there.
TEST(Evidence, ALateReplicasWordHolds) {
    ObservedCluster cluster({Kind::healthy, Kind::told, Kind::told});
    ASSERT_EQ(cluster.assess().verdict, Verdict::healthy);
    cluster.replica(0).lastByteAt = cluster.observation().now - 1500ms;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::healthy);
    EXPECT_TRUE(find(assessment.sentence, MessageId::notReachableFromHere));
    EXPECT_FALSE(find(assessment.sentence, MessageId::downFor));
}

// A host hangs: we have missed it for 2.6 s, its peers have had one question unanswered.
TEST(Evidence, APeerThatHasBegunToDoubtDoesNotContradictUs) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::told});
    auto& hung = cluster.replica(2);
    hung.reach = Reach::timeout;
    hung.lastByteAt = hung.failingSince = cluster.observation().now - 2600ms;
    EXPECT_EQ(cluster.assess().verdict, Verdict::healthy) << "nobody else misses it";
    cluster.word(0, 2).failingFor = cluster.word(1, 2).failingFor = 100ms;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::atRisk);
    EXPECT_TRUE(find(assessment.sentence, MessageId::downFor));
}

TEST(Evidence, AnEngineThatOnlyTheMinorityHearsDoesNotVote) {
    // Two of five on the other side of a partition; the service of one hangs, and the other hears its engine.
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::healthy, Kind::noLeader, Kind::stale});
    for (std::size_t i = 0; i < 3; ++i) {
        cluster.word(i, 4).engineAnswers = false;
    }
    cluster.word(3, 4).engineAnswers = true;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.votingNow, 3);
    EXPECT_EQ(assessment.margins.tolerates, 0);
    EXPECT_EQ(assessment.verdict, Verdict::atRisk);
    cluster.word(0, 4).engineAnswers = true;
    EXPECT_EQ(cluster.assess().votingNow, 4) << "one that has quorum says so";
}

TEST(Evidence, AReplicaWhoseEngineFailedIsNotCalledCutOff) {
    ObservedCluster cluster(threeWell);
    auto& own = cluster.report(1);
    own.health = Unhealthy::engineDown;
    own.healthReason = "The engine’s log is damaged";
    own.consensus.leader = std::nullopt;
    own.consensus.quorum = false;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::atRisk);
    EXPECT_FALSE(assessment.partition);
    const auto* said = find(assessment.sentence, MessageId::unwell);
    ASSERT_TRUE(said);
    EXPECT_EQ(std::get<std::string>(said->arguments.at(1)), own.healthReason);
    EXPECT_FALSE(find(assessment.sentence, MessageId::lookAtLinks));
    EXPECT_EQ(assessment.replicas[1].state, ReplicaState::unhealthy);
    EXPECT_EQ(assessment.replicas[1].detail.id, MessageId::cardUnhealthy);
}

TEST(Evidence, WithoutQuorumTheFaultsOfThoseThatAnswerAreTold) {
    ObservedCluster cluster({Kind::healthy, Kind::refused, Kind::refused});
    auto& own = cluster.report(0);
    own.health = Unhealthy::diskFull;
    own.healthReason = "The disk has 3 MiB free";
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::noQuorum);
    const auto* testimony = find(assessment.sentence, MessageId::answersWithoutLeader);
    ASSERT_TRUE(testimony);
    EXPECT_THAT(namesIn(*testimony), ElementsAre("reg-1"));
    EXPECT_TRUE(find(assessment.sentence, MessageId::unwell));
}

// All answer, and their engines do not come together.
TEST(Evidence, StartingEndsInNoQuorumWhenItTakesTooLong) {
    ObservedCluster cluster(std::vector<Kind>(3, Kind::starting));
    for (std::size_t i = 0; i < 3; ++i) {
        cluster.report(i).upFor = 9s;
    }
    EXPECT_EQ(cluster.assess().verdict, Verdict::starting);
    cluster.report(1).upFor = 11s;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::noQuorum);
    EXPECT_TRUE(find(assessment.sentence, MessageId::answersWithoutLeader));
}

TEST(Evidence, ALearnerThatIsLostIsNotCatchingUp) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::healthy, Kind::learner});
    ASSERT_EQ(cluster.assess().headline.id, MessageId::headlineCatchingUp);
    cluster.lose(3, Reach::refused, 20s);
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::healthy) << "all that vote are well";
    EXPECT_EQ(assessment.headline.id, MessageId::headlineHealthy);
    const auto* said = find(assessment.sentence, MessageId::learnersLost);
    ASSERT_TRUE(said);
    EXPECT_THAT(namesIn(*said), ElementsAre("reg-4"));
}

TEST(Evidence, WhereOnlyALearnerAnswersNobodyTestifiesByName) {
    const auto assessment =
        ObservedCluster({Kind::refused, Kind::refused, Kind::refused, Kind::learner}).assess();
    EXPECT_EQ(assessment.verdict, Verdict::noQuorum);
    EXPECT_FALSE(find(assessment.sentence, MessageId::answersWithoutLeader));
    EXPECT_FALSE(find(assessment.sentence, MessageId::silentToAll)) << "nor to nobody";
    const auto* silent = find(assessment.sentence, MessageId::silentToUs);
    ASSERT_TRUE(silent);
    EXPECT_THAT(namesIn(*silent), ElementsAre("reg-1", "reg-2", "reg-3"));
}

// Who answers has not noticed yet that the leader is gone.
TEST(Evidence, ALeaderThatIsLostLeadsNobody) {
    ObservedCluster cluster(threeWell);
    ASSERT_EQ(cluster.assess().leader, idOf(0));
    cluster.replica(0).reach = Reach::refused;
    cluster.replica(0).failingSince = cluster.observation().now - 100ms;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::atRisk);
    EXPECT_FALSE(assessment.leader);
    EXPECT_TRUE(find(assessment.sentence, MessageId::choosingLeader));
    EXPECT_FALSE(find(assessment.sentence, MessageId::oneMoreStops)) << "nothing is accepted already";
    for (const auto& replica : assessment.replicas) {
        EXPECT_FALSE(replica.replicates) << replica.name;
    }
}

// … nor that its majority is.
TEST(Evidence, TooFewAreLeftBeforeTheLastOneNoticesIt) {
    ObservedCluster cluster(threeWell);
    for (const std::size_t i : {1U, 2U}) {
        cluster.replica(i).reach = Reach::refused;
        cluster.replica(i).failingSince = cluster.observation().now - 100ms;
    }
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::atRisk) << "no quorum needs testimony";
    const auto* said = find(assessment.sentence, MessageId::tooFewLeft);
    ASSERT_TRUE(said);
    EXPECT_EQ(*said, (Message{MessageId::tooFewLeft, {std::int64_t{2}, std::int64_t{3}}}));
    EXPECT_FALSE(find(assessment.sentence, MessageId::oneMoreStops));
}

TEST(Evidence, ThoseThatCannotTellYetAreStarting) {
    ObservedCluster cluster(threeWell);
    for (std::size_t i = 0; i < 3; ++i) {
        auto& seen = cluster.replica(i);
        seen.reach = Reach::notReady;
        seen.report.reset();
        seen.lastByteAt = seen.reportAt = std::nullopt;
    }
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::starting);
    for (const auto& replica : assessment.replicas) {
        EXPECT_EQ(replica.state, ReplicaState::unknown);
        EXPECT_EQ(replica.detail.id, MessageId::cardStarting);
    }
}

TEST(Evidence, ASandboxThatDoesNotRunIsNoOutage) {
    ObservedCluster cluster(std::vector<Kind>(3, Kind::refused));
    ASSERT_EQ(cluster.assess().headline.id, MessageId::headlineUnreachable);
    cluster.observation().sandbox = cluster.observation().sandboxStopped = true;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.headline.id, MessageId::headlineSandboxStopped);
    EXPECT_TRUE(find(assessment.sentence, MessageId::sandboxStopped));
    EXPECT_EQ(assessment.replicas[0].state, ReplicaState::stopped);
}

TEST(Evidence, OneThatWasPausedIsToBeResumed) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::stale});
    cluster.replica(2).paused = true;
    const auto assessment = cluster.assess();
    EXPECT_TRUE(find(assessment.sentence, MessageId::resumeThem));
    EXPECT_FALSE(find(assessment.sentence, MessageId::startAgain));
}

TEST(Evidence, OneThatCannotTellYetIsNotDown) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::refused});
    cluster.replica(2).reach = Reach::notReady;
    const auto assessment = cluster.assess();
    EXPECT_FALSE(find(assessment.sentence, MessageId::downFor));
    EXPECT_TRUE(find(assessment.sentence, MessageId::startingUp));
    EXPECT_EQ(assessment.margins.tolerates, 0) << "it does not vote yet";
}

} // namespace
} // namespace pilothouse::domain::test
