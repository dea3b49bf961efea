// SPDX-License-Identifier: GPL-3.0-or-later
// The judgement of a cluster: one verdict, the margins, each replica's state, and what to say about them.
//
// Pure: the same observation gives the same assessment. Damping ("better only after 5 s") is separate: see
// damping.h.
#pragma once

#include "domain/copies.h"
#include "domain/message.h"
#include "domain/observation.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace pilothouse::domain {

enum class Verdict { healthy, degraded, atRisk, noQuorum, unreachable, starting };

// Whether a value is new enough to be believed. Stale never counts as good.
enum class Freshness { fresh, late, stale, unknown };

// The state that a card shows; one glyph and colour each (design: "States").
enum class ReplicaState {
    healthy,
    late,         // silent for a second
    notAnswering, // refused, no answer, wrong certificate; peers agree or are silent
    toldByPeers,  // not reachable from here, peers see it
    disagreed,    // answers, but sees no leader or has no quorum; or peers differ on whether they hear it
    behind,       // entries not held or applied, or blobs missing
    unhealthy,    // answers and says why it takes no traffic
    draining,
    joining, // learner
    stopped, // on purpose
    unknown, // not known yet, starting
};

struct Limits {
    Milliseconds lateAfter{1000};      // without a byte
    Milliseconds staleAfter{2500};     // not answering
    std::int64_t behindEntries = 1000; // more entries than this is "behind"
    // For as long after the last sign of life a peer may not have noticed what we have (half a second to its
    // next question, a second for the answer): only a peer that says (or goes on not denying) later than this
    // that it hears a replica contradicts our own failure to reach it.
    Milliseconds peerNotices{1700};
    // A replica that has been starting, or has missed too many peers, for longer than this waits for a
    // majority that is not there.
    Milliseconds startsWithin{10'000};
};

// Who may still be lost. All counts are of voters.
struct Margins {
    int voters = 0;
    int quorum = 0;                  // needed
    int healthyVoters = 0;           // vote, hold the state, and take traffic by their own or all peers' word
    int configuredTolerance = 0;     // voters - quorum, when all are well
    int toleratesVotes = 0;          // that may fail from now on, by votes; never below 0
    std::optional<Copies> copies;    // nullopt: not known
    int tolerates = 0;               // the smaller of what votes and copies allow
    std::vector<ReplicaId> critical; // healthy voters whose loss alone stops writes
};

// What one observer claims about the leader.
struct LeaderClaim {
    std::optional<ReplicaId> leader; // nullopt: sees none
    Term term;
    std::vector<ReplicaId> observers;
};

// One replica, judged. Lags are kept apart, in their own units; nullopt is not known.
struct ReplicaAssessment {
    ReplicaId id;
    std::string name;
    std::string url;
    ReplicaState state = ReplicaState::unknown;
    // Three axes, kept apart.
    std::optional<bool> reachable; // by us
    std::optional<bool>
        healthy;         // its own report, if fresh; else what peers heard of it, marked by observedBy
    bool voting = false; // the group's view
    Role role = Role::unknown;
    Freshness freshness = Freshness::unknown;
    std::optional<LogIndex> applied;
    std::optional<std::int64_t> entriesNotHeld;
    std::optional<std::int64_t> entriesNotApplied;
    std::optional<std::int64_t> blobsMissing;
    std::optional<double> roundTripMs;
    std::optional<double> clockOffsetMs; // ahead of the clock that most share, by the leader's measure
    std::optional<ReplicaId>
        observedBy; // whose word `healthy`, `role` and the lags are; its own id when it spoke itself
    std::optional<MonotonicTime> observedAt;
    Message detail;          // the card's second line: "1 entry behind · 1.2 ms", "refused · 4 min"
    bool replicates = false; // the leader reports it as in contact: a solid link
    bool stillVotes = false; // it does not answer, but a peer says that its engine does
};

struct Assessment {
    Verdict verdict = Verdict::unreachable;
    bool partition = false;        // replicas that answer disagree on who is there
    bool comingBack = false;       // healthy for too short a time to be called so: see damping.h
    Message headline;              // "Healthy", "No failure left to lose"
    std::vector<Message> sentence; // number, names, consequence, next step; joined with spaces
    std::vector<Message> facts;    // the fact row
    Message listWord;              // one word why, for the cluster list: "can lose 1"
    std::vector<Message> advice;   // sizing and hygiene, most important first
    // Without quorum; empty else:
    std::vector<Message> findings;   // what the silence of each tells
    std::vector<Message> steps;      // what to do, in order
    std::vector<Message> stillWorks; // until then
    Margins margins;
    int votingNow = 0;               // voters whose vote counts now, well or not
    int answeringVoters = 0;         // voters that answer us
    std::optional<Term> term;        // the highest that a majority of the views names
    std::optional<ReplicaId> leader; // of that term, by those of them that have quorum or are a majority
    std::vector<LeaderClaim> claims;
    bool disagreement = false;               // more than one claim among fresh views
    int views = 0;                           // reports that this rests on: of members that answer now
    std::vector<ReplicaAssessment> replicas; // in the observation's order
};

[[nodiscard]] Assessment assess(const ClusterObservation& observation, const Limits& limits = {});

} // namespace pilothouse::domain
