// SPDX-License-Identifier: GPL-3.0-or-later
// How soon a death is on the console's screen.
#pragma once

#include "console_display.h"
#include "sandbox_under_test.h"

namespace pilothouse::bench {

// Prints the figures. The sandbox has three replicas and is healthy, before and after.
void measureDetection(const Display& display, SandboxUnderTest& sandbox);

} // namespace pilothouse::bench
