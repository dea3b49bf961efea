// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/verbs.h"
#include "views.h"

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

QString words(const Verbs& verbs) {
    QStringList list;
    for (const Verb& verb : verbs) {
        list.append(verb.why.isEmpty() ? verb.label : QStringLiteral("(%1)").arg(verb.label));
    }
    return list.join(QLatin1Char(' '));
}

TEST(Verbs, OfAHealthyFollower) {
    const models::ClusterView cluster = test::healthyFive();
    EXPECT_EQ(words(verbsFor(cluster, cluster.replicas[1].id, {})).toStdString(),
              "Make leader Drain Diagnose… Remove…");
}

TEST(Verbs, TheLeaderIsNotMadeLeaderAgain) {
    const models::ClusterView cluster = test::healthyFive();
    EXPECT_EQ(words(verbsFor(cluster, cluster.replicas[0].id, {})).toStdString(), "Drain Diagnose… Remove…");
}

TEST(Verbs, WhatIsNotPossibleSaysWhy) {
    const models::ClusterView cluster = test::atRiskFive();
    const Verbs verbs = verbsFor(cluster, cluster.replicas[1].id, {});
    EXPECT_EQ(words(verbs).toStdString(), "(Make leader) (Drain) Diagnose… Replace… Forget…");
    EXPECT_EQ(verbs[0].why, QStringLiteral("reg-2.dc1 does not answer."));
    EXPECT_TRUE(verbs[2].strong) << "to find out why it is silent harms nothing";
}

TEST(Verbs, ADrainingReplicaIsUndrained) {
    models::ClusterView cluster = test::healthyFive();
    cluster.replicas[0].draining = true;
    EXPECT_EQ(words(verbsFor(cluster, cluster.replicas[0].id, {})).toStdString(),
              "Undrain Diagnose… Remove…");
}

TEST(Verbs, ASandboxReplicaFollowsItsProcess) {
    const models::ClusterView cluster = test::healthySandbox();
    const QString id = cluster.replicas[1].id;
    EXPECT_EQ(words(verbsFor(cluster, id, {{id, ProcessState::running}})).toStdString(),
              "Make leader Drain Pause Kill Stop Diagnose… Remove…");
    EXPECT_EQ(words(verbsFor(cluster, id, {{id, ProcessState::paused}})).toStdString(),
              "Resume Kill Diagnose… Remove…");
    const Verbs stopped = verbsFor(cluster, id, {{id, ProcessState::stopped}});
    EXPECT_EQ(words(stopped).toStdString(), "Start Diagnose… Remove…");
    EXPECT_TRUE(stopped[0].strong);
}

TEST(Verbs, TheClusterOffersToStartWhatDoesNotRun) {
    const models::ClusterView cluster = test::healthySandbox();
    const Processes processes{{cluster.replicas[0].id, ProcessState::running},
                              {cluster.replicas[1].id, ProcessState::stopped},
                              {cluster.replicas[2].id, ProcessState::stopped}};
    const Verbs verbs = verbsFor(cluster, processes);
    EXPECT_EQ(words(verbs).toStdString(), "Start reg-2 Start reg-3");
    EXPECT_TRUE(verbs[0].strong);
    EXPECT_FALSE(verbs[1].strong) << "one strongest button";
    EXPECT_EQ(words(verbsFor(cluster, {})).toStdString(), "Add replica… Check cluster…");
}

TEST(Verbs, AClusterTakesOneMoreReplica) {
    EXPECT_EQ(words(verbsFor(test::healthyFive(), {})).toStdString(), "Add replica… Check cluster…");
    EXPECT_EQ(words(verbsFor(test::single(), {})).toStdString(), "Add replica… Check cluster…");
    const auto whyNot = [](const models::ClusterView& cluster) {
        const Verbs verbs = verbsFor(cluster, {});
        return !verbs.isEmpty() && verbs[0].kind == VerbKind::join ? verbs[0].why.toStdString() : "?";
    };
    EXPECT_EQ(whyNot(test::noQuorumThree()), "Nothing can be changed without a majority.");
    EXPECT_EQ(whyNot(test::joiningThree()), "reg-4.dc2 is joining already.");
    EXPECT_EQ(whyNot(test::healthySeven()), "A cluster has seven voting replicas at most.");
    EXPECT_EQ(whyNot(test::cutOffFive()), "This console itself is cut off.");
    EXPECT_EQ(whyNot(test::catchingUpFour()), "Another change is under way: Join reg-4.dc2: step 3 of 5.");
}

TEST(Verbs, ACutOffConsoleChecksNothing) {
    const models::ClusterView cluster = test::cutOffFive();
    EXPECT_EQ(words(verbsFor(cluster, {})).toStdString(), "(Add replica…) (Check cluster…)");
    const Verbs verbs = verbsFor(cluster, cluster.replicas[1].id, {});
    const auto diagnose = std::find_if(verbs.begin(), verbs.end(),
                                       [](const Verb& verb) { return verb.kind == VerbKind::diagnose; });
    ASSERT_NE(diagnose, verbs.end());
    EXPECT_EQ(diagnose->why, QStringLiteral("This console itself is cut off."));
}

TEST(Verbs, ManyThatDoNotRunAreStartedWithOneButton) {
    const models::ClusterView cluster = test::healthySandbox();
    Processes processes;
    for (const models::ReplicaView& replica : cluster.replicas) {
        processes.insert(replica.id, ProcessState::stopped);
    }
    const Verbs verbs = verbsFor(cluster, processes);
    EXPECT_EQ(words(verbs).toStdString(), "Start all Add replica…");
    EXPECT_TRUE(verbs[0].replicaId.isEmpty());
    EXPECT_TRUE(verbs[0].strong);
    for (ProcessState& process : processes) {
        process = ProcessState::paused;
    }
    EXPECT_EQ(words(verbsFor(cluster, processes)).toStdString(), "Resume all Add replica…");
}

TEST(Verbs, AClusterThatRefusesTheLoginOffersToLogIn) {
    models::ClusterView cluster = test::healthyFive();
    cluster.loginRefused = true;
    EXPECT_EQ(words(verbsFor(cluster, {})).toStdString(), "Log in…");
}

} // namespace
} // namespace pilothouse::ui
