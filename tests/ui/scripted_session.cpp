// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_session.h"

#include <QDateTime>

#include <cmath>

namespace pilothouse::ui::test {
namespace {

using domain::Verdict;
using models::Sample;

// Like a working day: a slow wave with some noise, the same in every run.
QList<Sample> makeSamples(const models::ClusterView& view, qint64 nowMs) {
    QList<Sample> samples;
    const bool lost = view.verdict == Verdict::noQuorum;
    const qint64 span = lost ? 1800'000 : 21'500'000;
    const qint64 step = span / 700;
    unsigned noise = 12345;
    for (qint64 at = nowMs - span; at <= nowMs; at += step) {
        noise = noise * 1103515245U + 12345U;
        const double jitter = static_cast<double>((noise >> 16) % 100) / 100 - 0.5;
        const double phase = static_cast<double>(nowMs - at) / static_cast<double>(span);
        Sample sample{at, 42 + 18 * std::sin(phase * 6.3 + 1) + 8 * jitter, 2 + 0.8 * jitter, view.tolerates};
        const bool silent =
            view.verdict == Verdict::atRisk && !view.partition && phase > 0.35 && phase < 0.37;
        if (silent || view.verdict == Verdict::unreachable) {
            sample = {at, std::nullopt, std::nullopt, std::nullopt};
        }
        if (lost) {
            sample.spareVotes = phase > 0.14 ? 1 : phase > 0.135 ? 0 : -1;
        }
        samples.append(sample);
    }
    return samples;
}

QList<models::EventView> makeEvents(const models::ClusterView& view, qint64 nowMs) {
    const auto event = [nowMs](qint64 revision, const char* kind, qint64 minutesAgo, const char* text,
                               const char* label) {
        return models::EventView{revision,
                                 QString::fromLatin1(kind),
                                 nowMs - minutesAgo * 60'000,
                                 QString::fromUtf8(text),
                                 QString::fromUtf8(label),
                                 QStringLiteral("reg-1.dc1")};
    };
    switch (view.verdict) {
    case Verdict::noQuorum:
        return {event(12, "quorum-lost", 4,
                      "Quorum lost: reg-2 and reg-3 stopped answering within 2 s of each other.",
                      "11:42:09 reg-2 and reg-3 lost within 2 s of each other")};
    case Verdict::atRisk:
        return {event(10, "replica-joined", 305, "reg-5 joined as a voter.", "reg-5 joined"),
                event(11, "replica-lost", 134, "reg-2 stopped answering its peers.",
                      "reg-2 down · new leader after 0.7 s"),
                event(12, "replica-lost", 1, "reg-5 stopped answering its peers.", "reg-5 down")};
    default:
        return {event(10, "replica-joined", 305, "reg-5 joined as a voter.", "reg-5 joined"),
                event(11, "leader-changed", 135, "Leadership moved from reg-3 to reg-1, as asked.",
                      "leader moved to reg-1 (planned)")};
    }
}

} // namespace

ScriptedSession::ScriptedSession(const models::ClusterView& view, QObject* parent)
    : ClusterSession(parent), m_view(view) {
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_samples = makeSamples(view, now);
    m_events = makeEvents(view, now);
}

QList<TimedValue> ScriptedSession::answerTimes(const QString& replicaId) const {
    const models::ReplicaView* replica = m_view.find(replicaId);
    QList<TimedValue> values;
    for (qsizetype i = 0; i < m_samples.size(); i += 6) {
        const bool answers = replica != nullptr && (replica->answers || i < m_samples.size() / 3);
        values.append({m_samples[i].atMs, answers ? m_samples[i].p99Ms : std::nullopt});
    }
    return values;
}

void ScriptedSession::show(const models::ClusterView& view) {
    m_view = view;
    Q_EMIT changed();
}

void ScriptedSession::setProcesses(const Processes& processes) {
    m_processes = processes;
    Q_EMIT processesChanged();
}

} // namespace pilothouse::ui::test
