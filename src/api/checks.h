// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types of the admin API: what a cluster's replicas find when they examine themselves and each other.
//
// Checks and causes are open: their names are in domain/check.h and domain/diagnosis.h, and a newer replica
// may use others.
#pragma once

#include "api/operations.h"
#include "api/status.h"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

// One port of another member, tried from the replica that reports.
struct CheckedPort {
    std::string replica;               // id of the member whose port it is
    std::string port;                  // "https", "http" or "engine"
    std::string address;               // HOST:PORT
    Reach connection = Reach::unknown; // how connecting ended: a refusal is told from silence
    std::optional<double> connect_ms;  // absent when there was no connection
    Reach answer = Reach::unknown;     // how a harmless question there ended, after connecting
    std::optional<double> answer_ms;   // from connecting to the answer; absent when there was none
    friend bool operator==(const CheckedPort&, const CheckedPort&) = default;
};
BOOST_DESCRIBE_STRUCT(CheckedPort, (), (replica, port, address, connection, connect_ms, answer, answer_ms))

// GET /api/v0/replica/checks: the replica examines itself and its ways to the others, now. Takes 5 s at most.
struct ReplicaChecks {
    ClusterStatus status;        // as GET /api/v0/cluster; its host facts have the disk as it is now
    std::int64_t open_files = 0; // that its process may have
    std::optional<std::string> disk_error;                 // why the disk cannot be written; absent: it can
    std::optional<std::int64_t> disk_growth_bytes_per_day; // absent until it was watched for an hour
    std::optional<std::int64_t> blob_bytes;                // of all blobs of the cluster; absent: not known
    std::vector<Certificate> certificates; // as the status has, and the authority of the engine's peers
    std::vector<CheckedPort> ports;        // of every other member
    std::int64_t took_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ReplicaChecks, (),
                      (status, open_files, disk_error, disk_growth_bytes_per_day, blob_bytes, certificates,
                       ports, took_ms))

// POST /api/v0/cluster/check: all members are asked for their checks at once. Works without quorum.
struct AskCheck {
    std::optional<std::string> replica; // id: this one and its ways only; absent: the whole cluster
};
BOOST_DESCRIBE_STRUCT(AskCheck, (), (replica))

// What best explains what was found; which names and numbers, in which order, depends on the cause.
struct Cause {
    std::string cause;
    std::vector<std::string> names;
    std::vector<std::int64_t> numbers;
    std::string detail;
    friend bool operator==(const Cause&, const Cause&) = default;
};
BOOST_DESCRIBE_STRUCT(Cause, (), (cause, names, numbers, detail))

struct ClusterCheck {
    std::string at;
    std::string cluster;                // its name
    std::string checked_by;             // name of the replica that asked the others
    std::optional<std::string> replica; // name, when it is about one
    std::int64_t took_ms = 0;
    std::vector<std::string> answered; // names of those that gave a report
    std::vector<Cause> causes;         // what explains most first; empty: nothing stands against it
    std::vector<Finding> findings;     // the worst first
    friend bool operator==(const ClusterCheck&, const ClusterCheck&) = default;
};
BOOST_DESCRIBE_STRUCT(ClusterCheck, (),
                      (at, cluster, checked_by, replica, took_ms, answered, causes, findings))

} // namespace pilothouse::api
