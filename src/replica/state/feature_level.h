// SPDX-License-Identifier: GPL-3.0-or-later
// Feature levels: what the replicas of a cluster may write, so that versions can be mixed during an upgrade.
//
// A replica's level is a number built into it; a cluster's level is in its record. It rises to the lowest of
// its members' levels once all of them have it, and never falls.
#pragma once

#include "base/result.h"
#include "replica/state/records.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace pilothouse::state {

// Of this program.
inline constexpr std::int64_t ownFeatureLevel = 1;

// Whether a replica of level `own` may serve or join a cluster of level `cluster`; else one sentence why not.
[[nodiscard]] Status admitFeatureLevel(std::int64_t own, std::int64_t cluster);

// The level that the cluster may rise to now; nullopt when it stays. `members` are all of them.
[[nodiscard]] std::optional<std::int64_t> raisedFeatureLevel(std::int64_t cluster,
                                                             const std::vector<MemberRecord>& members);

} // namespace pilothouse::state
