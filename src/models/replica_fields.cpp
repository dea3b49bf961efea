// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replica_fields.h"

#include "domain/message_ids.h"
#include "text/format.h"
#include "text/sentence.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace pilothouse::models {
namespace {

using domain::Reach;
using domain::ReplicaAssessment;
using domain::ReplicaObservation;

constexpr int certificateSoonDays = 30;
constexpr double clockSameMs = 0.5;     // less than that is not told apart
constexpr double clockFindingMs = 1000; // an offset above this is a finding
constexpr double diskFullPercent = 90;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::models::Fields)
};

struct Subject {
    const ClusterSnapshot& snapshot;
    const ReplicaObservation& seen;
    const ReplicaAssessment& judged;
    const api::ClusterStatus* status; // may be null, may be old
    [[nodiscard]] bool answers() const { return judged.reachable.value_or(false); }
};

Milliseconds since(const Subject& subject, MonotonicTime time) {
    return std::chrono::duration_cast<Milliseconds>(subject.snapshot.observation.now - time);
}

Field role(const Subject& subject) {
    const QString role =
        subject.judged.role == domain::Role::unknown ? Words::tr("Member") : wordFor(subject.judged.role);
    return {Words::tr("Role"),
            subject.judged.voting ? Words::tr("%1, voting").arg(role) : Words::tr("%1, no vote").arg(role)};
}

Field state(const Subject& subject) {
    const Tone tone = signOf(subject.judged.state).tone;
    return {Words::tr("State"), text::sentence(subject.judged.detail),
            tone == Tone::good ? Tone::neutral : tone};
}

Field lastAnswer(const Subject& subject) {
    if (!subject.seen.lastByteAt) {
        return {Words::tr("Last answer"), Words::tr("none yet")};
    }
    const Milliseconds ago = since(subject, *subject.seen.lastByteAt);
    return {Words::tr("Last answer"),
            Words::tr("%1, %2 ago")
                .arg(text::timeOfDay(subject.snapshot.observation.wallNow - ago), text::duration(ago))};
}

Field seenNow(const Subject& subject) {
    QString words;
    switch (subject.seen.reach) {
    case Reach::refused:
        words = Words::tr("refused: host up, service down");
        break;
    case Reach::timeout:
        words = Words::tr("no answer: host or network");
        break;
    case Reach::unreachable:
        words = Words::tr("no route to it from here");
        break;
    case Reach::tls:
        words = Words::tr("its certificate is not accepted");
        break;
    case Reach::wrongId:
        words = Words::tr("another replica answers there");
        break;
    case Reach::rejected:
        words = Words::tr("it refuses the login");
        break;
    case Reach::error:
        words = Words::tr("its answer makes no sense");
        break;
    case Reach::notReady:
        words = Words::tr("it answers and is not ready yet");
        break;
    case Reach::ok:
    case Reach::unknown:
        words = Words::tr("not known yet");
        break;
    }
    if (subject.judged.stillVotes && subject.seen.reach == Reach::timeout) {
        words = Words::tr("no answer; its engine is up, so the host is");
    }
    const bool isBad = subject.seen.reach != Reach::unknown && subject.seen.reach != Reach::notReady;
    return {Words::tr("Seen now"), words, isBad ? Tone::bad : Tone::neutral};
}

// In place of its role, where a repair went on without it.
QList<Field> leftBehind(const Subject& subject) {
    if (subject.judged.detail.id != domain::MessageId::cardLeftBehind) {
        return {};
    }
    QList<Field> fields{{Words::tr("Left behind"),
                         Words::tr("epoch %1, read-only").arg(text::count(subject.seen.report->epoch)),
                         Tone::attention}};
    if (const auto& newer = subject.seen.report->newerEpoch) {
        fields.append({Words::tr("The cluster"),
                       Words::tr("is in epoch %1, repaired from %2")
                           .arg(text::count(newer->epoch), QString::fromStdString(newer->survivor))});
    }
    return fields;
}

// What the replicas that answer us say of this one.
std::optional<Field> peersSay(const Subject& subject) {
    int asked = 0;
    int down = 0;
    for (std::size_t i = 0; i < subject.snapshot.observation.replicas.size(); ++i) {
        const ReplicaObservation& peer = subject.snapshot.observation.replicas[i];
        if (peer.id == subject.seen.id || !peer.report ||
            !subject.snapshot.assessment.replicas[i].reachable.value_or(false)) {
            continue;
        }
        for (const domain::PeerReport& word : peer.report->peers) {
            if (word.peer == subject.seen.id && word.reach != Reach::unknown) {
                ++asked;
                down += word.reach == Reach::ok ? 0 : 1;
            }
        }
    }
    if (asked == 0) {
        return std::nullopt;
    }
    if (subject.judged.stillVotes) {
        return Field{Words::tr("Peers say"), Words::tr("the service does not answer, the engine votes")};
    }
    const QString words = down == asked ? Words::tr("%1 of %2 that answer: down").arg(down).arg(asked)
                          : down == 0
                              ? Words::tr("%1 of %2 that answer: up").arg(asked).arg(asked)
                              : Words::tr("%1 of %2 that answer: down, the others: up").arg(down).arg(asked);
    return Field{Words::tr("Peers say"), words};
}

std::optional<Field> lastState(const Subject& subject) {
    if (subject.judged.entriesNotHeld) {
        return Field{Words::tr("Last state"), Words::tr("%1 entries behind by now", nullptr,
                                                        static_cast<int>(*subject.judged.entriesNotHeld))
                                                  .arg(text::count(*subject.judged.entriesNotHeld))};
    }
    return subject.judged.applied
               ? std::optional(Field{Words::tr("Last state"),
                                     Words::tr("entry %1").arg(text::count(subject.judged.applied->value()))})
               : std::nullopt;
}

// The state's line has what is not held; what is held and not applied yet is another lag.
std::optional<Field> notApplied(const Subject& subject) {
    if (subject.judged.entriesNotApplied.value_or(0) == 0) {
        return std::nullopt;
    }
    return Field{Words::tr("Not applied"),
                 Words::tr("%n entries", nullptr, static_cast<int>(*subject.judged.entriesNotApplied))};
}

void addHost(const Subject& subject, QList<Field>& fields) {
    if (subject.status == nullptr) {
        return;
    }
    const api::HostFacts& host = subject.status->self.host;
    if (host.disk_bytes > 0) {
        const double used = 100.0 * static_cast<double>(host.disk_bytes - host.disk_free_bytes) /
                            static_cast<double>(host.disk_bytes);
        fields.append({subject.answers() ? Words::tr("Disk") : Words::tr("Disk then"),
                       Words::tr("%1 % of %2")
                           .arg(static_cast<int>(std::lround(used)))
                           .arg(text::bytes(host.disk_bytes)),
                       used >= diskFullPercent ? Tone::attention : Tone::neutral});
    }
    if (!subject.answers()) {
        return;
    }
    if (host.disk_sync_ms) {
        fields.append({Words::tr("Sync time"), text::milliseconds(*host.disk_sync_ms)});
    }
    fields.append(
        {Words::tr("Memory, CPU"), Words::tr("%1 · %2 %")
                                       .arg(text::bytes(host.process_resident_bytes))
                                       .arg(static_cast<int>(std::lround(host.process_cpu_percent)))});
}

// By the leader's measure.
std::optional<Field> clock(const Subject& subject) {
    const auto& leader = subject.snapshot.assessment.leader;
    if (!leader || *leader == subject.seen.id) {
        return std::nullopt;
    }
    for (const ReplicaObservation& other : subject.snapshot.observation.replicas) {
        if (other.id != *leader || !other.report) {
            continue;
        }
        for (const domain::PeerReport& word : other.report->peers) {
            if (word.peer == subject.seen.id && word.clockOffsetMs) {
                const double offset = *word.clockOffsetMs;
                const QString size = text::milliseconds(std::abs(offset));
                return Field{Words::tr("Clock"),
                             std::abs(offset) < clockSameMs ? Words::tr("with the leader")
                             : offset >= 0                  ? Words::tr("%1 ahead of the leader").arg(size)
                                                            : Words::tr("%1 behind the leader").arg(size),
                             std::abs(offset) > clockFindingMs ? Tone::attention : Tone::neutral};
            }
        }
    }
    return std::nullopt;
}

std::optional<Field> certificate(const Subject& subject) {
    std::optional<WallTime> first;
    for (const domain::CertificateReport& one : subject.seen.report->certificates) {
        first = first ? std::min(*first, one.notAfter) : one.notAfter;
    }
    if (!first) {
        return std::nullopt;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::hours>(*first - subject.snapshot.observation.wallNow).count();
    if (left < 0) {
        return Field{Words::tr("Certificate"), Words::tr("expired"), Tone::bad};
    }
    const auto days = left / 24;
    return Field{Words::tr("Certificate"),
                 Words::tr("valid, %1 days left", nullptr, static_cast<int>(days)).arg(text::count(days)),
                 days < certificateSoonDays ? Tone::attention : Tone::neutral};
}

Field version(const Subject& subject) {
    const std::string& own = subject.seen.report->version;
    const auto& replicas = subject.snapshot.observation.replicas;
    const bool same = std::all_of(replicas.begin(), replicas.end(), [&own](const ReplicaObservation& other) {
        return !other.report || other.report->version == own;
    });
    const QString words = QString::fromStdString(own);
    return {Words::tr("Version"),
            same ? Words::tr("%1, as all").arg(words) : Words::tr("%1, not as all").arg(words),
            same ? Tone::neutral : Tone::attention};
}

Field claim(const Subject& subject, std::size_t at) {
    const domain::Assessment& assessment = subject.snapshot.assessment;
    const QString words = leaderClaimOf(subject.snapshot, at);
    return {Words::tr("Takes for leader"),
            assessment.disagreement ? words : Words::tr("%1 (all agree)").arg(words),
            assessment.disagreement && subject.seen.report->consensus.leader != assessment.leader
                ? Tone::attention
                : Tone::neutral};
}

std::optional<Field> feed(const Subject& subject) {
    const auto at = subject.snapshot.feeds.find(subject.seen.id);
    if (at == subject.snapshot.feeds.end() || at->second == Feed::none || !subject.seen.lastByteAt) {
        return std::nullopt;
    }
    const QString age = text::duration(since(subject, *subject.seen.lastByteAt));
    return Field{Words::tr("Told by"),
                 at->second == Feed::stream ? Words::tr("its event stream, %1 ago").arg(age)
                                            : Words::tr("polling it, %1 ago").arg(age),
                 Tone::neutral, true};
}

} // namespace

QString nameOf(const ClusterSnapshot& snapshot, const ReplicaId& id) {
    for (const ReplicaObservation& replica : snapshot.observation.replicas) {
        if (replica.id == id && !replica.name.empty()) {
            return QString::fromStdString(replica.name);
        }
    }
    return QString::fromStdString(id.str());
}

QString leaderClaimOf(const ClusterSnapshot& snapshot, std::size_t at) {
    const ReplicaObservation& seen = snapshot.observation.replicas[at];
    if (!seen.report) {
        return {};
    }
    const domain::Consensus& consensus = seen.report->consensus;
    const QString leader = consensus.leader ? nameOf(snapshot, *consensus.leader) : Words::tr("nobody");
    return Words::tr("%1, term %2").arg(leader, text::count(consensus.term.value()));
}

QList<Field> fieldsOf(const ClusterSnapshot& snapshot, std::size_t at) {
    const ReplicaObservation& seen = snapshot.observation.replicas[at];
    const auto status = snapshot.statuses.find(seen.id);
    const Subject subject{snapshot, seen, snapshot.assessment.replicas[at],
                          status == snapshot.statuses.end() ? nullptr : status->second};
    QList<Field> fields = leftBehind(subject);
    if (fields.isEmpty()) {
        fields.append(role(subject));
    }
    const auto add = [&fields](const std::optional<Field>& field) {
        if (field) {
            fields.append(*field);
        }
    };
    if (subject.answers()) {
        fields.append(state(subject));
        add(notApplied(subject));
    } else {
        fields.append(lastAnswer(subject));
        fields.append(seenNow(subject));
        const auto refusal = snapshot.refusals.find(seen.id);
        if (refusal != snapshot.refusals.end()) {
            fields.append(refusal->second);
        }
        add(peersSay(subject));
        add(lastState(subject));
    }
    addHost(subject, fields);
    if (seen.report) {
        if (subject.answers()) {
            add(clock(subject));
            add(certificate(subject));
        }
        fields.append(version(subject));
        if (subject.answers()) {
            fields.append(claim(subject, at));
        }
    }
    add(feed(subject));
    return fields;
}

} // namespace pilothouse::models
