// SPDX-License-Identifier: GPL-3.0-or-later
// pilothouse-replica serve: runs one replica until it is told to stop.
#pragma once

#include "replica/replica.h"
#include "replica/waiting/host_plan.h"

#include <optional>

namespace pilothouse::program {

// Blocks until SIGTERM or SIGINT, or until the replica fails; gives the exit code. SIGHUP renews nothing and
// is ignored. Must be called before the program has started any thread: it blocks those signals for all of
// them. With a plan, a folder that holds no replica yet waits to be joined first.
[[nodiscard]] int serve(ReplicaOptions options, const std::optional<waiting::HostPlan>& plan = {});

} // namespace pilothouse::program
