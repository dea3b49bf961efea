// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/copies.h"

#include <algorithm>
#include <map>

namespace pilothouse::domain {
namespace {

bool namesAll(const MissingBlobs& missing) {
    return static_cast<std::int64_t>(missing.names.size()) == missing.count;
}

// How many of the voters lack the blob that most of them lack, how many blobs somebody lacks, and how many
// all.
struct Lacking {
    int most = 0;
    std::int64_t blobs = 0;
    std::int64_t byAll = 0;
};

Lacking byName(const std::vector<std::optional<MissingBlobs>>& voters) {
    std::map<std::string, int> lackedBy;
    Lacking lacking;
    for (const auto& voter : voters) {
        for (const auto& name : voter->names) {
            lacking.most = std::max(lacking.most, ++lackedBy[name]);
        }
    }
    lacking.blobs = static_cast<std::int64_t>(lackedBy.size());
    lacking.byAll = std::count_if(lackedBy.begin(), lackedBy.end(), [&](const auto& each) {
        return each.second == static_cast<int>(voters.size());
    });
    return lacking;
}

Lacking atWorst(const std::vector<std::optional<MissingBlobs>>& voters) {
    Lacking lacking{0, 0, voters.front()->count};
    for (const auto& voter : voters) {
        lacking.most += voter->count > 0 ? 1 : 0;
        lacking.blobs += voter->count;
        lacking.byAll = std::min(lacking.byAll, voter->count);
    }
    return lacking;
}

} // namespace

std::optional<Copies> copiesOf(const std::vector<std::optional<MissingBlobs>>& voters) {
    const bool known = std::all_of(voters.begin(), voters.end(), [](const auto& v) { return v.has_value(); });
    if (voters.empty() || !known) {
        return std::nullopt;
    }
    const bool named = std::all_of(voters.begin(), voters.end(), [](const auto& v) { return namesAll(*v); });
    const Lacking lacking = named ? byName(voters) : atWorst(voters);
    Copies copies;
    copies.fewest = static_cast<int>(voters.size()) - lacking.most;
    copies.underReplicated = lacking.blobs;
    copies.tolerates = std::max(0, copies.fewest - 1);
    copies.nowhere = lacking.byAll;
    return copies;
}

} // namespace pilothouse::domain
