// SPDX-License-Identifier: GPL-3.0-or-later
// What the timeline shows, taken from snapshots as they come.
#pragma once

#include "models/describe.h"
#include "models/sample_series.h"

#include <QHash>

namespace pilothouse::models {

// One value of one replica over time; absent: it did not answer.
struct AnswerTime {
    qint64 atMs = 0; // since the epoch
    std::optional<double> ms;
};

// For one cluster. Takes at most one sample in `stepMs`; holds six hours.
class SampleRecorder {
public:
    static constexpr std::chrono::hours reach{6};

    explicit SampleRecorder(qint64 stepMs = 1500)
        : m_series(Milliseconds(reach).count(), stepMs), m_stepMs(stepMs) {}

    // True if something was taken.
    bool take(const ClusterSnapshot& snapshot);

    // Puts what an earlier run kept before what this one has taken; what is not older than that is left out.
    // Oldest first, answer times by replica id.
    void restore(const QList<Sample>& samples, const QHash<QString, QList<AnswerTime>>& answers);

    [[nodiscard]] const QList<Sample>& samples() const { return m_series.samples(); }
    [[nodiscard]] QList<AnswerTime> answerTimes(const QString& replicaId) const {
        return m_answers.value(replicaId);
    }
    [[nodiscard]] std::optional<AnswerTime> newestAnswerTime(const QString& replicaId) const;

    // What would be taken. Writes are the leader's count; the answer time is the slowest of those that
    // answer.
    [[nodiscard]] static Sample sampleOf(const ClusterSnapshot& snapshot);

private:
    SampleSeries m_series;
    qint64 m_stepMs;
    qint64 m_lastMs = 0;
    QHash<QString, QList<AnswerTime>> m_answers;
};

} // namespace pilothouse::models
