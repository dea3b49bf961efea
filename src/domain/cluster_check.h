// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a running cluster, or one of its replicas and its ways, is as it should be: facts give findings.
#pragma once

#include "domain/change_facts.h"
#include "domain/check.h"
#include "domain/observation.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::domain {

// How one port was found from another replica.
enum class PortState {
    unknown,     // not tried
    open,        // it answers
    refused,     // the host answers that nobody listens there
    hangs,       // it takes the connection and does not answer
    silent,      // neither connection nor refusal: the host is off, or something drops the packets
    unreachable, // no route, or no such name
    tls,         // the certificates do not fit
    rejected,    // it answers, but not as this replica
};
// "open", "refused", …
[[nodiscard]] std::string_view nameOf(PortState state);
[[nodiscard]] std::optional<PortState> portStateOf(std::string_view name);

struct PortFacts {
    std::string from; // names of replicas
    std::string to;
    std::string port; // of `to`: "https", "http", "engine"
    PortState state = PortState::unknown;
};

struct CertificateFacts {
    std::string use; // as in the admin API
    std::int64_t secondsLeft = 0;
};

// One member. Without a report only the first six are known.
struct CheckedReplica {
    ReplicaId id;
    std::string name;
    bool voting = false;
    bool loopback = false; // its address: then all of the cluster is on this computer, as in a sandbox
    bool reports = false;  // it examined itself
    bool tooOld = false;   // it answers, but does not know how to

    Unhealthy health = Unhealthy::none; // by its own word, as all that follows
    std::string why = {};               // it takes no traffic
    bool quorum = false;
    std::string version = {};
    std::int64_t featureLevel = 0;
    std::string machine = {}; // as MemberFacts::machine
    std::string hostname = {};
    std::string diskDevice = {};
    std::int64_t cores = 0;
    std::int64_t memoryBytes = 0;
    std::int64_t openFiles = 0;
    std::int64_t diskFreeBytes = 0;
    std::optional<std::int64_t> diskGrowth = std::nullopt; // bytes a day
    std::optional<double> syncMs = std::nullopt;           // nullopt: it cannot be written to
    std::string diskError = {};
    std::int64_t databaseBytes = 0;
    std::int64_t databaseQuota = 0; // 0: not known
    std::vector<std::string> alarms = {};
    std::vector<CertificateFacts> certificates = {};
    std::map<std::string, double> clockOffsets = {}; // by peer's name: how far that is ahead of it, ms
    std::optional<std::int64_t> missingBlobs = std::nullopt; // nullopt: it is counting
    std::int64_t missingBytes = 0;
};

struct ClusterCheckFacts {
    std::vector<CheckedReplica> replicas; // in the order of the membership record
    std::vector<PortFacts> ports;
    std::optional<RunningOperation> running = std::nullopt;
    std::int64_t blobBytes = 0; // of all blobs
};

// The worst first. `only`: the name of the one replica that is looked at, with its ways; empty: all.
[[nodiscard]] std::vector<Finding> checkCluster(const ClusterCheckFacts& facts, const std::string& only);

// Its parts: what has to do with several replicas, and with each for itself.
[[nodiscard]] std::vector<Finding> checkTogether(const ClusterCheckFacts& facts, const std::string& only);
[[nodiscard]] std::vector<Finding> checkEach(const ClusterCheckFacts& facts, const std::string& only);

// Whether something is not as it should be: more than information.
[[nodiscard]] bool needsAttention(const std::vector<Finding>& findings);

} // namespace pilothouse::domain
