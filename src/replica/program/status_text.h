// SPDX-License-Identifier: GPL-3.0-or-later
// A replica's status for a person at a terminal.
#pragma once

#include "api/status.h"

#include <string>

namespace pilothouse::program {

// Several lines: the replica itself, then a table of its peers as it sees them.
[[nodiscard]] std::string statusText(const api::ClusterStatus& status);

} // namespace pilothouse::program
