// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/events.h"
#include "models/describe.h"
#include "models/sample_recorder.h"
#include "scenarios.h"

#include <gtest/gtest.h>

namespace pilothouse::models {
namespace {

using namespace std::chrono_literals;
using domain::Reach;
using domain::ReplicaState;

std::string field(const ReplicaView& replica, const char* label) {
    for (const Field& one : replica.fields) {
        if (one.label == QLatin1String(label)) {
            return one.value.toStdString();
        }
    }
    return "(no such field)";
}

TEST(Describe, AHealthyCluster) {
    const ClusterView view = test::healthyFive().view();
    EXPECT_EQ(view.verdict, domain::Verdict::healthy);
    EXPECT_EQ(view.count, QStringLiteral("5 of 5"));
    EXPECT_EQ(view.listWord, QStringLiteral("can lose 2"));
    EXPECT_EQ(view.quorum, 3);
    ASSERT_EQ(view.replicas.size(), 5);
    ASSERT_NE(view.leader(), nullptr);
    EXPECT_EQ(view.leader()->name, QStringLiteral("reg-1.dc1"));
    EXPECT_TRUE(view.notLive.isEmpty());
    EXPECT_TRUE(view.steps.isEmpty());
    for (const ReplicaView& replica : view.replicas) {
        EXPECT_EQ(replica.state, ReplicaState::healthy) << replica.name.toStdString();
        EXPECT_TRUE(replica.replicates) << replica.name.toStdString();
        EXPECT_TRUE(replica.voting);
    }
}

TEST(Describe, AnItemsDescriptionHasRoleLagObserverAndAge) {
    const ClusterView view = test::healthyFive().view();
    EXPECT_EQ(view.replicas[1].description.toStdString(),
              "Follower, voting; 1 entry behind · 1.2 ms; by its own word, 0.4 s ago");
}

TEST(Describe, ALostReplicaSaysSinceWhenAndWhatPeersSay) {
    const ClusterView view = test::atRiskFive().view();
    EXPECT_EQ(view.verdict, domain::Verdict::atRisk);
    EXPECT_EQ(view.count, QStringLiteral("3 of 5"));
    const ReplicaView& lost = view.replicas[1];
    EXPECT_EQ(lost.state, ReplicaState::notAnswering);
    EXPECT_EQ(lost.detail, QStringLiteral("refused · 2 h 14 min"));
    EXPECT_FALSE(lost.replicates);
    EXPECT_FALSE(lost.answers);
    EXPECT_EQ(field(lost, "Seen now"), "refused: host up, service down");
    EXPECT_EQ(field(lost, "Peers say"), "3 of 3 that answer: down");
    EXPECT_NE(field(lost, "Last answer").find("2 h 14 min ago"), std::string::npos)
        << field(lost, "Last answer");
    EXPECT_EQ(view.replicas[3].state, ReplicaState::behind);
    EXPECT_EQ(view.replicas[3].detail, QStringLiteral("214 blobs still to copy"));
}

TEST(Describe, WithoutQuorumThereAreStepsWithCommands) {
    const ClusterView view = test::noQuorumThree().view();
    EXPECT_EQ(view.verdict, domain::Verdict::noQuorum);
    EXPECT_EQ(view.count, QStringLiteral("1 of 3"));
    ASSERT_EQ(view.steps.size(), 3);
    EXPECT_EQ(view.steps[0].title, QStringLiteral("On reg-2 (10.1.0.12): look, then start"));
    EXPECT_FALSE(view.steps[0].body.isEmpty());
    EXPECT_EQ(view.steps[0].commands, (QStringList{QStringLiteral("journalctl -u pilothouse-replica"),
                                                   QStringLiteral("systemctl start pilothouse-replica")}));
    EXPECT_TRUE(view.steps[1].commands.isEmpty());
    EXPECT_FALSE(view.steps[1].repair);
    EXPECT_TRUE(view.steps[2].repair) << "the last way out";
    EXPECT_TRUE(view.steps[2].body.startsWith(QStringLiteral("Repair from reg-1. It holds what was")))
        << view.steps[2].body.toStdString();
    EXPECT_EQ(view.leader(), nullptr);
}

TEST(Describe, OneLeftBehindByARepairSaysSoAndWhatToDo) {
    const ClusterView view = test::leftBehindOne().view();
    EXPECT_EQ(view.voters, 1);
    ASSERT_EQ(view.replicas.size(), 2);
    EXPECT_FALSE(view.replicas[0].leftBehind);
    EXPECT_TRUE(view.replicas[0].steps.isEmpty());
    const ReplicaView& old = view.replicas[1];
    EXPECT_TRUE(old.leftBehind);
    EXPECT_EQ(old.stateWord, QStringLiteral("left behind"));
    EXPECT_EQ(old.detail, QStringLiteral("left behind · epoch 1"));
    ASSERT_GE(old.fields.size(), 2);
    EXPECT_EQ(old.fields[0].value, QStringLiteral("epoch 1, read-only"));
    EXPECT_EQ(old.fields[1].value, QStringLiteral("is in epoch 2, repaired from reg-1.dc1"));
    ASSERT_EQ(old.steps.size(), 3);
    EXPECT_EQ(old.steps[0].commands.last(),
              QStringLiteral("sudo mv /var/lib/pilothouse /var/lib/pilothouse.epoch-1"));
}

TEST(Describe, APartitionShowsWhoSeesWhomAndWhoTakesWhomForLeader) {
    const ClusterView view = test::partitionFive().view();
    EXPECT_TRUE(view.partition);
    EXPECT_TRUE(view.disagreement);
    ASSERT_EQ(view.sights.rows.size(), 5);
    EXPECT_EQ(view.sights.rows[0][0].kind, Sight::Kind::self);
    EXPECT_EQ(view.sights.rows[0][1].kind, Sight::Kind::heard);
    EXPECT_FALSE(view.sights.rows[0][1].text.isEmpty());
    EXPECT_EQ(view.sights.rows[0][3].kind, Sight::Kind::notHeard);
    EXPECT_EQ(view.sights.rows[4][3].kind, Sight::Kind::heard);
    ASSERT_EQ(view.claims.size(), 2);
    int cut = 0;
    for (const ReplicaView& replica : view.replicas) {
        cut += replica.cutOff ? 1 : 0;
        EXPECT_EQ(replica.replicates, !replica.cutOff) << replica.name.toStdString();
    }
    EXPECT_EQ(cut, 2);
    EXPECT_TRUE(view.cutLabel.startsWith(QStringLiteral("cut since "))) << view.cutLabel.toStdString();
}

TEST(Describe, AReplicaThatOnlyPeersReachIsNotShownAsDead) {
    const ClusterView view = test::healthyFive().hiddenFromUs(3, 10s).view();
    EXPECT_EQ(view.replicas[3].state, ReplicaState::toldByPeers);
    EXPECT_FALSE(view.replicas[3].answers);
    EXPECT_TRUE(view.replicas[3].replicates);
    EXPECT_NE(view.replicas[3].observer, QStringLiteral("itself"));
    EXPECT_TRUE(view.replicas[3].description.contains(QStringLiteral("told by ")))
        << view.replicas[3].description.toStdString();
}

TEST(Describe, ASandboxIsMarkedInItsWord) {
    const ClusterView view = test::healthySandbox().view();
    EXPECT_TRUE(view.sandbox);
    EXPECT_EQ(view.listWord, QStringLiteral("can lose 1 · this computer"));
}

TEST(Describe, NothingKnownYetIsUnknownNotBad) {
    const ClusterView view = test::startingThree().view();
    EXPECT_EQ(view.verdict, domain::Verdict::starting);
    for (const ReplicaView& replica : view.replicas) {
        EXPECT_EQ(replica.state, ReplicaState::unknown);
    }
}

TEST(Describe, TheLastKnownViewSaysThatItIsNotLive) {
    const ClusterSnapshot snapshot = test::healthyFive().snapshot();
    const ClusterView view = asLastKnown(describe(snapshot), snapshot.observation.wallNow, 4min);
    EXPECT_TRUE(view.notLive.startsWith(QStringLiteral("Not live since "))) << view.notLive.toStdString();
    EXPECT_TRUE(view.notLive.contains(QStringLiteral("(4 min): last known state")))
        << view.notLive.toStdString();
    EXPECT_EQ(view.headline, QStringLiteral("Last known: Healthy"));
    for (const FactView& fact : view.facts) {
        EXPECT_FALSE(fact.text.startsWith(QStringLiteral("live from"))) << fact.text.toStdString();
    }
    for (const ReplicaView& replica : view.replicas) {
        EXPECT_EQ(field(replica, "Told by"), "(no such field)") << "how new it was is not how new it is";
        EXPECT_EQ(replica.seen, QStringLiteral("seen 4 min ago"));
        EXPECT_TRUE(replica.description.endsWith(QStringLiteral("last known, seen 4 min ago")))
            << replica.description.toStdString();
    }
}

TEST(Describe, ARefusedCertificateIsShownOldBesideNew) {
    ClusterSnapshot snapshot = test::healthyFive().lost(1, Reach::tls, 5s).snapshot();
    snapshot.refusals[snapshot.observation.replicas[1].id] = {
        {QStringLiteral("Expected"), QStringLiteral("3F:9A")},
        {QStringLiteral("Presented"), QStringLiteral("11:C2")}};
    const ClusterView view = describe(snapshot);
    EXPECT_EQ(field(view.replicas[1], "Expected"), "3F:9A");
    EXPECT_EQ(field(view.replicas[1], "Presented"), "11:C2");
}

TEST(Describe, HostFactsAreInTheInspector) {
    ClusterSnapshot snapshot = test::healthyFive().snapshot();
    api::ClusterStatus status;
    status.self.host.disk_bytes = 500'000'000'000;
    status.self.host.disk_free_bytes = 45'000'000'000;
    status.self.host.process_resident_bytes = 412'000'000;
    status.self.host.process_cpu_percent = 6.2;
    status.self.host.disk_sync_ms = 1.1;
    snapshot.statuses[snapshot.observation.replicas[0].id] = &status;
    const ReplicaView replica = describe(snapshot).replicas[0];
    EXPECT_EQ(field(replica, "Disk"), "91 % of 500 GB");
    EXPECT_EQ(field(replica, "Memory, CPU"), "412 MB · 6 %");
    EXPECT_EQ(field(replica, "Sync time"), "1.1 ms");
    EXPECT_EQ(field(replica, "Version"), "1.4.0, as all");
    EXPECT_EQ(field(replica, "Certificate"), "valid, 312 days left");
}

TEST(DescribeEvent, HasATimeAndAFewWords) {
    api::Event event;
    event.revision = 12;
    event.kind = std::string(api::event::replicaLost);
    event.at = "2026-03-02T10:00:00.000Z";
    event.subject_name = "reg-2";
    event.message = "reg-2 stopped answering its peers";
    const EventView view = describe(event);
    EXPECT_EQ(view.label, QStringLiteral("reg-2 down"));
    EXPECT_EQ(view.atMs, 1772445600000) << "2026-03-02T10:00:00Z";
    event.kind = "token-created";
    EXPECT_TRUE(describe(event).label.isEmpty()) << "not worth a mark in the timeline";
}

TEST(SampleRecorder, TakesTheLeadersWritesAndTheSlowestAnswer) {
    ClusterSnapshot snapshot = test::healthyFive().snapshot();
    std::vector<api::ClusterStatus> statuses(5);
    for (std::size_t i = 0; i < 5; ++i) {
        statuses[i].self.traffic.writes_per_s = 10.0 + static_cast<double>(i);
        statuses[i].self.traffic.answer_p99_ms = 2.0 + static_cast<double>(i);
        snapshot.statuses[snapshot.observation.replicas[i].id] = &statuses[i];
    }
    const Sample sample = SampleRecorder::sampleOf(snapshot);
    EXPECT_DOUBLE_EQ(sample.writesPerSecond.value_or(-1), 10);
    EXPECT_DOUBLE_EQ(sample.p99Ms.value_or(-1), 6);
    EXPECT_EQ(sample.spareVotes, 2);
}

TEST(SampleRecorder, NoAnswerIsAGapNotZero) {
    const Sample sample = SampleRecorder::sampleOf(test::unreachableThree().snapshot());
    EXPECT_FALSE(sample.writesPerSecond.has_value());
    EXPECT_FALSE(sample.p99Ms.has_value());
    EXPECT_FALSE(sample.spareVotes.has_value());
    EXPECT_EQ(SampleRecorder::sampleOf(test::noQuorumThree().snapshot()).spareVotes, -1);
}

TEST(SampleRecorder, TakesOneSampleAStep) {
    SampleRecorder recorder(2000);
    ClusterSnapshot snapshot = test::healthyFive().snapshot();
    EXPECT_TRUE(recorder.take(snapshot));
    snapshot.observation.wallNow += 500ms;
    EXPECT_FALSE(recorder.take(snapshot));
    snapshot.observation.wallNow += 1600ms;
    EXPECT_TRUE(recorder.take(snapshot));
    EXPECT_EQ(recorder.samples().size(), 2);
    EXPECT_EQ(recorder.answerTimes(QStringLiteral("7be0113d90fe")).size(), 2);
}

} // namespace
} // namespace pilothouse::models
