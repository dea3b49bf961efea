// SPDX-License-Identifier: GPL-3.0-or-later
// How pilothousectl ends; scripts rely on these.
#pragma once

namespace pilothouse::cli {

enum ExitCode : int {
    exitDone = 0,
    exitFailed = 1,
    exitUsage = 2,
    exitNotHealthy = 3, // `status`: the answer is sound, the cluster is not healthy
};

} // namespace pilothouse::cli
