// SPDX-License-Identifier: GPL-3.0-or-later
// How far the replicas' clocks are apart.
#pragma once

#include "domain/situation.h"

#include <map>

namespace pilothouse::domain {

// Wall clocks decide nothing in a cluster, but certificates, tokens and people's logs go by them.
enum class ClockFinding {
    none,
    off,        // over a second: worth setting
    blocksJoin, // over 30 s: nothing can join, its certificate or token would be taken for expired or not yet
                // valid
};

constexpr double clockOffMs = 1000;
constexpr double clockBlocksJoinMs = 30'000;

// `offsetMs` in either direction.
[[nodiscard]] ClockFinding clockFinding(double offsetMs);

// Each replica's offset, ahead is positive, from the clock that most share. The leader measures; without its
// word nothing is known, and a replica that it has not measured is absent. Two clocks that differ are told by
// the leader's.
[[nodiscard]] std::map<ReplicaId, double> clockOffsets(const Situation& situation);

} // namespace pilothouse::domain
