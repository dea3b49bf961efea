// SPDX-License-Identifier: GPL-3.0-or-later
#include "observed_cluster.h"

#include "domain/quorum.h"

#include <algorithm>
#include <ostream>

namespace pilothouse::domain {

void PrintTo(const Message& message, std::ostream* out) {
    *out << "message " << static_cast<int>(message.id);
    for (const auto& argument : message.arguments) {
        *out << ", ";
        if (const auto* number = std::get_if<std::int64_t>(&argument)) {
            *out << *number;
        } else if (const auto* real = std::get_if<double>(&argument)) {
            *out << *real;
        } else if (const auto* text = std::get_if<std::string>(&argument)) {
            *out << '"' << *text << '"';
        } else if (const auto* names = std::get_if<Names>(&argument)) {
            for (const auto& name : names->names) {
                *out << name << ' ';
            }
        } else if (const auto* time = std::get_if<Milliseconds>(&argument)) {
            *out << time->count() << " ms";
        } else {
            *out << "a moment";
        }
    }
}

} // namespace pilothouse::domain

namespace pilothouse::domain::test {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t lastEntry = 1'204'883;
constexpr auto longAgo = 60s;

Milliseconds silenceOf(Kind kind) {
    switch (kind) {
    case Kind::quiet:
        return 900ms;
    case Kind::late:
        return 1500ms;
    case Kind::stale:
        return 3s;
    case Kind::refused:
    case Kind::told:
        return longAgo;
    default:
        return 200ms;
    }
}

// Whether one of kind `a` hears one of kind `b`.
bool hears(Kind a, Kind b) {
    if (b == Kind::refused || b == Kind::stale) {
        return false;
    }
    return (a == Kind::noLeader) == (b == Kind::noLeader) || a == Kind::starting || b == Kind::starting ||
           a == Kind::learner || b == Kind::learner;
}

} // namespace

const char* nameOf(Kind kind) {
    constexpr const char* names[] = {"healthy",  "quiet",    "late",      "stale",    "refused", "told",
                                     "noLeader", "draining", "unhealthy", "starting", "learner"};
    return names[static_cast<std::size_t>(kind)];
}

std::string namesOf(const std::vector<Kind>& kinds) {
    std::string text;
    for (const Kind kind : kinds) {
        text += (text.empty() ? "" : ", ") + std::string(nameOf(kind));
    }
    return text;
}

bool takesPart(Kind kind) {
    return kind == Kind::healthy || kind == Kind::quiet || kind == Kind::late || kind == Kind::told ||
           kind == Kind::draining || kind == Kind::unhealthy;
}

bool answers(Kind kind) {
    return kind != Kind::stale && kind != Kind::refused && kind != Kind::told;
}

ReplicaId idOf(std::size_t i) {
    std::string digits = std::to_string(i + 1);
    return ReplicaId(std::string(12 - digits.size(), '0') + digits);
}

ObservedCluster::ObservedCluster(std::vector<Kind> kinds) : m_kinds(std::move(kinds)) {
    m_observation.now = MonotonicTime(100h);
    m_observation.wallNow = WallTime(24h * 365 * 56);
    m_observation.clusterName = "prod-eu";
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        const bool voting = m_kinds[i] != Kind::learner;
        const std::string number = std::to_string(i + 1);
        m_members.push_back({idOf(i), "reg-" + number, "https://10.1.0.1" + number + ":443", voting});
        m_voters += voting ? 1 : 0;
        m_takingPart += takesPart(m_kinds[i]) ? 1 : 0;
    }
    m_quorum = m_takingPart >= quorumOf(m_voters);
    for (std::size_t i = 0; i < m_kinds.size() && m_quorum && !m_leader; ++i) {
        m_leader = takesPart(m_kinds[i]) ? std::optional(idOf(i)) : std::nullopt;
    }
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        ReplicaObservation seen;
        seen.id = idOf(i);
        seen.name = m_members[i].name;
        seen.url = m_members[i].url;
        seen.reach = m_kinds[i] == Kind::refused ? Reach::refused
                     : m_kinds[i] == Kind::told  ? Reach::timeout
                                                 : Reach::ok;
        seen.lastByteAt = seen.reportAt = m_observation.now - silenceOf(m_kinds[i]);
        if (seen.reach != Reach::ok) {
            seen.failingSince = seen.lastByteAt;
            seen.error = "10.1.0.1" + std::to_string(i + 1) + " refused the connection";
        }
        seen.roundTripMs = 1.2;
        seen.report = reportOf(i);
        m_observation.replicas.push_back(std::move(seen));
    }
}

Consensus ObservedCluster::consensusOf(std::size_t i) const {
    const Kind kind = m_kinds[i];
    Consensus consensus;
    consensus.term = Term(41);
    consensus.held = consensus.applied = LogIndex(lastEntry);
    if (kind != Kind::noLeader && kind != Kind::starting) {
        consensus.leader = m_leader;
        consensus.quorum = m_quorum && kind != Kind::learner; // a learner may not ask
    }
    consensus.role = kind == Kind::learner    ? Role::learner
                     : m_leader == idOf(i)    ? Role::leader
                     : kind == Kind::starting ? Role::unknown
                                              : Role::follower;
    return consensus;
}

PeerReport ObservedCluster::wordOf(std::size_t i, std::size_t j) const {
    PeerReport word;
    word.peer = idOf(j);
    word.heardAgo = hears(m_kinds[i], m_kinds[j]) ? 300ms : Milliseconds(longAgo);
    word.consensus = consensusOf(j);
    word.health = Unhealthy::none;
    if (hears(m_kinds[i], m_kinds[j])) {
        word.reach = Reach::ok;
        word.roundTripMs = 0.8;
        word.clockOffsetMs = 3;
    } else {
        word.reach = m_kinds[j] == Kind::refused ? Reach::refused : Reach::timeout;
        word.failingFor = m_kinds[j] == Kind::stale ? 3s : longAgo;
    }
    return word;
}

ReplicaReport ObservedCluster::reportOf(std::size_t i) const {
    const Kind kind = m_kinds[i];
    ReplicaReport report;
    report.id = idOf(i);
    report.name = m_members[i].name;
    report.version = "1.4.0";
    report.generation = Generation(7);
    report.members = m_members;
    report.consensus = consensusOf(i);
    report.health = kind == Kind::starting    ? Unhealthy::starting
                    : kind == Kind::draining  ? Unhealthy::draining
                    : kind == Kind::unhealthy ? Unhealthy::diskFull
                    : report.consensus.quorum ? Unhealthy::none
                                              : Unhealthy::noQuorum;
    report.healthReason = kind == Kind::unhealthy ? "The disk has 3 MiB free" : "";
    for (std::size_t j = 0; j < m_kinds.size(); ++j) {
        if (j != i) {
            report.peers.push_back(wordOf(i, j));
        }
    }
    return report;
}

PeerReport& ObservedCluster::word(std::size_t i, std::size_t j) {
    auto& words = report(i).peers;
    return *std::find_if(words.begin(), words.end(),
                         [&](const PeerReport& word) { return word.peer == idOf(j); });
}

void ObservedCluster::lose(std::size_t i, Reach how, Milliseconds since) {
    auto& seen = replica(i);
    seen.reach = how;
    seen.error = "it does not answer";
    seen.failingSince = m_observation.now - since;
    seen.lastByteAt = seen.reportAt = m_observation.now - since;
    for (std::size_t j = 0; j < m_kinds.size(); ++j) {
        if (j != i) {
            word(j, i).reach = how;
            const auto age = m_observation.now - *replica(j).reportAt;
            word(j, i).failingFor =
                std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(since - age));
        }
    }
}

std::vector<MessageId> idsOf(const std::vector<Message>& messages) {
    std::vector<MessageId> ids;
    for (const auto& message : messages) {
        ids.push_back(message.id);
    }
    return ids;
}

const Message* find(const std::vector<Message>& messages, MessageId id) {
    const auto found =
        std::find_if(messages.begin(), messages.end(), [&](const Message& m) { return m.id == id; });
    return found == messages.end() ? nullptr : &*found;
}

std::vector<std::string> namesIn(const Message& message, std::size_t at) {
    return std::get<Names>(message.arguments.at(at)).names;
}

} // namespace pilothouse::domain::test
