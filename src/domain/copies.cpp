// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/copies.h"

#include <algorithm>
#include <map>

namespace pilothouse::domain {
namespace {

bool namesAll(const MissingBlobs& missing) {
    return static_cast<std::int64_t>(missing.names.size()) == missing.count;
}

// How many of the voters lack the blob that most of them lack, and how many blobs somebody lacks.
struct Lacking {
    int most = 0;
    std::int64_t blobs = 0;
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
    return lacking;
}

Lacking atWorst(const std::vector<std::optional<MissingBlobs>>& voters) {
    Lacking lacking;
    for (const auto& voter : voters) {
        lacking.most += voter->count > 0 ? 1 : 0;
        lacking.blobs += voter->count;
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
    return copies;
}

} // namespace pilothouse::domain
