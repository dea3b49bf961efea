// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types of the admin API: what a replica says of itself and of its cluster.
//
// Field names are the JSON names. Times are RFC 3339 in UTC, ages and durations carry their unit in their
// name. An absent optional is left out of the JSON; null is read as absent. resources/openapi.json describes
// the same.
#pragma once

#include "api/operations.h"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

// What a member is to the group, as the engine of the observer says.
enum class Role { unknown, leader, follower, learner };
BOOST_DESCRIBE_ENUM(Role, unknown, leader, follower, learner)

// Why a replica does not take traffic; `none` when it does. Worst first when several hold.
enum class Unhealthy {
    none,
    starting,
    engine_down,       // the engine process does not run or does not answer
    no_quorum,         // no linearizable read within two election time-outs
    projection_behind, // the read model is more than 5 s behind the engine
    disk_unwritable,
    disk_full, // below the free-space floor
    draining,
    read_only, // an old epoch's member, or one that may not write
    unknown,   // a reason that a newer replica gives and this program does not know
};
BOOST_DESCRIBE_ENUM(Unhealthy, none, starting, engine_down, no_quorum, projection_behind, disk_unwritable,
                    disk_full, draining, read_only, unknown)

// How an attempt to reach a peer ended.
enum class Reach { unknown, ok, refused, timeout, unreachable, tls, rejected };
BOOST_DESCRIBE_ENUM(Reach, unknown, ok, refused, timeout, unreachable, tls, rejected)

// The verdict that the health addresses answer with.
struct Health {
    bool healthy = false;
    Unhealthy code = Unhealthy::starting;
    std::string reason; // one sentence; empty when healthy
};
BOOST_DESCRIBE_STRUCT(Health, (), (healthy, code, reason))

// Where a replica's own engine member stands.
struct Consensus {
    Role role = Role::unknown;
    std::optional<std::string> leader; // replica id; absent when it sees none
    std::int64_t term = 0;
    std::int64_t held_index = 0;    // last entry in its log
    std::int64_t applied_index = 0; // last entry applied to the engine's store
    std::int64_t revision = 0;      // last revision applied to the read model
    bool quorum = false;            // a linearizable read succeeded within two election time-outs
};
BOOST_DESCRIBE_STRUCT(Consensus, (), (role, leader, term, held_index, applied_index, revision, quorum))

struct Engine {
    bool running = false;
    std::string version; // "3.4.23"; empty when not known yet
    std::int64_t database_bytes = 0;
    std::int64_t database_quota_bytes = 0;
    std::int64_t restarts = 0; // since the replica started
    std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(Engine, (), (running, version, database_bytes, database_quota_bytes, restarts, error))

struct Traffic {
    double writes_per_s = 0;             // committed changes of the state, mean of the last 5 s
    std::optional<double> answer_p99_ms; // of requests answered in the last 5 s; absent when there were none
    std::int64_t requests_running = 0;   // admin and registry requests, without streams and health checks
};
BOOST_DESCRIBE_STRUCT(Traffic, (), (writes_per_s, answer_p99_ms, requests_running))

struct Certificate {
    std::string use; // "node", "client-facing", "engine-peer", "cluster-ca"
    std::string not_before;
    std::string not_after;
    std::string sha256; // fingerprint, 64 hexadecimal digits
};
BOOST_DESCRIBE_STRUCT(Certificate, (), (use, not_before, not_after, sha256))

struct HostFacts {
    std::string hostname;
    std::string
        machine_id; // hashed with the cluster id, so that it names the machine only within the cluster
    std::string kernel;
    std::int64_t cores = 0;
    std::int64_t memory_bytes = 0;
    std::int64_t memory_available_bytes = 0;
    std::int64_t process_resident_bytes = 0; // replica and engine together
    double process_cpu_percent = 0;          // of one core, mean of the last 5 s
    std::string disk_device;
    std::int64_t disk_bytes = 0;
    std::int64_t disk_free_bytes = 0;
    std::optional<double> disk_sync_ms; // last measured fsync in the data folder
};
BOOST_DESCRIBE_STRUCT(HostFacts, (),
                      (hostname, machine_id, kernel, cores, memory_bytes, memory_available_bytes,
                       process_resident_bytes, process_cpu_percent, disk_device, disk_bytes, disk_free_bytes,
                       disk_sync_ms))

// How complete a replica's copies of the registry's blobs are.
struct Blobs {
    std::int64_t complete_up_to = 0; // revision up to which every recorded blob is here
    std::int64_t missing = 0;        // recorded, and not here
    std::int64_t missing_bytes = 0;
    // Digests of all that are missing; left out when they are more than 100.
    std::vector<std::string> missing_digests;
    std::int64_t fetched_bytes_per_s = 0; // from peers, mean of the last 10 s
};
BOOST_DESCRIBE_STRUCT(Blobs, (),
                      (complete_up_to, missing, missing_bytes, missing_digests, fetched_bytes_per_s))

// What one replica says of itself.
struct ReplicaStatus {
    std::string id;
    std::string name;
    std::string url;      // https, as peers and consoles reach it
    std::string http_url; // plain health checks and redirect
    std::string version;
    std::int64_t feature_level = 0;
    std::string started_at;
    std::int64_t uptime_s = 0;
    std::optional<std::string> instance; // another one with each start of its program
    Health health;
    bool draining = false;
    Consensus consensus;
    Engine engine;
    Traffic traffic;
    HostFacts host;
    std::vector<Certificate> certificates;
    std::optional<Blobs> blobs; // absent until it has looked at all of them
};
BOOST_DESCRIBE_STRUCT(ReplicaStatus, (),
                      (id, name, url, http_url, version, feature_level, started_at, uptime_s, instance,
                       health, draining, consensus, engine, traffic, host, certificates, blobs))

// That a repair has taken the cluster into an epoch after the replica's own.
struct NewerEpoch {
    std::int64_t epoch = 0;
    std::string replica; // id of the one that it was repaired from
    std::string name;    // its name
    friend bool operator==(const NewerEpoch&, const NewerEpoch&) = default;
};
BOOST_DESCRIBE_STRUCT(NewerEpoch, (), (epoch, replica, name))

// What replicas ask each other twice a second (GET /api/v0/replica/heartbeat, mutual TLS).
struct Heartbeat {
    std::string cluster_id;
    std::int64_t epoch = 0;
    std::string id;
    std::string at; // wall clock of the answering replica, for the clock offset
    Health health;
    bool draining = false;
    Consensus consensus;
    std::string version;
    std::int64_t feature_level = 0;
    std::optional<Blobs> blobs;
    std::optional<NewerEpoch> newer_epoch; // present: the answering replica is left behind
};
BOOST_DESCRIBE_STRUCT(Heartbeat, (),
                      (cluster_id, epoch, id, at, health, draining, consensus, version, feature_level, blobs,
                       newer_epoch))

// What the observer last heard of one peer. Never written to the engine.
struct PeerView {
    std::string id;
    Reach reach = Reach::unknown;
    std::optional<std::string> error;         // one sentence when reach is neither ok nor unknown
    std::optional<std::string> heard_at;      // last good answer, by the observer's clock
    std::optional<std::string> failing_since; // also beside ok, after one time-out: no loss yet, but in doubt
    std::optional<double> round_trip_ms;      // of the last good answer
    std::optional<double> clock_offset_ms;    // peer minus observer, halved round trip taken off
    std::optional<Heartbeat> heartbeat;       // last good answer
    std::optional<bool> engine_answers;       // asked only while the peer itself hangs (reach is timeout)
};
BOOST_DESCRIBE_STRUCT(PeerView, (),
                      (id, reach, error, heard_at, failing_since, round_trip_ms, clock_offset_ms, heartbeat,
                       engine_answers))

// A member by the membership record, with what the observer's engine takes it for.
struct Member {
    std::string id;
    std::string name;
    std::string url;
    std::string http_url;
    bool voting = false;
    Role role = Role::unknown;
    std::string joined_at;
};
BOOST_DESCRIBE_STRUCT(Member, (), (id, name, url, http_url, voting, role, joined_at))

struct Membership {
    std::int64_t generation = 0;
    std::string phase; // "stable" or "changing"
};
BOOST_DESCRIBE_STRUCT(Membership, (), (generation, phase))

// An alarm that the engine or the replica raised.
struct Alarm {
    std::string kind; // "NOSPACE", "CORRUPT", …
    std::string replica;
    std::string message;
    std::string hint;
};
BOOST_DESCRIBE_STRUCT(Alarm, (), (kind, replica, message, hint))

struct ClusterInfo {
    std::string id;
    std::string name;
    std::int64_t epoch = 0;
    std::int64_t feature_level = 0;
    std::optional<std::string> external_url;
};
BOOST_DESCRIBE_STRUCT(ClusterInfo, (), (id, name, epoch, feature_level, external_url))

// A member of an earlier epoch, left behind by a repair. Should it come back it is read-only, and waits to be
// emptied and joined anew.
struct FormerMember {
    std::string id;
    std::string name;
    std::string url;
    std::string http_url;
    std::int64_t epoch = 0;       // the last that it belonged to
    std::string statement;        // what was said of it, as in api/repair.h; empty: it answered
    std::optional<PeerView> seen; // by the observer; absent: not asked yet
};
BOOST_DESCRIBE_STRUCT(FormerMember, (), (id, name, url, http_url, epoch, statement, seen))

// The whole cluster as `observer` sees it: GET /api/v0/cluster, and the data of a `status` frame of the
// stream.
struct ClusterStatus {
    ClusterInfo cluster;
    std::string observer;    // replica id
    std::string observed_at; // its clock
    Membership membership;
    std::int64_t quorum = 0; // voters needed
    std::vector<Member> members;
    ReplicaStatus self;
    std::vector<PeerView> peers;
    std::vector<Alarm> alarms;
    std::optional<RunningOperation> operation; // as far as the observer knows
    // What may still be lost, by the voters that are well in the observer's view. Absent without quorum, and
    // the copies' part until they are known.
    std::optional<std::int64_t> tolerates;       // the smaller of the next two
    std::optional<std::int64_t> tolerates_votes; // losses after which a majority is left
    std::optional<std::int64_t> tolerates_data;  // losses after which every blob has a copy
    std::optional<std::int64_t> min_copies;      // of the blob that has the fewest
    std::optional<std::int64_t> under_replicated_blobs;
    std::optional<std::vector<FormerMember>> former; // absent: none
    std::optional<NewerEpoch> newer_epoch;           // present: the observer is left behind, and read-only
};
BOOST_DESCRIBE_STRUCT(ClusterStatus, (),
                      (cluster, observer, observed_at, membership, quorum, members, self, peers, alarms,
                       operation, tolerates, tolerates_votes, tolerates_data, min_copies,
                       under_replicated_blobs, former, newer_epoch))

} // namespace pilothouse::api
