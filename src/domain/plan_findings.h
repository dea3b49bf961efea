// SPDX-License-Identifier: GPL-3.0-or-later
// What the plans of all operations look at.
#pragma once

#include "domain/operation_plan.h"

#include <functional>

namespace pilothouse::domain {

using Voters = std::vector<const MemberFacts*>;
using MemberTest = std::function<bool(const MemberFacts&)>;

[[nodiscard]] Voters votersIn(const ChangeFacts& facts);
[[nodiscard]] int count(const Voters& voters, const MemberTest& test);
[[nodiscard]] std::vector<std::string> names(const Voters& voters, const MemberTest& test);
[[nodiscard]] bool isWell(const MemberFacts& member);
// nullopt as long as one of those that are well does not know what it lacks.
[[nodiscard]] std::optional<Copies> copiesOn(const Voters& voters);
[[nodiscard]] Margin marginOf(const Voters& voters);

[[nodiscard]] Finding quorumFinding(const ChangeFacts& facts);
[[nodiscard]] Finding otherOperationFinding(const ChangeFacts& facts);
// Of others than `subject`, which may be nullptr: a learner itself may be removed, which ends its joining.
[[nodiscard]] Finding joiningFinding(const ChangeFacts& facts, const MemberFacts* subject);
[[nodiscard]] Finding spaceFinding(const ChangeFacts& facts);

// The worst first; else as they were.
void sortByWeight(std::vector<Finding>& findings);

} // namespace pilothouse::domain
