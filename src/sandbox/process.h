// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of a sandbox's replicas, found through the files that they keep, and signals to them.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <filesystem>
#include <optional>

namespace pilothouse::sandbox {

// A process, told apart from a later one of the same id by when it started.
struct Process {
    int pid = 0;
    long long startTicks = 0; // clock ticks from boot; 0: it had ended before this could be read
};
[[nodiscard]] Process processNow(int pid);
// Whether it still runs. A zombie does not: a container's first process may never collect it.
[[nodiscard]] bool isRunning(const Process& process);

// The replica process that runs on this data folder. It is known by its lock file (pid and start time), so
// that a reused pid is never taken for it.
[[nodiscard]] std::optional<int> runningReplica(const std::filesystem::path& dataFolder);
// Its engine's process, the same way.
[[nodiscard]] std::optional<int> runningEngine(const std::filesystem::path& dataFolder);

// Whether the replica's process is frozen by a signal, as pauseReplica() does.
[[nodiscard]] bool isPaused(const std::filesystem::path& dataFolder);

// Sends a signal to the replica and, if `engineToo`, to its engine. Fails when the replica does not run.
[[nodiscard]] Status signalReplica(const std::filesystem::path& dataFolder, int signal, bool engineToo);

// Waits until neither replica nor engine runs.
[[nodiscard]] Status waitForExit(const std::filesystem::path& dataFolder, Milliseconds deadline);

// SIGTERM, and SIGKILL when it has not ended by half of the deadline. Blocks until it is gone, at most for
// the deadline. Nothing is sent to another process that has its id by now.
void endProcess(const Process& process, Milliseconds deadline);

// Resident memory of replica and engine together, bytes; 0 when they do not run.
[[nodiscard]] std::int64_t residentBytes(const std::filesystem::path& dataFolder);

} // namespace pilothouse::sandbox
