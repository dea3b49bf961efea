// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/feature_level.h"

#include <algorithm>
#include <string>

namespace pilothouse::state {

Status admitFeatureLevel(std::int64_t own, std::int64_t cluster) {
    if (own >= cluster) {
        return {};
    }
    return fail(ErrorCode::conflict,
                "this replica has feature level " + std::to_string(own) + ", the cluster needs " +
                    std::to_string(cluster),
                "Install the version of pilothouse-replica that the other replicas run");
}

std::optional<std::int64_t> raisedFeatureLevel(std::int64_t cluster,
                                               const std::vector<MemberRecord>& members) {
    const auto lowest = std::min_element(members.begin(), members.end(), [](const auto& a, const auto& b) {
        return a.feature_level < b.feature_level;
    });
    if (lowest == members.end() || lowest->feature_level <= cluster) {
        return std::nullopt;
    }
    return lowest->feature_level;
}

} // namespace pilothouse::state
