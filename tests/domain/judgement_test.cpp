// SPDX-License-Identifier: GPL-3.0-or-later
// Single cases of the judgement that counting does not reach: whose word, which lag, which leader.
#include "domain/contact_matrix.h"
#include "domain/message_ids.h"
#include "observed_cluster.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace pilothouse::domain::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const std::vector<Kind> threeWell(3, Kind::healthy);
const std::vector<Kind> fiveWell(5, Kind::healthy);

TEST(Judgement, KnowsWhoseLossStopsWrites) {
    EXPECT_TRUE(ObservedCluster(threeWell).assess().margins.critical.empty());
    const auto atRisk = ObservedCluster({Kind::healthy, Kind::refused, Kind::healthy}).assess();
    EXPECT_THAT(atRisk.margins.critical, ElementsAre(idOf(0), idOf(2)));
    EXPECT_THAT(ObservedCluster({Kind::healthy}).assess().margins.critical, ElementsAre(idOf(0)));
    const auto draining = ObservedCluster({Kind::healthy, Kind::draining, Kind::refused}).assess();
    EXPECT_THAT(draining.margins.critical, ElementsAre(idOf(0), idOf(1))) << "a draining replica still votes";
}

TEST(Judgement, ConfiguredAndPresentToleranceDiffer) {
    const auto margins =
        ObservedCluster({Kind::healthy, Kind::healthy, Kind::healthy, Kind::healthy, Kind::refused})
            .assess()
            .margins;
    EXPECT_EQ(margins.configuredTolerance, 2);
    EXPECT_EQ(margins.tolerates, 1) << "the failed voter still counts";
}

TEST(Judgement, FreshnessTurnsAtItsLimits) {
    const auto at = [](Milliseconds silence) {
        ObservedCluster cluster(threeWell);
        cluster.replica(1).lastByteAt = cluster.observation().now - silence;
        return cluster.assess().replicas[1];
    };
    EXPECT_EQ(at(0ms).freshness, Freshness::fresh);
    EXPECT_EQ(at(999ms).freshness, Freshness::fresh);
    EXPECT_EQ(at(999ms).state, ReplicaState::healthy);
    EXPECT_EQ(at(1000ms).freshness, Freshness::late);
    EXPECT_EQ(at(1000ms).state, ReplicaState::late);
    EXPECT_EQ(at(2499ms).freshness, Freshness::late);
    EXPECT_EQ(at(2500ms).freshness, Freshness::stale);
    EXPECT_EQ(at(2500ms).reachable, false);
    EXPECT_NE(at(2500ms).state, ReplicaState::healthy);
}

TEST(Judgement, NothingKnownIsUnknownAndNotBad) {
    ObservedCluster cluster(threeWell);
    for (std::size_t i = 0; i < 3; ++i) {
        auto& seen = cluster.replica(i);
        seen.reach = Reach::unknown;
        seen.report.reset();
        seen.lastByteAt = seen.reportAt = std::nullopt;
    }
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::starting);
    for (const auto& replica : assessment.replicas) {
        EXPECT_EQ(replica.state, ReplicaState::unknown);
        EXPECT_EQ(replica.freshness, Freshness::unknown);
        EXPECT_FALSE(replica.reachable);
        EXPECT_FALSE(replica.healthy);
    }
    EXPECT_TRUE(find(assessment.sentence, MessageId::notKnownYet));
}

TEST(Judgement, OneThatWasNotAskedYetIsNotCalledUnreachable) {
    ObservedCluster cluster(threeWell);
    auto& seen = cluster.replica(2);
    seen.reach = Reach::unknown;
    seen.report.reset();
    seen.lastByteAt = seen.reportAt = std::nullopt;
    cluster.word(0, 2).reach = cluster.word(1, 2).reach = Reach::unknown;
    const auto assessment = cluster.assess();
    EXPECT_FALSE(find(assessment.sentence, MessageId::downFor));
    EXPECT_TRUE(find(assessment.sentence, MessageId::notKnownYet));
    EXPECT_EQ(assessment.replicas[2].state, ReplicaState::unknown);
}

TEST(Judgement, ThreeLagsAreKeptApart) {
    ObservedCluster cluster(threeWell);
    auto& own = cluster.report(1);
    own.consensus.held = LogIndex(own.consensus.held.value() - 3);
    own.consensus.applied = LogIndex(own.consensus.held.value() - 5);
    own.blobsMissing = MissingBlobs{7, {}};
    const auto replica = cluster.assess().replicas[1];
    EXPECT_EQ(replica.entriesNotHeld, 3);
    EXPECT_EQ(replica.entriesNotApplied, 5);
    EXPECT_EQ(replica.blobsMissing, 7);
}

TEST(Judgement, EachLagMakesABehindReplicaAndItsOwnWords) {
    const auto with = [](std::int64_t notHeld, std::int64_t notApplied, std::int64_t blobs) {
        ObservedCluster cluster(threeWell);
        auto& own = cluster.report(1);
        own.consensus.held = LogIndex(own.consensus.held.value() - notHeld);
        own.consensus.applied = LogIndex(own.consensus.held.value() - notApplied);
        own.blobsMissing = MissingBlobs{blobs, {}};
        return cluster.assess();
    };
    EXPECT_EQ(with(1000, 1000, 0).replicas[1].state, ReplicaState::healthy) << "within the limit";
    const auto notHeld = with(1001, 0, 0);
    EXPECT_EQ(notHeld.replicas[1].state, ReplicaState::behind);
    EXPECT_EQ(notHeld.replicas[1].detail.id, MessageId::cardBehind);
    EXPECT_EQ(with(0, 1001, 0).replicas[1].detail.id, MessageId::cardNotApplied);
    EXPECT_EQ(with(0, 0, 1).replicas[1].detail.id, MessageId::cardBlobs);
    // A triangle on a card and "healthy" above it would not fit together.
    EXPECT_EQ(notHeld.verdict, Verdict::degraded);
    ASSERT_TRUE(find(notHeld.sentence, MessageId::behindNow));
    const auto* state = find(notHeld.sentence, MessageId::votersHaveState);
    ASSERT_TRUE(state);
    EXPECT_EQ(std::get<std::int64_t>(state->arguments[0]), 2);
}

TEST(Judgement, ALagThatNobodyCanMeasureIsNotZero) {
    // The leader is not reachable from here.
    const auto assessment = ObservedCluster({Kind::told, Kind::healthy, Kind::healthy}).assess();
    EXPECT_EQ(assessment.leader, idOf(0));
    EXPECT_FALSE(assessment.replicas[1].entriesNotHeld);
    EXPECT_EQ(assessment.replicas[1].detail.id, MessageId::cardEntry) << "not “0 entries behind”";
}

TEST(Judgement, AMinorityThatHasQuorumSpeaksForTheCluster) {
    const auto assessment = ObservedCluster({Kind::healthy, Kind::told, Kind::told}).assess();
    EXPECT_EQ(assessment.verdict, Verdict::healthy);
    const auto* part = find(assessment.sentence, MessageId::notReachableFromHere);
    ASSERT_TRUE(part);
    EXPECT_THAT(namesIn(*part, 0), ElementsAre("reg-2", "reg-3"));
    EXPECT_THAT(namesIn(*part, 1), ElementsAre("reg-1"));
    for (const std::size_t i : {1U, 2U}) {
        EXPECT_EQ(assessment.replicas[i].state, ReplicaState::toldByPeers);
        EXPECT_EQ(assessment.replicas[i].observedBy, idOf(0));
        EXPECT_EQ(assessment.replicas[i].healthy, true);
        EXPECT_EQ(assessment.replicas[i].reachable, false);
    }
}

TEST(Judgement, OneThatIsCutOffItselfStillTellsOfAQuorumThatItHears) {
    // Its engine's port is cut, its peers' answers come through: they say that they have quorum.
    ObservedCluster cluster({Kind::told, Kind::told, Kind::noLeader});
    for (const std::size_t i : {0U, 1U}) {
        auto& word = cluster.word(2, i);
        word.reach = Reach::ok;
        word.failingFor.reset();
        word.heardAgo = 300ms;
    }
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::atRisk);
    EXPECT_TRUE(assessment.partition);
}

TEST(Judgement, PeersThatDisagreeOnASilentOneAreBothNamed) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::told});
    cluster.word(1, 2).reach = Reach::timeout;
    cluster.word(1, 2).failingFor = 20s;
    const auto assessment = cluster.assess();
    const auto& replica = assessment.replicas[2];
    EXPECT_EQ(replica.state, ReplicaState::disagreed) << "never as dead";
    ASSERT_EQ(replica.detail.id, MessageId::cardPeersDisagree);
    EXPECT_THAT(namesIn(replica.detail, 0), ElementsAre("reg-1"));
    EXPECT_THAT(namesIn(replica.detail, 1), ElementsAre("reg-2"));
    EXPECT_TRUE(find(assessment.sentence, MessageId::contested));
    EXPECT_FALSE(find(assessment.sentence, MessageId::downFor));
    EXPECT_EQ(assessment.verdict, Verdict::degraded) << "the leader hears it: its vote counts";
    // If it is the leader that misses it, its vote does not.
    ObservedCluster other({Kind::healthy, Kind::healthy, Kind::told});
    other.word(0, 2).reach = Reach::timeout;
    EXPECT_EQ(other.assess().verdict, Verdict::atRisk);
}

TEST(Judgement, APeerMustHaveHadTimeToNotice) {
    ObservedCluster cluster(threeWell);
    auto& seen = cluster.replica(2);
    seen.reach = Reach::refused;
    seen.lastByteAt = cluster.observation().now - 700ms;
    seen.failingSince = cluster.observation().now - 500ms;
    EXPECT_EQ(cluster.assess().replicas[2].state, ReplicaState::notAnswering) << "a crash shows at once";
    seen.lastByteAt = cluster.observation().now - 5s;
    EXPECT_EQ(cluster.assess().replicas[2].state, ReplicaState::toldByPeers);
}

TEST(Judgement, AFrozenReplicaWhoseEngineGoesOnStillVotes) {
    ObservedCluster cluster(threeWell);
    cluster.lose(2, Reach::timeout, 38s);
    cluster.word(0, 2).engineAnswers = true;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.replicas[2].detail.id, MessageId::cardStillVotes);
    EXPECT_TRUE(assessment.replicas[2].stillVotes);
    EXPECT_EQ(assessment.verdict, Verdict::degraded);
    EXPECT_EQ(assessment.margins.tolerates, 1);
    EXPECT_TRUE(find(assessment.sentence, MessageId::stillVoting));
    EXPECT_FALSE(find(assessment.sentence, MessageId::downFor));
}

TEST(Leader, IsWhatTheHighestTermThatAMajorityNamesSays) {
    struct Claim {
        int leader; // 0: none
        int term;
    };
    const auto leaderBy = [](const std::vector<Claim>& claims) {
        ObservedCluster cluster(std::vector<Kind>(claims.size(), Kind::healthy));
        for (std::size_t i = 0; i < claims.size(); ++i) {
            auto& consensus = cluster.report(i).consensus;
            consensus.term = Term(claims[i].term);
            consensus.leader = claims[i].leader > 0
                                   ? std::optional(idOf(static_cast<std::size_t>(claims[i].leader - 1)))
                                   : std::nullopt;
            consensus.quorum = claims[i].leader > 0;
        }
        const auto assessment = cluster.assess();
        const int leader = assessment.leader ? std::stoi(assessment.leader->str()) : 0;
        return std::pair(leader, assessment.term ? static_cast<int>(assessment.term->value()) : 0);
    };
    EXPECT_EQ(leaderBy({{1, 41}, {1, 41}, {1, 41}}), std::pair(1, 41));
    EXPECT_EQ(leaderBy({{1, 41}, {2, 42}, {2, 42}}), std::pair(2, 42)) << "the old leader does not know yet";
    EXPECT_EQ(leaderBy({{1, 41}, {1, 41}, {2, 42}}), std::pair(1, 41)) << "one alone is no majority";
    EXPECT_EQ(leaderBy({{1, 41}, {2, 42}}), std::pair(0, 0)) << "no term has a majority";
    EXPECT_EQ(leaderBy({{0, 41}, {0, 41}, {0, 41}}), std::pair(0, 41)) << "a term without a leader";
    EXPECT_EQ(leaderBy({{1, 41}, {0, 41}, {0, 41}}), std::pair(1, 41)) << "who has quorum under it knows";
    EXPECT_EQ(leaderBy({{1, 41}, {1, 41}, {2, 42}, {2, 42}, {0, 42}}), std::pair(2, 42));
    EXPECT_EQ(leaderBy({{1, 43}, {2, 42}, {3, 41}}), std::pair(0, 0));
}

TEST(Leader, TheLastOneThatAnswersDoesNotLeadWithoutQuorum) {
    ObservedCluster cluster({Kind::noLeader, Kind::refused, Kind::refused});
    cluster.report(0).consensus.leader = idOf(0); // has not stepped back yet
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::noQuorum);
    EXPECT_FALSE(assessment.leader);
    EXPECT_EQ(assessment.term, Term(41));
}

TEST(Leader, WithoutQuorumAClaimOfOneIsNotBelieved) {
    ObservedCluster cluster({Kind::noLeader, Kind::noLeader, Kind::noLeader});
    cluster.report(0).consensus.leader = idOf(0); // has not stepped back yet
    const auto assessment = cluster.assess();
    EXPECT_FALSE(assessment.leader);
    EXPECT_EQ(assessment.term, Term(41));
    EXPECT_EQ(assessment.verdict, Verdict::noQuorum);
    EXPECT_TRUE(assessment.disagreement);
    ASSERT_EQ(assessment.claims.size(), 2U);
    EXPECT_THAT(assessment.claims[0].observers, ElementsAre(idOf(0)));
    EXPECT_THAT(assessment.claims[1].observers, ElementsAre(idOf(1), idOf(2)));
    EXPECT_EQ(assessment.replicas[0].detail.id, MessageId::cardNoQuorum) << "it names one: not “no leader”";
}

TEST(Partition, NamesTheSidesAndTheCause) {
    const auto assessment =
        ObservedCluster({Kind::healthy, Kind::healthy, Kind::healthy, Kind::noLeader, Kind::noLeader})
            .assess();
    EXPECT_TRUE(assessment.partition);
    EXPECT_EQ(assessment.verdict, Verdict::atRisk);
    EXPECT_THAT(namesIn(assessment.headline, 0), ElementsAre("reg-4", "reg-5"));
    EXPECT_EQ(std::get<std::int64_t>(assessment.headline.arguments[1]), 3);
    EXPECT_EQ(assessment.replicas[3].detail, (Message{MessageId::cardNoLeader, {Milliseconds(60'200)}}));
    EXPECT_EQ(assessment.listWord, (Message{MessageId::listPartition, {std::int64_t{0}}}));
}

TEST(Partition, CanStillHaveAFailureToLoseAndNamesOtherFaultsToo) {
    const auto assessment = ObservedCluster({Kind::healthy, Kind::healthy, Kind::unhealthy, Kind::draining,
                                             Kind::healthy, Kind::noLeader, Kind::refused})
                                .assess();
    EXPECT_TRUE(assessment.partition);
    EXPECT_EQ(assessment.listWord, (Message{MessageId::listPartition, {std::int64_t{1}}}));
    const auto* side = find(assessment.sentence, MessageId::quorumSide);
    ASSERT_TRUE(side);
    EXPECT_THAT(namesIn(*side, 0), ElementsAre("reg-1", "reg-2", "reg-3", "reg-4", "reg-5"))
        << "whoever votes is part of the quorum, well or not";
    EXPECT_TRUE(find(assessment.sentence, MessageId::downFor));
    EXPECT_TRUE(find(assessment.sentence, MessageId::unwell));
    EXPECT_TRUE(find(assessment.sentence, MessageId::drainingNow));
}

TEST(NoQuorum, IsCountedFromTheLossThatTookIt) {
    ObservedCluster cluster({Kind::noLeader, Kind::refused, Kind::refused});
    cluster.lose(1, Reach::refused, 2h);
    cluster.lose(2, Reach::timeout, 4min);
    EXPECT_EQ(cluster.assess().listWord, (Message{MessageId::listNoQuorum, {Milliseconds(4min)}}));
}

TEST(NoQuorum, SaysNothingFalseOfThoseWhomAPeerHears) {
    // reg-2 is up and hears reg-1, but is not reachable from here; the others are lost.
    ObservedCluster cluster({Kind::noLeader, Kind::noLeader, Kind::refused, Kind::refused, Kind::refused});
    auto& seen = cluster.replica(1);
    seen.reach = Reach::timeout;
    seen.lastByteAt = seen.failingSince = seen.reportAt = cluster.observation().now - 60s;
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.verdict, Verdict::noQuorum);
    const auto* silent = find(assessment.sentence, MessageId::silentToAll);
    ASSERT_TRUE(silent);
    EXPECT_THAT(namesIn(*silent, 0), ElementsAre("reg-3", "reg-4", "reg-5"));
    EXPECT_THAT(namesIn(*silent, 1), ElementsAre("reg-1"));
    EXPECT_TRUE(find(assessment.sentence, MessageId::heardElsewhere));
    const auto* back = find(assessment.sentence, MessageId::bringBack);
    ASSERT_TRUE(back);
    EXPECT_EQ(std::get<std::int64_t>(back->arguments[0]), 1);
    const auto* may = find(assessment.sentence, MessageId::silentMayHaveMajority);
    ASSERT_TRUE(may);
    EXPECT_THAT(namesIn(*may, 0), ElementsAre("reg-3", "reg-4", "reg-5"))
        << "reg-2 says itself that it has none";
}

TEST(NoQuorum, AReplicaThatWaitsForALostMajorityIsNotStarting) {
    EXPECT_EQ(ObservedCluster({Kind::starting, Kind::starting, Kind::starting}).assess().verdict,
              Verdict::starting);
    ObservedCluster cluster({Kind::starting, Kind::refused, Kind::refused});
    EXPECT_EQ(cluster.assess().verdict, Verdict::noQuorum);
    for (const std::size_t i : {1U, 2U}) {
        cluster.lose(i, Reach::refused, 5s);
    }
    EXPECT_EQ(cluster.assess().verdict, Verdict::starting) << "they may still be coming up";
}

TEST(Unreachable, SaysWhyWhereAllAgree) {
    const auto with = [](Reach reach) {
        ObservedCluster cluster({Kind::refused, Kind::refused, Kind::refused});
        for (std::size_t i = 0; i < 3; ++i) {
            cluster.lose(i, reach, 1min);
        }
        return cluster.assess();
    };
    EXPECT_EQ(with(Reach::rejected).headline.id, MessageId::headlineRejected) << "they answer";
    EXPECT_EQ(with(Reach::tls).headline.id, MessageId::headlineNotTrusted);
    EXPECT_EQ(with(Reach::timeout).headline.id, MessageId::headlineUnreachable);
    EXPECT_EQ(with(Reach::timeout).verdict, Verdict::unreachable);
    EXPECT_EQ(with(Reach::timeout).replicas[0].healthy, std::nullopt) << "silence towards us says nothing";
    EXPECT_EQ(with(Reach::refused).replicas[0].healthy, false);
}

TEST(Names, AreCutWhereThatTellsThemApart) {
    const auto headlineNames = [](const std::vector<std::string>& names) {
        ObservedCluster cluster(
            {Kind::healthy, Kind::healthy, Kind::healthy, Kind::noLeader, Kind::noLeader});
        for (std::size_t i = 0; i < names.size(); ++i) {
            cluster.replica(i).name = names[i];
        }
        return namesIn(cluster.assess().headline, 0);
    };
    EXPECT_THAT(headlineNames({"reg-1.dc1", "reg-2.dc1", "reg-3.dc2", "reg-4.dc3", "reg-5.dc3"}),
                ElementsAre("reg-4", "reg-5"));
    EXPECT_THAT(headlineNames({"reg-1.dc1", "reg-2.dc1", "reg-3.dc2", "reg-1.dc3", "reg-2.dc3"}),
                ElementsAre("reg-1.dc3", "reg-2.dc3"));
    EXPECT_THAT(headlineNames({"10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.4", "10.1.0.5"}),
                ElementsAre("10.1.0.4", "10.1.0.5"));
    EXPECT_THAT(headlineNames({"a", "b", "c", "", ""}), ElementsAre(idOf(3).str(), idOf(4).str()));
}

TEST(Membership, TheNewestAmongThoseThatAnswerCounts) {
    ObservedCluster cluster(fiveWell);
    for (const std::size_t i : {0U, 1U, 2U}) {
        cluster.report(i).generation = Generation(8);
        cluster.report(i).members.resize(3);
    }
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.margins.voters, 3);
    EXPECT_FALSE(assessment.replicas[4].voting) << "removed; it has not heard of it";
    EXPECT_EQ(assessment.views, 3);
}

// A survivor that went on alone, and the majority that it was cut off from: the newest epoch counts.
TEST(Membership, AnEarlierEpochCountsNoMore) {
    ObservedCluster cluster(fiveWell);
    cluster.report(4).epoch = 2;
    cluster.report(4).generation = Generation(1);
    cluster.report(4).members.erase(cluster.report(4).members.begin(), cluster.report(4).members.end() - 1);
    const auto assessment = cluster.assess();
    EXPECT_EQ(assessment.margins.voters, 1);
    EXPECT_TRUE(assessment.replicas[4].voting);
    EXPECT_FALSE(assessment.replicas[0].voting) << "left behind by a repair";
}

TEST(ContactMatrix, ARowIsOneReplicasOwnWord) {
    const auto matrix =
        contactMatrix(ObservedCluster({Kind::healthy, Kind::told, Kind::noLeader}).observation());
    using Kinds = Contact::Kind;
    ASSERT_EQ(matrix.rows.size(), 3U);
    EXPECT_EQ(matrix.rows[0][0].kind, Kinds::self);
    EXPECT_EQ(matrix.rows[0][1].kind, Kinds::heard);
    EXPECT_EQ(matrix.rows[0][1].roundTripMs, 0.8);
    EXPECT_EQ(matrix.rows[0][2].kind, Kinds::notHeard);
    EXPECT_EQ(matrix.rows[1][0].kind, Kinds::unknown) << "it does not answer us";
    EXPECT_EQ(matrix.rows[2][1].kind, Kinds::notHeard);
}

} // namespace
} // namespace pilothouse::domain::test
