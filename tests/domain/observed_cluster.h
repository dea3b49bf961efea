// SPDX-License-Identifier: GPL-3.0-or-later
// Observations of a cluster as the tests want them: each replica of a kind, and what follows from it for the
// others.
#pragma once

#include "domain/assessment.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace pilothouse::domain {

void PrintTo(const Message& message, std::ostream* out); // for GoogleTest

} // namespace pilothouse::domain

namespace pilothouse::domain::test {

enum class Kind {
    healthy,
    quiet,    // silent for 0.9 s: nothing to remark
    late,     // silent for 1.5 s
    stale,    // silent for 3 s, and its peers miss it
    refused,  // for a minute, here and at its peers
    told,     // not reachable from here, its peers hear it
    noLeader, // answers; hears, and is heard by, only others of its kind
    draining,
    unhealthy, // answers, its disk is full
    starting,  // answers, hears and is heard
    learner,   // answers, has no vote
};
inline constexpr std::size_t kindCount = 11;

[[nodiscard]] const char* nameOf(Kind kind);
[[nodiscard]] std::string namesOf(const std::vector<Kind>& kinds);

// Whether one of this kind takes part in the group, and could vote.
[[nodiscard]] bool takesPart(Kind kind);
[[nodiscard]] bool answers(Kind kind);

// A cluster of which replica i ("reg-1" is the first) is of kind kinds[i]. The group has quorum if more than
// half of the voters take part, and then the first of these leads it in term 41; each report says what its
// writer can know.
class ObservedCluster {
public:
    explicit ObservedCluster(std::vector<Kind> kinds);

    [[nodiscard]] ClusterObservation& observation() { return m_observation; }
    [[nodiscard]] ReplicaObservation& replica(std::size_t i) { return m_observation.replicas[i]; }
    [[nodiscard]] ReplicaReport& report(std::size_t i) { return *replica(i).report; }
    // What replica i says of replica j.
    [[nodiscard]] PeerReport& word(std::size_t i, std::size_t j);
    [[nodiscard]] Assessment assess() const { return domain::assess(m_observation); }

    [[nodiscard]] int voters() const { return m_voters; }
    [[nodiscard]] bool hasQuorum() const { return m_quorum; }
    [[nodiscard]] int takingPart() const { return m_takingPart; }

    // Makes replica i one that neither we nor its peers reach, for that long.
    void lose(std::size_t i, Reach how, Milliseconds since);

private:
    [[nodiscard]] ReplicaReport reportOf(std::size_t i) const;
    [[nodiscard]] PeerReport wordOf(std::size_t i, std::size_t j) const;
    [[nodiscard]] Consensus consensusOf(std::size_t i) const;

    std::vector<Kind> m_kinds;
    ClusterObservation m_observation;
    std::vector<MemberReport> m_members;
    std::optional<ReplicaId> m_leader;
    int m_voters = 0;
    int m_takingPart = 0;
    bool m_quorum = false;
};

[[nodiscard]] ReplicaId idOf(std::size_t i);

[[nodiscard]] std::vector<MessageId> idsOf(const std::vector<Message>& messages);
// Null: it is not said.
[[nodiscard]] const Message* find(const std::vector<Message>& messages, MessageId id);
// The argument `at` of a message, which is names.
[[nodiscard]] std::vector<std::string> namesIn(const Message& message, std::size_t at = 0);

} // namespace pilothouse::domain::test
