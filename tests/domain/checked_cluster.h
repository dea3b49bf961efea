// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster as its replicas find it when all is well, for tests that change one thing.
#pragma once

#include "domain/cluster_check.h"

#include <string>

namespace pilothouse::domain {

inline constexpr std::int64_t gib = std::int64_t{1} << 30;
inline constexpr std::int64_t day = 86'400;

inline std::string reg(int number) {
    return "reg-" + std::to_string(number);
}

inline CheckedReplica wellReplica(int number, int of) {
    CheckedReplica replica{.id = ReplicaId(std::string(12, static_cast<char>('a' + number))),
                           .name = reg(number),
                           .voting = true,
                           .reports = true};
    replica.quorum = true;
    replica.version = "1.0.0";
    replica.featureLevel = 1;
    replica.machine = "machine-" + std::to_string(number);
    replica.hostname = "host-" + std::to_string(number);
    replica.diskDevice = "sda1";
    replica.cores = 4;
    replica.memoryBytes = 8 * gib;
    replica.openFiles = 65'536;
    replica.diskFreeBytes = 100 * gib;
    replica.syncMs = 2;
    replica.databaseBytes = gib / 10;
    replica.databaseQuota = 2 * gib;
    replica.certificates = {{"node", 80 * day}, {"engine-peer", 80 * day}, {"cluster-ca", 3000 * day}};
    replica.missingBlobs = 0;
    for (int other = 1; other <= of; ++other) {
        if (other != number) {
            replica.clockOffsets.emplace(reg(other), 3);
        }
    }
    return replica;
}

inline ClusterCheckFacts wellChecked(int voters) {
    ClusterCheckFacts facts;
    facts.blobBytes = 10 * gib;
    for (int number = 1; number <= voters; ++number) {
        facts.replicas.push_back(wellReplica(number, voters));
        for (int other = 1; other <= voters; ++other) {
            for (const char* port : {"https", "http", "engine"}) {
                if (other != number) {
                    facts.ports.push_back({reg(number), reg(other), port, PortState::open});
                }
            }
        }
    }
    return facts;
}

// How that one, or all when `from` is empty, find a port of `to`, or all when `port` is empty.
inline void find(ClusterCheckFacts& facts, const std::string& from, const std::string& to,
                 const std::string& port, PortState state) {
    for (PortFacts& each : facts.ports) {
        if ((from.empty() || each.from == from) && each.to == to && (port.empty() || each.port == port)) {
            each.state = state;
        }
    }
}

// It gives no report, so nobody knows what it finds.
inline void silence(ClusterCheckFacts& facts, int number) {
    const auto& well = facts.replicas[static_cast<std::size_t>(number - 1)];
    facts.replicas[static_cast<std::size_t>(number - 1)] = {.id = well.id, .name = well.name, .voting = true};
    std::erase_if(facts.ports, [&](const PortFacts& each) { return each.from == reg(number); });
    for (CheckedReplica& each : facts.replicas) {
        each.clockOffsets.erase(reg(number));
    }
}

} // namespace pilothouse::domain
