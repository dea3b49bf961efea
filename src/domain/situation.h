// SPDX-License-Identifier: GPL-3.0-or-later
// The observation, sorted: who answers, who is a member, who claims what. The common ground of the
// judgements.
#pragma once

#include "domain/assessment.h"

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::domain {

// One replica of the observation and what is believed of it.
struct Sighted {
    const ReplicaObservation* seen = nullptr;
    Freshness freshness = Freshness::unknown;
    const ReplicaReport* own = nullptr; // its own report, when it answers us now (fresh or late)
    bool member = false;                // of the membership that counts
    bool voting = false;
    bool leftBehind = false; // it answers, and belongs to an earlier epoch than the cluster

    // What peers that answer us say of it.
    std::vector<const ReplicaReport*> peersThatHearIt; // lately
    std::vector<const ReplicaReport*> peersThatDoNot;
    const PeerReport* heard = nullptr;           // the newest of what peers heard
    const ReplicaReport* heardBy = nullptr;      // … and who that was
    std::optional<Milliseconds> heardAgo;        // … and when, as of now
    std::optional<Milliseconds> failingForPeers; // the longest that a peer has not reached it
    bool engineAnswers = false;                  // a peer that has quorum says so
    bool leaderDenies = false;                   // a peer that leads does not hear it
};

struct Situation {
    const ClusterObservation* observation = nullptr;
    Limits limits;
    std::vector<Sighted> replicas; // in the observation's order
    int voters = 0;
    int quorum = 0;
    int views = 0; // replicas that answer us with a report
    std::vector<LeaderClaim> claims;
    std::optional<ReplicaId> leader;
    std::optional<Term> term;
    bool leaderLost = false;      // whom they still name does not lead any more
    bool quorumTestified = false; // one that answers, or that is heard by such a one, has quorum
    bool tried = false;           // at least one attempt has ended
    bool shortNames = false;      // the first label of each name tells them apart

    [[nodiscard]] const Sighted* find(const ReplicaId& id) const;
    // For how long it has not been reached, by us or by the peer that missed it first; nullopt when nobody
    // knows.
    [[nodiscard]] std::optional<Milliseconds> failingFor(const Sighted& replica) const;
    // The name of a replica as sentences use it, "reg-1" of "reg-1.dc1" where that tells all of them apart;
    // without a name its id, without an id its address.
    [[nodiscard]] std::string nameOf(const ReplicaId& id) const;
    [[nodiscard]] std::string nameOf(const ReplicaObservation& replica) const;
};

// What it lacks, by its own word, else as the peer that heard it last was told.
[[nodiscard]] std::optional<MissingBlobs> missingAt(const Sighted& replica);

// `observation` must outlive the result.
[[nodiscard]] Situation sortOut(const ClusterObservation& observation, const Limits& limits);

} // namespace pilothouse::domain
