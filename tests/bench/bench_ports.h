// SPDX-License-Identifier: GPL-3.0-or-later
// Ports of 127.0.0.1 for the peers.
#pragma once

#include <cstdint>
#include <netinet/in.h>

namespace pilothouse::bench {

[[nodiscard]] sockaddr_in loopback(std::uint16_t port);
// One that nobody uses now.
[[nodiscard]] std::uint16_t freePort();
// Whether a server takes connections there.
[[nodiscard]] bool listens(std::uint16_t port);

} // namespace pilothouse::bench
