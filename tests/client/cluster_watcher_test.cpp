// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/events.h"
#include "client/cluster_watcher.h"
#include "samples.h"

#include <QDir>
#include <QSignalSpy>

#include <algorithm>

namespace pilothouse::client {
namespace {

using test::answering;
using test::describe;
using test::runFor;
using test::ScriptedCluster;
using test::waitUntil;

WatchTarget fromOneSeed(ScriptedCluster& cluster, int index) {
    auto target = test::targetOf(cluster);
    target.seeds = {test::urlOf(cluster.replica(index))};
    return target;
}

QList<KnownMember> membersOf(ScriptedCluster& cluster) {
    QList<KnownMember> members;
    for (int i = 0; i < cluster.size(); ++i) {
        members += {ReplicaId(ScriptedCluster::idOf(i)), QStringLiteral("reg-%1").arg(i + 1),
                    test::urlOf(cluster.replica(i))};
    }
    return members;
}

TEST(ClusterWatcher, FindsAllFromOneSeedWithOneStreamEach) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(fromOneSeed(cluster, 1), systemClock());
    QSignalSpy told(&watcher, &ClusterWatcher::membersChanged);
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    EXPECT_EQ(watcher.name(), QStringLiteral("test"));
    EXPECT_EQ(watcher.clusterId(), ClusterId(test::TestAuthority::clusterId));
    EXPECT_EQ(watcher.members(), membersOf(cluster));
    EXPECT_EQ(told.count(), 1);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(waitUntil([&] { return cluster.replica(i).openStreams() == 1; }))
            << "reg-" << i + 1 << " has " << cluster.replica(i).openStreams() << " streams";
    }
    const auto links = watcher.links();
    ASSERT_EQ(links.size(), 3U);
    EXPECT_TRUE(waitUntil([&] {
        const auto now = watcher.links();
        return std::all_of(now.begin(), now.end(),
                           [](const LinkInfo& link) { return link.liveness == Liveness::stream; });
    }));
}

TEST(ClusterWatcher, FindsAllFromTheSavedListWhenTheSeedIsDead) {
    ScriptedCluster cluster(3);
    auto target = fromOneSeed(cluster, 0);
    target.members = membersOf(cluster);
    cluster.kill(0);
    ClusterWatcher watcher(target, systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 2; })) << describe(watcher);
    const auto seen = watcher.observation();
    ASSERT_EQ(seen.replicas.size(), 3U) << describe(watcher);
    EXPECT_EQ(seen.replicas[0].name, "reg-1");
    EXPECT_EQ(seen.replicas[0].reach, domain::Reach::refused);
}

TEST(ClusterWatcher, TakesTwoAddressesOfOneReplicaForOne) {
    ScriptedCluster cluster(3);
    auto target = fromOneSeed(cluster, 0);
    QUrl other = target.seeds.first();
    other.setHost(QStringLiteral("localhost"));
    target.seeds = {other};
    target.members = membersOf(cluster);
    ClusterWatcher watcher(target, systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] {
        return answering(watcher) == 3 && watcher.observation().replicas.size() == 3;
    })) << describe(watcher);
    EXPECT_TRUE(waitUntil([&] { return cluster.replica(0).openStreams() == 1; }))
        << cluster.replica(0).openStreams() << " streams";
    runFor(Milliseconds(500));
    EXPECT_EQ(watcher.observation().replicas.size(), 3U) << describe(watcher);
    EXPECT_EQ(cluster.replica(0).openStreams(), 1);
}

TEST(ClusterWatcher, ConnectsToAMemberThatIsNew) {
    ScriptedCluster cluster(3);
    cluster.replica(2).kill(); // not there yet, and nobody has heard of it
    for (int i = 0; i < 2; ++i) {
        cluster.replica(i).status.members.pop_back();
    }
    ClusterWatcher watcher(fromOneSeed(cluster, 0), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 2; })) << describe(watcher);
    ASSERT_EQ(watcher.observation().replicas.size(), 2U);

    QSignalSpy told(&watcher, &ClusterWatcher::membersChanged);
    cluster.replica(2).start();
    cluster.makeLeader(0); // tells everything anew, with three members
    EXPECT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    EXPECT_EQ(told.count(), 1);
}

TEST(ClusterWatcher, LetsARemovedMemberGo) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(fromOneSeed(cluster, 0), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    cluster.remove(2);
    EXPECT_TRUE(waitUntil([&] { return watcher.observation().replicas.size() == 2; })) << describe(watcher);
    EXPECT_EQ(watcher.members().size(), 2);
    EXPECT_EQ(watcher.status(ReplicaId(ScriptedCluster::idOf(2))), nullptr);
}

TEST(ClusterWatcher, DoesNotLetAnOlderMembershipTakeAMemberAway) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(fromOneSeed(cluster, 0), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    auto& lagging = cluster.replica(1).status;
    lagging.membership.generation = 0;
    lagging.members.pop_back();
    cluster.replica(1).publish();
    runFor(Milliseconds(300));
    EXPECT_EQ(watcher.observation().replicas.size(), 3U) << describe(watcher);
}

// Its generation may be the higher one: it counts within an epoch.
TEST(ClusterWatcher, ShowsThoseThatARepairLeftBehindOnlyWhileTheyAnswer) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(fromOneSeed(cluster, 0), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    cluster.kill(2);
    auto& survivor = cluster.replica(0).status;
    survivor.cluster.epoch = 2;
    survivor.members.resize(1);
    survivor.former.emplace();
    for (int i = 1; i < 3; ++i) {
        survivor.former->push_back({ScriptedCluster::idOf(i),
                                    "reg-" + std::to_string(i + 1),
                                    test::urlOf(cluster.replica(i)).toString().toStdString(),
                                    "",
                                    1,
                                    "",
                                    {}});
    }
    auto& old = cluster.replica(1).status;
    old.cluster.epoch = 1;
    old.membership.generation = survivor.membership.generation + 3;
    old.newer_epoch = {2, ScriptedCluster::idOf(0), "reg-1"};
    cluster.replica(0).publish();
    cluster.replica(1).publish();
    EXPECT_TRUE(waitUntil([&] { return watcher.observation().replicas.size() == 2; })) << describe(watcher);
    EXPECT_EQ(watcher.members().size(), 1);
    const auto seen = watcher.observation();
    ASSERT_EQ(seen.replicas.size(), 2U);
    EXPECT_TRUE(waitUntil([&] {
        const auto now = watcher.observation();
        return now.replicas.size() == 2 && now.replicas[1].report && now.replicas[1].report->newerEpoch;
    })) << describe(watcher);
    EXPECT_EQ(watcher.observation().replicas[1].report->newerEpoch, (domain::NewerEpoch{2, "reg-1"}));
    cluster.kill(1);
    survivor.members.resize(1); // the scripted cluster knows nothing of epochs
    cluster.replica(0).publish();
    EXPECT_TRUE(waitUntil([&] { return watcher.observation().replicas.size() == 1; })) << describe(watcher);
}

// A survivor goes on alone in the next epoch; what was left behind counts no more, whatever it says, until
// the survivor itself takes that back.
TEST(ClusterWatcher, BelievesTheNewestEpochUntilItIsPutBack) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(fromOneSeed(cluster, 0), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    auto& survivor = cluster.replica(0).status;
    const auto before = survivor;
    survivor.cluster.epoch = 2;
    survivor.membership.generation = 0;
    survivor.members.resize(1);
    cluster.replica(0).publish();
    ASSERT_TRUE(waitUntil([&] { return watcher.observation().replicas.size() == 1; })) << describe(watcher);
    cluster.replica(1).status.membership.generation = 9;
    cluster.replica(1).publish();
    runFor(Milliseconds(300));
    EXPECT_EQ(watcher.observation().replicas.size(), 1U) << describe(watcher);
    survivor = before;
    cluster.replica(0).publish();
    EXPECT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
}

TEST(ClusterWatcher, FollowsAMemberToItsNewAddress) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(fromOneSeed(cluster, 0), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);

    // The same replica, reached under another name from now on.
    for (int i = 0; i < 3; ++i) {
        auto& status = cluster.replica(i).status;
        ++status.membership.generation;
        auto& url = status.members[2].url;
        url.replace(url.find("127.0.0.1"), std::string("127.0.0.1").size(), "localhost");
        cluster.replica(i).publish();
    }
    const std::string moved = cluster.replica(0).status.members[2].url;
    EXPECT_TRUE(waitUntil([&] {
        const auto seen = watcher.observation();
        return seen.replicas.size() == 3 && seen.replicas[2].url == moved &&
               seen.replicas[2].reach == domain::Reach::ok;
    })) << describe(watcher);
    EXPECT_EQ(watcher.members().last().url.toString().toStdString(), moved);
}

TEST(ClusterWatcher, TellsEachEventOnceThoughAllReplicasTellIt) {
    ScriptedCluster cluster(3);
    cluster.addEvent(std::string(api::event::clusterCreated), 0, "Cluster test was created");
    ClusterWatcher watcher(fromOneSeed(cluster, 0), systemClock());
    std::vector<std::int64_t> told;
    QObject::connect(&watcher, &ClusterWatcher::eventArrived, &watcher,
                     [&](const api::Event& event) { told.push_back(event.revision); });
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3 && told.size() == 1; }))
        << describe(watcher) << told.size() << " events";
    cluster.addEvent(std::string(api::event::replicaStarted), 1, "reg-2 started");
    ASSERT_TRUE(waitUntil([&] { return told.size() == 2; })) << told.size();
    runFor(Milliseconds(300));
    EXPECT_EQ(told.size(), 2U);
    EXPECT_EQ(watcher.events().size(), 2U);
}

TEST(ClusterWatcher, SaysOnceThatThePasswordIsWrong) {
    ScriptedCluster cluster(3);
    auto target = test::targetOf(cluster);
    target.credentials.secret = QStringLiteral("wrong");
    ClusterWatcher watcher(target, systemClock());
    QSignalSpy refused(&watcher, &ClusterWatcher::credentialsRefused);
    watcher.start();
    ASSERT_TRUE(waitUntil([&] {
        const auto seen = watcher.observation();
        return std::all_of(seen.replicas.begin(), seen.replicas.end(),
                           [](const auto& r) { return r.reach == domain::Reach::rejected; });
    })) << describe(watcher);
    EXPECT_EQ(refused.count(), 1);
    watcher.setCredentials({QStringLiteral("admin"), QStringLiteral("secret")});
    EXPECT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    EXPECT_EQ(refused.count(), 1);
}

TEST(ClusterWatcher, TriesAReplicaAtOnceThatItsPeersHearAgain) {
    ScriptedCluster cluster(3);
    Timing timing;
    timing.backOffFirst = timing.backOffMost = std::chrono::minutes(5); // nothing but the peers' word helps
    ClusterWatcher watcher(test::targetOf(cluster), systemClock(), timing);
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    runFor(timing.lateAfter + Milliseconds(100)); // a stream that lasted is opened anew at once
    cluster.kill(2);
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 2; })) << describe(watcher);
    // Of statuses that come together only the last is read: they must have told of the loss before.
    const auto tellsOfLoss = [&](int peer) {
        const auto* status = watcher.status(ReplicaId(ScriptedCluster::idOf(peer)));
        return status != nullptr &&
               std::any_of(status->peers.begin(), status->peers.end(), [](const api::PeerView& view) {
                   return view.id == ScriptedCluster::idOf(2) && view.reach == api::Reach::refused;
               });
    };
    ASSERT_TRUE(waitUntil([&] { return tellsOfLoss(0) && tellsOfLoss(1); }));
    cluster.restart(2);
    EXPECT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
}

TEST(ClusterWatcher, OnlyTheLateOneIsTriedAgain) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(test::targetOf(cluster), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    const int before = cluster.replica(0).count("GET /api/v0/stream");
    cluster.replica(2).setSilent(true);
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 2; }, std::chrono::seconds(20)))
        << describe(watcher);
    EXPECT_EQ(cluster.replica(0).count("GET /api/v0/stream"), before);
    EXPECT_EQ(cluster.replica(0).openStreams(), 1);
}

// No request, stream, timer or socket stays behind when clusters come and go.
TEST(ClusterWatcher, LeavesNothingBehind) {
    ScriptedCluster cluster(3);
    const auto openFiles = [] { return QDir(QStringLiteral("/proc/self/fd")).count(); };
    const auto goneQuiet = [&] {
        for (int i = 0; i < 3; ++i) {
            if (cluster.replica(i).openStreams() != 0 || cluster.replica(i).openConnections() != 0) {
                return false;
            }
        }
        return true;
    };
    const auto once = [&] {
        auto watcher = std::make_unique<ClusterWatcher>(fromOneSeed(cluster, 0), systemClock());
        watcher->start();
        ASSERT_TRUE(waitUntil([&] { return answering(*watcher) == 3; })) << describe(*watcher);
        QFuture<Result<api::UserList>> running = watcher->commands().users();
        watcher.reset(); // in the middle of a request, too
        ASSERT_TRUE(waitUntil([&] { return running.isFinished(); })) << "a command was left hanging";
        ASSERT_TRUE(waitUntil(goneQuiet)) << "connections stay open";
    };
    once(); // what is made once for the process
    const auto before = openFiles();
    for (int i = 0; i < 10; ++i) {
        once();
        if (HasFatalFailure()) {
            return;
        }
    }
    EXPECT_TRUE(waitUntil([&] { return openFiles() <= before; }))
        << before << " files were open, " << openFiles() << " are now";
}

} // namespace
} // namespace pilothouse::client
