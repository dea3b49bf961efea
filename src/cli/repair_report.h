// SPDX-License-Identifier: GPL-3.0-or-later
// Repairs as the command line prints them.
#pragma once

#include "api/repair.h"
#include "api/status.h"

#include <QString>

#include <string>
#include <vector>

namespace pilothouse::cli {

// The plan: what it comes to, who could be gone on from, what is said of the others, where the copy goes, its
// steps, and what the checks found.
[[nodiscard]] QString repairPlanText(const api::RepairPlan& plan);
// One repair, whole: how far it is, its steps and its journal.
[[nodiscard]] QString repairText(const api::Repair& repair);
// How it ended, where the copy lies, and whether it can be put back.
[[nodiscard]] QString repairEndText(const api::Repair& repair);
// What to do next, with commands. `target`: options that name the cluster, for pilothousectl's commands.
[[nodiscard]] QString nextStepsText(const std::vector<api::FormerMember>& former, const QString& target);

} // namespace pilothouse::cli
