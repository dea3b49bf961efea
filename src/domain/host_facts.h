// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a host that waits to be joined to a cluster.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::domain {

// A way between the host and a member that was tried.
struct PathFacts {
    std::string from; // name
    std::string to;
    std::string port;  // of `to`: "https", "http", "engine"
    std::string reach; // as in the admin API; "ok": it is open
};

struct HostFacts {
    std::string name; // that the replica will have
    std::string url;  // https://HOST:PORT
    bool answers = false;
    std::string whyNot = {}; // one sentence, when it does not; nothing else is known then
    bool loopback = false;   // its address: then all of the cluster is on this computer, as in a sandbox
    std::string version = {};
    std::int64_t featureLevel = 0;
    std::int64_t clusterFeatureLevel = 0;
    std::string engineVersion = {}; // empty: it has no engine
    Milliseconds clockAhead{0};     // of the cluster
    std::string machine = {};       // as MemberFacts::machine
    std::string hostname = {};
    std::int64_t cores = 0;
    std::int64_t memoryBytes = 0;
    std::int64_t openFiles = 0; // that the replica may have
    std::int64_t diskFreeBytes = 0;
    std::int64_t blobBytes = 0; // of the cluster
    std::optional<double> syncMs = std::nullopt;
    std::vector<PathFacts> paths = {}; // both ways
};

} // namespace pilothouse::domain
