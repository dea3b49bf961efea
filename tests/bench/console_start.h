// SPDX-License-Identifier: GPL-3.0-or-later
// How soon the console shows something, beside desktop programs of its kind.
#pragma once

#include "console_display.h"
#include "sandbox_under_test.h"

namespace pilothouse::bench {

// Prints the figures. The sandbox has three replicas and is healthy.
void measureStart(const Display& display, const SandboxUnderTest& sandbox);

// The console in that world with a home folder of its own, opened on the sandbox.
[[nodiscard]] std::unique_ptr<Child> startConsole(const Display& display, const SandboxUnderTest& sandbox,
                                                  const QString& home, bool readable = false);
// What its title says once every replica has answered and is healthy.
inline constexpr const char* healthyTitle = ": Healthy";

} // namespace pilothouse::bench
