// SPDX-License-Identifier: GPL-3.0-or-later
// Loopback ports for a test's replicas.
#pragma once

#include <cstdint>

namespace pilothouse::test {

// The first of ten ports that follow each other, below the ephemeral range, so that no outgoing connection
// takes one; nothing listens there now. They are this process's until it ends, also between its restarts of a
// server: other tests that run at the same time are given others. Throws when all are taken.
[[nodiscard]] std::uint16_t reservePorts();

} // namespace pilothouse::test
