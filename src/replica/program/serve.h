// SPDX-License-Identifier: GPL-3.0-or-later
// pilothouse-replica serve: runs one replica until it is told to stop.
#pragma once

#include "replica/replica.h"

namespace pilothouse::program {

// Blocks until SIGTERM or SIGINT, or until the replica fails; gives the exit code. SIGHUP renews nothing and
// is ignored. Must be called before the program has started any thread: it blocks those signals for all of
// them.
[[nodiscard]] int serve(ReplicaOptions options);

} // namespace pilothouse::program
