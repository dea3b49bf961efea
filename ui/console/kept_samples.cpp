// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/kept_samples.h"

namespace pilothouse::ui {
namespace {

qint64 toMs(WallTime time) {
    return std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count();
}

WallTime toTime(qint64 ms) {
    return WallTime(Milliseconds(ms));
}

} // namespace

void keepNewest(history::History& history, const ClusterId& cluster, const models::SampleRecorder& recorder,
                const models::ClusterView& view) {
    const QList<models::Sample>& samples = recorder.samples();
    if (!samples.isEmpty()) {
        const models::Sample& newest = samples.last();
        history.add({cluster.str(),
                     {},
                     toTime(newest.atMs),
                     newest.writesPerSecond,
                     newest.p99Ms,
                     newest.spareVotes});
    }
    for (const models::ReplicaView& replica : view.replicas) {
        if (const auto newest = recorder.newestAnswerTime(replica.id)) {
            history.add({cluster.str(), replica.id.toStdString(), toTime(newest->atMs), {}, newest->ms, {}});
        }
    }
}

void restoreInto(models::SampleRecorder& recorder, const std::vector<history::Sample>& kept) {
    QList<models::Sample> samples;
    QHash<QString, QList<models::AnswerTime>> answers;
    for (const history::Sample& sample : kept) {
        const qint64 at = toMs(sample.at);
        if (sample.replica.empty()) {
            samples.append({at, sample.writesPerSecond, sample.answerMs, sample.spareVotes});
        } else {
            answers[QString::fromStdString(sample.replica)].append({at, sample.answerMs});
        }
    }
    recorder.restore(samples, answers);
}

} // namespace pilothouse::ui
