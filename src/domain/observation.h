// SPDX-License-Identifier: GPL-3.0-or-later
// What was observed of a cluster, by whom and when: the input of every judgement.
//
// Plain values, no clock: the caller says what time it is. Whose view is part of every type:
//  - ReplicaReport is one replica's own word on itself and on its peers;
//  - ReplicaObservation is ours: how we reached that replica, and its last report with its age;
//  - ClusterObservation is all of it at one moment.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "domain/copies.h"
#include "domain/newer_epoch.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::domain {

enum class Role { unknown, leader, follower, learner };

// Why a replica says that it takes no traffic.
enum class Unhealthy {
    none,
    starting,
    engineDown,
    noQuorum,
    projectionBehind,
    diskUnwritable,
    diskFull,
    draining,
    readOnly,
    other, // a newer replica's reason; its words say it
};

// How the last attempt to reach a replica ended.
enum class Reach {
    unknown, // not tried yet
    ok,
    refused,     // the host answers, the service does not listen
    timeout,     // nothing came back
    unreachable, // no route, no such host
    tls,         // wrong certificate: authority, name or date
    wrongId,     // another replica answers at that address
    rejected,    // it answers but does not let us in (401, 403)
    error,       // it answers, but not as a replica should
    notReady,    // it answers that it cannot tell yet: it is starting
};

// Where a replica's engine member stands, by its own word.
struct Consensus {
    Role role = Role::unknown;
    std::optional<ReplicaId> leader; // nullopt: it sees none
    Term term;
    LogIndex held;       // last entry in its log
    LogIndex applied;    // last entry applied
    Revision revision;   // of its read model
    bool quorum = false; // a linearizable read succeeded lately
    friend bool operator==(const Consensus&, const Consensus&) = default;
};

// What one replica says of a peer.
struct PeerReport {
    ReplicaId peer;
    Reach reach = Reach::unknown;
    std::optional<Milliseconds> heardAgo;   // since its last good answer, when the report was made
    std::optional<Milliseconds> failingFor; // since the first of the present failures
    std::optional<double> roundTripMs;
    std::optional<double> clockOffsetMs;      // peer minus reporter
    std::optional<Consensus> consensus;       // as last heard
    std::optional<Unhealthy> health;          // as last heard
    std::optional<MissingBlobs> blobsMissing; // as last heard
    std::optional<bool> engineAnswers;        // its engine, asked only while the peer itself does not answer
};

// A member by the reporter's membership record.
struct MemberReport {
    ReplicaId id;
    std::string name;
    std::string url; // https
    bool voting = false;
};

struct CertificateReport {
    std::string use;
    WallTime notAfter;
};

// An alarm of the engine, as the reporter lists it.
struct AlarmReport {
    std::string kind;  // "NOSPACE": no change is accepted; "CORRUPT": the member's data differs; …
    ReplicaId replica; // whose engine raised it; empty when the reporter does not know
};

// Everything that one replica says at one moment.
struct ReplicaReport {
    ReplicaId id;
    std::string name;
    std::string version;
    std::int64_t epoch = 0;               // each repair begins one
    std::optional<NewerEpoch> newerEpoch; // it is left behind
    Generation generation;                // within the epoch
    std::vector<MemberReport> members;
    Unhealthy health = Unhealthy::starting;
    std::string healthReason;
    Consensus consensus;
    std::vector<PeerReport> peers;
    std::vector<CertificateReport> certificates;
    std::vector<AlarmReport> alarms;
    WallTime startedAt;
    Milliseconds upFor{0};                    // since its start, by its own clock, when the report was made
    std::optional<MissingBlobs> blobsMissing; // nullopt: not known yet
};

// One replica as the console (or command line) observes it.
struct ReplicaObservation {
    ReplicaId id;
    std::string name;
    std::string url;
    Reach reach = Reach::unknown;              // of the latest attempt
    std::string error;                         // one sentence when reach is not ok
    std::optional<MonotonicTime> lastByteAt;   // last sign of life
    std::optional<MonotonicTime> failingSince; // first of the present failures
    std::optional<MonotonicTime> reportAt;     // when `report` was received
    std::optional<ReplicaReport> report;       // the last one, however old
    std::optional<double> roundTripMs;         // ours
    bool paused = false;                       // of a sandbox: its process is there and does not go on
    bool stoppedOnPurpose = false;             // its last recorded event says so
};

// A cluster as observed from one place, at `now`.
struct ClusterObservation {
    MonotonicTime now;
    WallTime wallNow;
    std::string clusterName;
    std::vector<ReplicaObservation>
        replicas;                // every member that anyone named or that was saved, in a stable order
    bool observerOnline = true;  // false: this computer itself has no network
    bool sandbox = false;        // runs on this computer, by `pilothousectl sandbox`
    bool sandboxStopped = false; // … and none of its processes is there
    std::optional<WallTime> leaderSince; // of the present leader, by the recorded events
};

} // namespace pilothouse::domain
