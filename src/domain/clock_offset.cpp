// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clock_offset.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace pilothouse::domain {
namespace {

// The middle one; of two in the middle the one nearer to the leader.
double middleOf(std::vector<double> offsets) {
    std::sort(offsets.begin(), offsets.end());
    const double upper = offsets[offsets.size() / 2];
    const double lower = offsets[(offsets.size() - 1) / 2];
    return std::abs(lower) < std::abs(upper) ? lower : upper;
}

} // namespace

ClockFinding clockFinding(double offsetMs) {
    const double size = std::abs(offsetMs);
    return size > clockBlocksJoinMs ? ClockFinding::blocksJoin
           : size > clockOffMs      ? ClockFinding::off
                                    : ClockFinding::none;
}

std::map<ReplicaId, double> clockOffsets(const Situation& situation) {
    const auto* leader = situation.leader ? situation.find(*situation.leader) : nullptr;
    if (leader == nullptr || leader->own == nullptr) {
        return {};
    }
    std::map<ReplicaId, double> offsets{{leader->seen->id, 0.0}};
    for (const auto& word : leader->own->peers) {
        if (word.clockOffsetMs && word.reach == Reach::ok) {
            offsets[word.peer] = *word.clockOffsetMs;
        }
    }
    if (offsets.size() == 1) {
        return {};
    }
    std::vector<double> all;
    all.reserve(offsets.size());
    for (const auto& [id, offset] : offsets) {
        all.push_back(offset);
    }
    const double middle = middleOf(all);
    for (auto& [id, offset] : offsets) {
        offset -= middle;
    }
    return offsets;
}

} // namespace pilothouse::domain
