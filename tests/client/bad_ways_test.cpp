// SPDX-License-Identifier: GPL-3.0-or-later
// What a watcher makes of ways that are cut or only half open: proxies, firewalls, its own network.
#include "api/events.h"
#include "client/cluster_watcher.h"
#include "samples.h"

#include <algorithm>

namespace pilothouse::client {
namespace {

using test::answering;
using test::describe;
using test::runFor;
using test::ScriptedCluster;
using test::waitUntil;

std::vector<std::int64_t> revisions(const ClusterWatcher& watcher) {
    std::vector<std::int64_t> all;
    for (const auto& event : watcher.events()) {
        all.push_back(event.revision);
    }
    return all;
}

TEST(BadWays, AsksForEventsWhereNothingStreams) {
    ScriptedCluster cluster(3);
    for (int i = 0; i < 3; ++i) {
        cluster.replica(i).setStreams(false);
    }
    cluster.addEvent(std::string(api::event::clusterCreated), 0, "Cluster test was created");
    Timing timing;
    timing.pollEvery = Milliseconds(50);
    timing.streamAgainAfter = Milliseconds(500);
    ClusterWatcher watcher(test::targetOf(cluster), systemClock(), timing);
    std::vector<std::int64_t> told;
    QObject::connect(&watcher, &ClusterWatcher::eventArrived, &watcher,
                     [&](const api::Event& event) { told.push_back(event.revision); });
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return told.size() == 1; })) << describe(watcher);
    for (int more = 2; more <= 3; ++more) {
        cluster.addEvent(std::string(api::event::replicaStarted), 1, "reg-2 started");
        cluster.makeLeader(0); // tells everything anew: the state's revision too
        ASSERT_TRUE(waitUntil([&] { return told.size() == static_cast<std::size_t>(more); }))
            << told.size() << " events";
    }

    // Nothing new: nothing is asked.
    const auto asked = [&] {
        int all = 0;
        for (int i = 0; i < 3; ++i) {
            all += cluster.replica(i).count("GET /api/v0/events");
        }
        return all;
    };
    runFor(Milliseconds(300));
    const int before = asked();
    runFor(Milliseconds(300));
    EXPECT_EQ(asked(), before);

    // A stream that works again goes on where that ended.
    for (int i = 0; i < 3; ++i) {
        cluster.replica(i).setStreams(true);
    }
    ASSERT_TRUE(waitUntil([&] { return cluster.replica(0).openStreams() == 1; }));
    EXPECT_EQ(cluster.replica(0).last("GET /api/v0/stream")->headers.value("last-event-id"),
              QByteArray::number(qint64(told.back())));
    cluster.addEvent(std::string(api::event::replicaStopped), 1, "reg-2 stopped");
    ASSERT_TRUE(waitUntil([&] { return told.size() == 4; })) << told.size() << " events";
    EXPECT_EQ(told, revisions(watcher)) << "each once, in order";
}

TEST(BadWays, NoticesALossWhileNobodyLooksThoughNothingStreams) {
    ScriptedCluster cluster(3);
    for (int i = 0; i < 3; ++i) {
        cluster.replica(i).setStreams(false);
    }
    Timing timing;
    timing.pollHidden = Milliseconds(1500);
    ClusterWatcher watcher(test::targetOf(cluster), systemClock(), timing);
    watcher.setHidden(true);
    watcher.start();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
    // What was asked rarely is not late between two questions.
    EXPECT_GE(watcher.limits().lateAfter, timing.pollHidden + timing.lateAfter);
    cluster.kill(2);
    EXPECT_TRUE(waitUntil([&] { return answering(watcher) == 2; })) << describe(watcher);
    watcher.setHidden(false);
    EXPECT_GE(watcher.limits().lateAfter, timing.pollHidden) << "until the questions of now are answered";
    EXPECT_TRUE(waitUntil([&] { return watcher.limits().lateAfter == timing.lateAfter; }));
}

// As behind a firewall of its own: its peers go on hearing it.
TEST(BadWays, WaitsItsTurnForAReplicaThatItsPeersHearAllAlong) {
    ScriptedCluster cluster(3);
    Timing timing;
    timing.backOffFirst = timing.backOffMost = std::chrono::minutes(5);
    ClusterWatcher watcher(test::targetOf(cluster), systemClock(), timing);
    watcher.start();
    // Its first ping is answered too: one that was on its way would be sent again by Qt, to the replica that
    // is there again by then.
    ASSERT_TRUE(waitUntil([&] {
        const auto seen = watcher.observation();
        return answering(watcher) == 3 && seen.replicas[2].roundTripMs.has_value();
    })) << describe(watcher);
    cluster.replica(2).kill();
    ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 2; })) << describe(watcher);
    const int before = cluster.replica(2).handshakes();
    cluster.replica(2).start();
    for (int i = 0; i < 10; ++i) {
        cluster.replica(i % 2).publish();
        runFor(Milliseconds(50));
    }
    EXPECT_EQ(cluster.replica(2).handshakes(), before) << "each status of a peer led to an attempt";
}

TEST(BadWays, ThePeersWordChangesNothingForAReplicaThatRefusesUs) {
    ScriptedCluster cluster(3);
    cluster.replica(2).setCredentials("admin", "another");
    ClusterWatcher watcher(test::targetOf(cluster), systemClock());
    watcher.start();
    ASSERT_TRUE(waitUntil([&] {
        const auto seen = watcher.observation();
        return answering(watcher) == 2 && seen.replicas[2].reach == domain::Reach::rejected;
    })) << describe(watcher);
    const auto before = cluster.replica(2).requests().size();
    for (const auto reach : {api::Reach::timeout, api::Reach::ok}) {
        cluster.replica(0).status.peers[1].reach = reach;
        cluster.replica(0).publish();
        runFor(Milliseconds(200));
    }
    EXPECT_EQ(cluster.replica(2).requests().size(), before);
}

// The network goes, the streams end one after another: nobody is said to be lost for that.
TEST(BadWays, TellsItsOwnSilenceFromThatOfReplicas) {
    for (const OwnNetwork network : {OwnNetwork::none, OwnNetwork::some}) {
        ScriptedCluster cluster(3);
        ClusterWatcher watcher(test::targetOf(cluster), systemClock());
        watcher.setNetworkLook([network] { return network; });
        watcher.start();
        ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 3; })) << describe(watcher);
        EXPECT_TRUE(watcher.observation().observerOnline) << "somebody answers: there is a way";
        bool blamed = false; // a replica was given up while it was not known that this computer is cut off
        QObject::connect(&watcher, &ClusterWatcher::changed, &watcher, [&] {
            const auto seen = watcher.observation();
            blamed = blamed || (seen.observerOnline && answering(watcher) < 3);
        });
        for (int i = 0; i < 3; ++i) {
            cluster.replica(i).setSilent(true);
            runFor(Milliseconds(100));
        }
        ASSERT_TRUE(waitUntil([&] { return !watcher.observation().observerOnline; })) << describe(watcher);
        ASSERT_TRUE(waitUntil([&] { return answering(watcher) == 0; }, std::chrono::seconds(20)))
            << describe(watcher);
        EXPECT_FALSE(watcher.observation().observerOnline);
        EXPECT_FALSE(blamed);
        cluster.replica(1).setSilent(false);
        EXPECT_TRUE(waitUntil([&] { return watcher.observation().observerOnline; })) << describe(watcher);
    }
}

} // namespace
} // namespace pilothouse::client
