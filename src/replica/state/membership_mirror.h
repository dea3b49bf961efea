// SPDX-License-Identifier: GPL-3.0-or-later
// The membership record as the engine's member list has it. Pure.
#pragma once

#include "replica/engine/engine.h"
#include "replica/state/records.h"

#include <string>
#include <vector>

namespace pilothouse::state {

struct MembershipMirror {
    std::vector<std::string> voters;             // replica ids, sorted
    std::vector<std::string> learners;           // replica ids, sorted
    std::vector<MemberRecord> corrected;         // member records that must get the engine's id, whole
    std::vector<std::string> gone;               // replica ids of member records without an engine member
    std::vector<engine::EngineMember> strangers; // engine members that no record names
};

// Finds each engine member's record: by the engine's id, else by its name (the replica id), else, for one
// that has not started yet and so has no name, by its peer address.
[[nodiscard]] MembershipMirror mirrorMembership(const std::vector<engine::EngineMember>& engineMembers,
                                                const std::vector<MemberRecord>& records);

} // namespace pilothouse::state
