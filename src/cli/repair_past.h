// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs about the last repair: `repair status` and `repair put-back`.
#pragma once

#include "cli/commands.h"

namespace pilothouse::cli {

void addPastRepairVerbs(CLI::App& repair, Command& chosen);

} // namespace pilothouse::cli
