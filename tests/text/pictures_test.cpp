// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of the design's pictures, from observations like theirs.
#include "domain/observed_cluster.h"
#include "print.h"
#include "text/format.h"
#include "text/sentence.h"

#include <gmock/gmock.h>

namespace pilothouse::text::test {
namespace {

using namespace std::chrono_literals;
using domain::Reach;
using domain::test::Kind;
using domain::test::ObservedCluster;
using testing::ElementsAre;

std::vector<std::string> words(const std::vector<domain::Message>& messages) {
    std::vector<std::string> all;
    for (const auto& message : messages) {
        all.push_back(sentence(message).toStdString());
    }
    return all;
}

std::string whole(const domain::Assessment& assessment) {
    return wholeSentence(assessment).toStdString();
}

// "reg-1.dc1" and so on, as the cards show them.
void nameByPlace(ObservedCluster& cluster, const std::vector<std::string>& places) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        cluster.replica(i).name += "." + places[i];
    }
}

TEST(Pictures, MainHealthy) {
    ObservedCluster cluster(std::vector<Kind>(5, Kind::healthy));
    nameByPlace(cluster, {"dc1", "dc1", "dc2", "dc2", "dc3"});
    auto& observation = cluster.observation();
    observation.leaderSince = observation.wallNow - 6 * 24h;
    cluster.report(2).certificates = {{"node", observation.wallNow + 312 * 24h + 1h}};
    cluster.replica(3).lastByteAt = observation.now - 800ms;
    auto& follower = cluster.report(1).consensus;
    follower.held = follower.applied = LogIndex(follower.held.value() - 1);
    cluster.replica(0).roundTripMs = 0.9;
    for (std::size_t i = 0; i < 5; ++i) {
        cluster.report(i).blobsMissing = domain::MissingBlobs();
    }
    const auto assessment = cluster.assess();
    EXPECT_EQ(whole(assessment), "Healthy. 5 of 5 replicas vote and have the cluster’s state. "
                                 "It can lose any 2 more and keep accepting pushes.");
    EXPECT_THAT(words(assessment.facts),
                ElementsAre("every blob on all 5", "leader reg-1 for 6 d, term 41", "certificates 312 d",
                            "live from 5 of 5, oldest value 0.8 s"));
    EXPECT_EQ(sentence(assessment.listWord), QStringLiteral("can lose 2"));
    EXPECT_EQ(sentence(assessment.replicas[0].detail), QStringLiteral("entry 1\u202F204\u202F883 · 0.9 ms"));
    EXPECT_EQ(sentence(assessment.replicas[1].detail), QStringLiteral("1 entry behind · 1.2 ms"));
    EXPECT_TRUE(assessment.advice.empty());
}

TEST(Pictures, MainAtRisk) {
    ObservedCluster cluster({Kind::healthy, Kind::refused, Kind::healthy, Kind::healthy, Kind::refused});
    cluster.lose(1, Reach::refused, 2h + 14min);
    cluster.lose(4, Reach::timeout, 38s);
    cluster.report(3).blobsMissing = domain::MissingBlobs{214, {}};
    auto& observation = cluster.observation();
    observation.leaderSince = observation.wallNow - 2h - 14min;
    cluster.replica(2).lastByteAt = observation.now - 600ms;
    const auto assessment = cluster.assess();
    // Replacing is a verb of later; until then what is down is started again.
    EXPECT_EQ(whole(assessment),
              "No failure left to lose. reg-2 has been down for 2 h 14 min, reg-5 for 38 s. "
              "One more loss stops pushes and pulls by tag. Start reg-2 and reg-5 again, one at a time.");
    EXPECT_THAT(
        words(assessment.facts),
        ElementsAre("3 of 5 vote, 3 needed",
                    "leader reg-1 since " + minuteOfDay(*observation.leaderSince).toStdString() + ", term 41",
                    "live from 3 of 5, oldest value 0.6 s"));
    EXPECT_EQ(sentence(assessment.listWord), QStringLiteral("can lose none"));
    EXPECT_EQ(sentence(assessment.replicas[1].detail), QStringLiteral("refused · 2 h 14 min"));
    EXPECT_EQ(sentence(assessment.replicas[4].detail), QStringLiteral("no answer · 38 s"));
    EXPECT_EQ(sentence(assessment.replicas[3].detail), QStringLiteral("214 blobs still to copy"));
}

TEST(Pictures, MainNoQuorum) {
    ObservedCluster cluster({Kind::noLeader, Kind::refused, Kind::refused});
    nameByPlace(cluster, {"dc1", "dc1", "dc2"});
    cluster.lose(1, Reach::refused, 4min);
    cluster.lose(2, Reach::timeout, 4min);
    cluster.replica(0).lastByteAt = cluster.observation().now - 500ms;
    auto& leader = cluster.report(1).consensus; // its last words
    leader.role = domain::Role::leader;
    leader.leader = cluster.replica(1).id;
    const auto assessment = cluster.assess();
    EXPECT_EQ(
        whole(assessment),
        "No quorum: pushes and pulls by tag are refused. reg-1 answers and has no leader; 2 of 3 are needed. "
        "reg-2 and reg-3 do not answer here, nor to reg-1. Bring one of them back. "
        "reg-2 and reg-3 could still see each other and have a majority of their own.");
    EXPECT_THAT(words(assessment.facts),
                ElementsAre("1 of 3 votes here",
                            "last leader reg-2, term 41, until " +
                                timeOfDay(cluster.observation().wallNow - 4min).toStdString(),
                            "live from 1 of 3, oldest value 0.5 s"));
    EXPECT_EQ(sentence(assessment.listWord), QStringLiteral("no quorum for 4 min"));
    EXPECT_EQ(sentence(assessment.replicas[0].detail), QStringLiteral("answers · sees no leader"));
    EXPECT_EQ(sentence(assessment.replicas[1].detail), QStringLiteral("refused · 4 min"));
    EXPECT_EQ(sentence(assessment.replicas[2].detail), QStringLiteral("no answer · 4 min"));
    EXPECT_THAT(words(assessment.steps),
                ElementsAre("On reg-2 (10.1.0.12): look, then start", "One replica back is enough.",
                            "journalctl -u pilothouse-replica", "systemctl start pilothouse-replica",
                            "Reach reg-3 (10.1.0.13)", "Its host first, then the link to it.",
                            "Only if reg-2 and reg-3 never come back", "Repair from reg-1.",
                            "It holds what was committed up to " +
                                timeOfDay(cluster.observation().wallNow - 4min).toStdString() +
                                ". What reg-2 and reg-3 accepted after that, if anything, is lost."));
    EXPECT_THAT(words(assessment.findings),
                ElementsAre("reg-2’s host answers and refuses: the service is down.",
                            "reg-3 does not answer at all: host or network.",
                            "Before you give them up, look on their hosts whether they have a majority of "
                            "their own."));
    EXPECT_THAT(words(assessment.stillWorks),
                ElementsAre("Until then: from reg-1 itself, status, events and logins. Changes are refused, "
                            "and nothing works through a load balancer."));
}

TEST(Pictures, MainPartition) {
    ObservedCluster cluster({Kind::healthy, Kind::healthy, Kind::healthy, Kind::noLeader, Kind::noLeader});
    for (const std::size_t cut : {3U, 4U}) {
        for (const std::size_t other : {0U, 1U, 2U}) {
            cluster.word(cut, other).failingFor = 41s;
        }
    }
    cluster.replica(4).lastByteAt = cluster.observation().now - 700ms;
    const auto assessment = cluster.assess();
    EXPECT_EQ(
        whole(assessment),
        "A partition: reg-4 and reg-5 are cut off from the other three. The cluster works: reg-1, reg-2 and "
        "reg-3 have quorum. It can lose none of them. reg-4 and reg-5 answer here but see no leader. "
        "Look at the links to reg-4 and reg-5 first.");
    EXPECT_THAT(words(assessment.facts),
                ElementsAre("3 of 5 vote, 3 needed", "leader reg-1, term 41 (3 agree, 2 see none)",
                            "live from 5 of 5, oldest value 0.7 s"));
    EXPECT_EQ(sentence(assessment.listWord), QStringLiteral("partition, can lose none"));
    EXPECT_EQ(sentence(assessment.replicas[3].detail), QStringLiteral("sees no leader · 41 s"));
}

TEST(Pictures, MainJoining) {
    const auto assessment =
        ObservedCluster({Kind::healthy, Kind::healthy, Kind::healthy, Kind::learner}).assess();
    EXPECT_EQ(whole(assessment),
              "Healthy; reg-4 is catching up. 3 of 3 replicas vote and have the cluster’s state. "
              "It can lose 1 more and keep accepting pushes.");
}

TEST(Pictures, TheIssuesMinoritySentence) {
    const auto assessment = ObservedCluster({Kind::healthy, Kind::told, Kind::told}).assess();
    EXPECT_EQ(whole(assessment), "Healthy. 3 of 3 replicas vote and have the cluster’s state. "
                                 "Not reachable from here: reg-2, reg-3; reg-1 says they are fine. "
                                 "It can lose 1 more and keep accepting pushes.");
}

TEST(Pictures, ASingleReplica) {
    EXPECT_EQ(whole(ObservedCluster({Kind::healthy}).assess()),
              "A single replica: no failure left to lose. 1 of 1 replica votes and has the cluster’s state. "
              "Its loss stops everything. Add two more replicas to survive the loss of one.");
}

} // namespace
} // namespace pilothouse::text::test
