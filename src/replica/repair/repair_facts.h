// SPDX-License-Identifier: GPL-3.0-or-later
// What a survivor knows when somebody wants to repair the cluster from it, put together for the policy. Pure.
#pragma once

#include "api/repair.h"
#include "domain/repair.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::repair {

// What was looked at on this replica's disk.
struct Measured {
    std::int64_t copyBytes = 0;
    std::int64_t freeBytes = 0;
    std::int64_t lastEpoch = 0; // that folders of earlier repairs name
};

struct Known {
    api::ClusterStatus status;                          // this replica's
    api::SurvivorReport own;                            // of this replica
    std::map<std::string, api::SurvivorReport> reports; // by replica id: of others that answered just now
    std::vector<api::SilentMember> silent;              // what the asker states
    std::vector<api::SeenMember> seen;                  // what the asker hears
    Measured measured;
    std::string copyFolder;
    std::optional<domain::RepairPhase> running; // of the last repair from here
};

[[nodiscard]] domain::RepairFacts factsOf(const Known& known);

// The plan as it is told. `toEpoch`: the one that it would lead into.
[[nodiscard]] api::RepairPlan toApi(const domain::RepairPlan& plan, const Known& known, std::int64_t toEpoch);

} // namespace pilothouse::repair
