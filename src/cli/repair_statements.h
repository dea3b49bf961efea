// SPDX-License-Identifier: GPL-3.0-or-later
// What a person says on the command line became of members that do not answer.
#pragma once

#include "api/repair.h"
#include "base/result.h"
#include "client/cluster_network.h"
#include "client/observation_collector.h"

#include <string>
#include <vector>

namespace pilothouse::cli {

// Names or ids, each of one statement.
struct StatedNames {
    std::vector<std::string> destroyed;
    std::vector<std::string> poweredOff;
    std::vector<std::string> cutOff;
};

// The replica of that name or id among those that were looked for.
[[nodiscard]] Result<domain::ReplicaObservation> findSeen(const client::CollectedObservation& seen,
                                                          const std::string& nameOrId);

// Where that replica is asked itself.
[[nodiscard]] client::Endpoint endpointOf(const domain::ReplicaObservation& replica);

// By id. A name that is not known, that is stated twice, or whose replica answers after all is a mistake.
[[nodiscard]] Result<std::vector<api::SilentMember>> statementsOf(const StatedNames& stated,
                                                                  const client::CollectedObservation& seen);

} // namespace pilothouse::cli
