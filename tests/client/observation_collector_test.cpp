// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/observation_collector.h"
#include "samples.h"

namespace pilothouse::client {
namespace {

using test::ScriptedCluster;
using test::waitUntil;

CollectedObservation collect(const WatchTarget& target,
                             std::chrono::milliseconds timeout = std::chrono::seconds(3)) {
    auto future = collectObservation(target, systemClock(), timeout);
    EXPECT_TRUE(waitUntil([&] { return future.isFinished(); }, timeout + std::chrono::seconds(20)));
    return future.isFinished() ? future.result() : CollectedObservation();
}

std::vector<std::string> namesIn(const CollectedObservation& seen) {
    std::vector<std::string> names;
    for (const auto& replica : seen.observation.replicas) {
        names.push_back(replica.name);
    }
    return names;
}

const std::vector<std::string> allThree{"reg-1", "reg-2", "reg-3"};

TEST(ObservationCollector, AsksEveryReplicaThatTheSeedNames) {
    ScriptedCluster cluster(3);
    auto target = test::targetOf(cluster);
    target.seeds = {target.seeds.last()};
    const auto seen = collect(target);
    EXPECT_EQ(namesIn(seen), allThree);
    EXPECT_EQ(seen.statuses.size(), 3U);
    EXPECT_EQ(seen.observation.clusterName, "test");
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(cluster.replica(i).count("GET /api/v0/cluster"), 1) << i;
    }
}

TEST(ObservationCollector, ListsAReplicaOnceThoughItIsKnownByTwoAddresses) {
    ScriptedCluster cluster(3);
    auto target = test::targetOf(cluster);
    for (int i = 0; i < 3; ++i) {
        target.members += {ReplicaId(ScriptedCluster::idOf(i)), QString(), target.seeds[i]};
    }
    QUrl other = target.seeds.first();
    other.setHost(QStringLiteral("localhost"));
    target.seeds = {other};
    EXPECT_EQ(namesIn(collect(target)), allThree);
}

TEST(ObservationCollector, ListsAReplicaThatMovedByTheAddressThatAnswers) {
    ScriptedCluster cluster(3);
    auto target = test::targetOf(cluster);
    target.members += {ReplicaId(ScriptedCluster::idOf(2)), QStringLiteral("reg-3"),
                       QUrl(QStringLiteral("https://127.0.0.1:1"))}; // where it was once
    const auto seen = collect(target);
    EXPECT_EQ(namesIn(seen), allThree);
    EXPECT_EQ(seen.observation.replicas.back().reach, domain::Reach::ok)
        << seen.observation.replicas.back().error;
}

TEST(ObservationCollector, NamesTheDeadFromTheLivingsWord) {
    ScriptedCluster cluster(3);
    auto target = test::targetOf(cluster);
    target.seeds = {target.seeds.first()};
    cluster.kill(2);
    const auto seen = collect(target);
    ASSERT_EQ(namesIn(seen), allThree);
    EXPECT_EQ(seen.observation.replicas[2].reach, domain::Reach::refused);
    EXPECT_EQ(seen.statuses.size(), 2U);
}

TEST(ObservationCollector, IsAnObservationEvenIfNobodyAnswers) {
    ScriptedCluster cluster(2);
    auto target = test::targetOf(cluster);
    cluster.replica(0).kill();
    cluster.replica(1).setSilent(true);
    const auto seen = collect(target, std::chrono::milliseconds(700));
    ASSERT_EQ(seen.observation.replicas.size(), 2U);
    EXPECT_EQ(seen.observation.replicas[0].reach, domain::Reach::refused);
    EXPECT_EQ(seen.observation.replicas[1].reach, domain::Reach::timeout);
    EXPECT_TRUE(seen.statuses.empty());
}

TEST(ObservationCollector, TellsARefusedPasswordAndATrustProblemFromSilence) {
    ScriptedCluster cluster(2);
    auto target = test::targetOf(cluster);
    cluster.replica(0).setCredentials("admin", "another");
    const test::TestAuthority other("another");
    cluster.replica(1).setCertificate(other.issueReplica(ScriptedCluster::idOf(1)), {other.certificate()});
    cluster.replica(1).kill();
    ASSERT_TRUE(cluster.replica(1).start());
    const auto seen = collect(target);
    ASSERT_EQ(seen.observation.replicas.size(), 2U);
    EXPECT_EQ(seen.observation.replicas[0].reach, domain::Reach::rejected);
    EXPECT_EQ(seen.observation.replicas[1].reach, domain::Reach::tls);
    ASSERT_EQ(seen.trustProblems.size(), 1U);
    EXPECT_EQ(seen.trustProblems[0].fault, TrustFault::authority);
    EXPECT_TRUE(cluster.replica(1).requests().empty());
}

} // namespace
} // namespace pilothouse::client
