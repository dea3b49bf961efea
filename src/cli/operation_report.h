// SPDX-License-Identifier: GPL-3.0-or-later
// Plans and operations as the command line prints them.
#pragma once

#include "api/operations.h"

#include <QString>

#include <string>
#include <vector>

namespace pilothouse::cli {

// The plan: its steps, what can be lost before and afterwards, and what the checks found; those that passed
// in one line.
[[nodiscard]] QString planText(const api::OperationPlan& plan);
// One operation, whole: how far it is, and its journal.
[[nodiscard]] QString operationText(const api::Operation& operation);
// How far one step is: "  done     Check once more".
[[nodiscard]] QString stepLine(const std::string& state, const QString& title);
[[nodiscard]] QString stepLine(const api::Operation& operation, const api::OperationStep& step);
// One line for each finding, those that passed in one; each ends with a line feed.
[[nodiscard]] QString findingLines(const std::vector<api::Finding>& findings);
// How it ended, as a sentence.
[[nodiscard]] QString endText(const api::Operation& operation);

} // namespace pilothouse::cli
