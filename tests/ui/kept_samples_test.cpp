// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/kept_samples.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

using namespace std::chrono_literals;

const ClusterId cluster("0123456789abcdef0123456789abcdef");
const ReplicaId replica("7be0113d90fe");
const WallTime noon(24h * 365 * 56);
constexpr int deadlineMs = 20'000;

// A cluster of one that answers in `ms` at `at`; that does not answer, if `ms` is none.
models::ClusterSnapshot snapshotAt(WallTime at, std::optional<double> ms) {
    models::ClusterSnapshot snapshot;
    snapshot.observation.wallNow = at;
    snapshot.assessment.views = ms ? 1 : 0;
    snapshot.assessment.margins.voters = 1;
    snapshot.assessment.margins.quorum = 1;
    snapshot.assessment.votingNow = ms ? 1 : 0;
    snapshot.assessment.verdict = ms ? domain::Verdict::atRisk : domain::Verdict::unreachable;
    domain::ReplicaAssessment judged;
    judged.id = replica;
    judged.reachable = ms.has_value();
    judged.roundTripMs = ms;
    snapshot.assessment.replicas.push_back(judged);
    return snapshot;
}

models::ClusterView viewOfOne() {
    models::ClusterView view;
    view.replicas.resize(1);
    view.replicas[0].id = QString::fromStdString(replica.str());
    return view;
}

TEST(KeptSamples, PlotsSurviveARestart) {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("history.sqlite"));
    const QString id = QString::fromStdString(replica.str());
    QList<models::Sample> before;
    {
        history::History history(file);
        models::SampleRecorder recorder;
        for (const auto& [second, ms] :
             {std::pair(0s, std::optional(1.5)), {2s, std::nullopt}, {4s, std::optional(2.5)}}) {
            ASSERT_TRUE(recorder.take(snapshotAt(noon + second, ms)));
            keepNewest(history, cluster, recorder, viewOfOne());
        }
        before = recorder.samples();
    }
    history::History history(file);
    models::SampleRecorder recorder;
    ASSERT_TRUE(recorder.take(snapshotAt(noon + 60s, 3.5))); // it was not waited for
    auto kept = history.since(cluster.str(), noon - 6h);
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept.isFinished(); }, deadlineMs));
    ASSERT_TRUE(kept.result()) << kept.result().error().text();
    restoreInto(recorder, *kept.result());

    ASSERT_EQ(recorder.samples().size(), 4);
    EXPECT_EQ(recorder.samples().mid(0, 3), before);
    EXPECT_FALSE(recorder.samples()[1].spareVotes) << "no answer stays no answer";
    const auto times = recorder.answerTimes(id);
    ASSERT_EQ(times.size(), 4) << "three kept, one new, and none made up for the time between the runs";
    EXPECT_EQ(times[0].ms, 1.5);
    EXPECT_FALSE(times[1].ms);
    EXPECT_EQ(times[2].ms, 2.5);
    EXPECT_EQ(times[3].ms, 3.5);
}

TEST(KeptSamples, WhatThisRunHasTakenIsNotTakenTwice) {
    models::SampleRecorder recorder;
    ASSERT_TRUE(recorder.take(snapshotAt(noon, 1.0)));
    restoreInto(recorder,
                {{cluster.str(), "", noon, {}, 9.0, 0}, {cluster.str(), replica.str(), noon, {}, 9.0, {}}});
    EXPECT_EQ(recorder.samples().size(), 1);
    EXPECT_EQ(recorder.answerTimes(QString::fromStdString(replica.str())).size(), 1);
}

} // namespace
} // namespace pilothouse::ui
