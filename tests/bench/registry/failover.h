// SPDX-License-Identifier: GPL-3.0-or-later
// How long nothing can be pushed when the leader dies.
#pragma once

#include "measure.h"
#include "sandbox_under_test.h"

namespace pilothouse::bench {

// Seconds from the leader's SIGKILL to the answer of the first push through another replica that is
// acknowledged; the median of the runs. The leader is started again after each.
void measureFailover(SandboxUnderTest& sandbox, const Parties& parties, int runs);

} // namespace pilothouse::bench
