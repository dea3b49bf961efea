// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/target_options.h"
#include "domain/observation.h"

namespace pilothouse::cli {

// Adds to what was seen of a sandbox what only this computer knows: that it is one, and which of its
// processes are paused or gone. Nothing for other targets.
void addSandboxState(const Target& target, domain::ClusterObservation& observation);

} // namespace pilothouse::cli
