// SPDX-License-Identifier: GPL-3.0-or-later
// Carrying a repair, or its putting back, to its end at one survivor.
#pragma once

#include "api/repair.h"
#include "cli/session.h"
#include "client/cluster_network.h"

#include <QString>

#include <optional>

namespace pilothouse::cli {

struct RepairOutcome {
    int exitCode = 0;
    std::optional<api::Repair> ended; // absent: it could not be followed to its end
};

// Both print each step as it is done and what the survivor says of itself meanwhile, or with `json` each
// state that differs from the one before as one object a line; and how it ended when that is not as wanted. A
// signal ends the following, never the repair.
[[nodiscard]] RepairOutcome startRepair(Session& session, const client::Endpoint& survivor,
                                        const api::StartRepair& wanted, bool json);
[[nodiscard]] RepairOutcome putBackRepair(Session& session, const client::Endpoint& survivor,
                                          const api::PutBack& wanted, bool json);

} // namespace pilothouse::cli
