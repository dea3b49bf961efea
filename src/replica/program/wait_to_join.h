// SPDX-License-Identifier: GPL-3.0-or-later
// serve on an empty data folder: shows a setup code, waits until a cluster takes this host in, and joins.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/waiting/host_plan.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace pilothouse::program {

struct JoinWait {
    waiting::HostPlan plan;
    std::filesystem::path dataDir;
    std::filesystem::path engineProgram; // empty: etcd in $PATH
    Logger log;
    std::function<void()> onWaiting; // the ports listen
    // Whether the program is to stop; waits for that for so long. Once it said so, it is not asked again.
    std::function<bool(Milliseconds within)> stopAsked;
};

// Whether the folder is no replica's, nor was one's: then there is something to join.
[[nodiscard]] bool mayJoin(const std::filesystem::path& dataDir);

// Blocks. nullopt once the folder is a replica's; else the program is to end, with this exit code.
[[nodiscard]] std::optional<int> waitToJoin(const JoinWait& wait);

} // namespace pilothouse::program
