// SPDX-License-Identifier: GPL-3.0-or-later
// Loopback ports for a sandbox: below the ephemeral range, so that no outgoing connection takes them while
// the sandbox is stopped, and recorded, so that they stay the same for its life.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <set>
#include <vector>

namespace pilothouse::sandbox {

// `blocks` runs of `size` ports that follow each other, can be bound on 127.0.0.1 and ::1 now and are not in
// `taken` (those of this user's other sandboxes). The search begins at a random place, and what was chosen
// stays reserved while this process runs: of two sandboxes that are made at the same moment, by two users
// even, neither takes what the other has chosen but not yet bound. The first port of each run.
[[nodiscard]] Result<std::vector<std::uint16_t>> choosePorts(std::size_t blocks, std::uint16_t size,
                                                             const std::set<std::uint16_t>& taken);

// Whether `port` can be bound on loopback now; the error names the process that holds it where /proc tells.
[[nodiscard]] Status checkPortFree(std::uint16_t port);

} // namespace pilothouse::sandbox
