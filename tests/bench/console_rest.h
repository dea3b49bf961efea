// SPDX-License-Identifier: GPL-3.0-or-later
// What the console takes while it is open and nothing changes.
#pragma once

#include "console_display.h"
#include "sandbox_under_test.h"

namespace pilothouse::bench {

// Prints the figures. The sandbox has three replicas and is healthy.
void measureRest(const Display& display, const SandboxUnderTest& sandbox);

} // namespace pilothouse::bench
