// SPDX-License-Identifier: GPL-3.0-or-later
// How many copies of the registry's blobs there are, and what that allows to be lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::domain {

// What a replica lacks of the recorded blobs.
struct MissingBlobs {
    std::int64_t count = 0;
    std::vector<std::string> names; // of all of them, or none when they are too many
    friend bool operator==(const MissingBlobs&, const MissingBlobs&) = default;
};

// All counts are of copies on voters that are well.
struct Copies {
    int fewest = 0;                   // of the blob that has the fewest
    std::int64_t underReplicated = 0; // blobs that a voter that is well lacks
    int tolerates = 0;                // of those voters, how many may be lost without losing a blob
    std::int64_t nowhere = 0;         // blobs that none of them has, at most
    friend bool operator==(const Copies&, const Copies&) = default;
};

// `voters`: what each voter that is well lacks; nullopt when it does not know yet. Where names are missing
// the worst is told: that all lack the same blobs. nullopt as long as one of them does not know.
[[nodiscard]] std::optional<Copies> copiesOf(const std::vector<std::optional<MissingBlobs>>& voters);

} // namespace pilothouse::domain
