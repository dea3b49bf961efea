// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sample_recorder.h"

#include <algorithm>
#include <utility>

namespace pilothouse::models {
namespace {

constexpr qsizetype mostAnswerTimes = 1800; // per replica

qint64 toMs(WallTime time) {
    return std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count();
}

} // namespace

Sample SampleRecorder::sampleOf(const ClusterSnapshot& snapshot) {
    const domain::Assessment& assessment = snapshot.assessment;
    Sample sample;
    sample.atMs = toMs(snapshot.observation.wallNow);
    if (assessment.views == 0 || assessment.margins.voters == 0) {
        return sample;
    }
    const bool lost = assessment.verdict == domain::Verdict::noQuorum;
    sample.spareVotes = lost ? -1 : std::max(0, assessment.votingNow - assessment.margins.quorum);
    for (const domain::ReplicaAssessment& replica : assessment.replicas) {
        const auto status = snapshot.statuses.find(replica.id);
        if (!replica.reachable.value_or(false) || status == snapshot.statuses.end()) {
            continue;
        }
        const api::Traffic& traffic = status->second->self.traffic;
        if (replica.id == assessment.leader) {
            sample.writesPerSecond = traffic.writes_per_s;
        }
        // A replica that nobody asked has no answer time of requests: our own round trip stands in.
        const std::optional<double> answer =
            traffic.answer_p99_ms ? traffic.answer_p99_ms : replica.roundTripMs;
        if (answer) {
            sample.p99Ms = std::max(sample.p99Ms.value_or(0), *answer);
        }
    }
    return sample;
}

bool SampleRecorder::take(const ClusterSnapshot& snapshot) {
    const qint64 now = toMs(snapshot.observation.wallNow);
    if (now - m_lastMs < m_stepMs && now >= m_lastMs) {
        return false;
    }
    if (now < m_lastMs) {
        m_series.clear(); // the clock was set back: what was before cannot be drawn with what comes
        m_answers.clear();
    }
    m_lastMs = now;
    m_series.add(sampleOf(snapshot));
    for (const domain::ReplicaAssessment& replica : snapshot.assessment.replicas) {
        const bool answers = replica.reachable.value_or(false);
        if (answers && !replica.roundTripMs) {
            continue; // not measured yet, which is not "no answer"
        }
        QList<AnswerTime>& times = m_answers[QString::fromStdString(replica.id.str())];
        times.append({now, answers ? replica.roundTripMs : std::nullopt});
        if (times.size() > mostAnswerTimes + 60) {
            times.remove(0, times.size() - mostAnswerTimes);
        }
    }
    return true;
}

std::optional<AnswerTime> SampleRecorder::newestAnswerTime(const QString& replicaId) const {
    const auto times = m_answers.constFind(replicaId);
    return times == m_answers.cend() || times->isEmpty() ? std::nullopt : std::optional(times->last());
}

void SampleRecorder::restore(const QList<Sample>& samples, const QHash<QString, QList<AnswerTime>>& answers) {
    const QList<Sample> taken = m_series.samples();
    m_series.clear();
    for (const Sample& sample : samples) {
        if (taken.isEmpty() || sample.atMs < taken.first().atMs) {
            m_series.add(sample);
        }
    }
    for (const Sample& sample : taken) {
        m_series.add(sample);
    }
    for (auto kept = answers.begin(); kept != answers.end(); ++kept) {
        QList<AnswerTime>& times = m_answers[kept.key()];
        const QList<AnswerTime> since = std::exchange(times, {});
        for (const AnswerTime& time : kept.value()) {
            if (since.isEmpty() || time.atMs < since.first().atMs) {
                times.append(time);
            }
        }
        times.append(since);
    }
}

} // namespace pilothouse::models
