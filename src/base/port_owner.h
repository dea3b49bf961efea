// SPDX-License-Identifier: GPL-3.0-or-later
// Who holds a TCP port on this computer, for error messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pilothouse {

// "nginx (process 812)" for the process that listens on `port`; nullopt when nobody does or /proc does not
// tell (another user's process). Blocks while /proc is read.
[[nodiscard]] std::optional<std::string> portOwner(std::uint16_t port);

} // namespace pilothouse
