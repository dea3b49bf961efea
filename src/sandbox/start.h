// SPDX-License-Identifier: GPL-3.0-or-later
// Makes and starts a sandbox: a real cluster of replica processes on this computer's loopback addresses.
#pragma once

#include "api/sandbox.h"
#include "base/clock.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace pilothouse::sandbox {

struct StartOptions {
    std::string name;
    int replicas = 0; // 1, 3, 5 or 7; others only with `force`; 0: three, or as many as an existing one has
    bool force = false;
    std::filesystem::path dir;     // of a new sandbox's data; empty: beside its record
    std::filesystem::path program; // pilothouse-replica; empty: beside this program, else in $PATH
    Milliseconds deadline{60'000}; // from start to healthy
};

// `preparing`: only of a new sandbox.
enum class StartStep { preparing, startingReplicas, waitingForHealth, done };
// `ready` of `total` replicas. Called on the thread that called start().
using StartProgress = std::function<void(StartStep step, int ready, int total)>;

// Makes the sandbox unless there is one of that name, starts those of its replicas that do not run, and
// returns when all of them take traffic. Blocks; runs an event loop of its own for the waiting: call it from
// a worker thread or a program without one. When a new sandbox cannot be brought up, or `cancel` is
// requested, what was made is stopped and deleted; of an existing one, what was started is stopped.
[[nodiscard]] Result<api::Sandbox> start(const StartOptions& options, const StartProgress& progress,
                                         std::stop_token cancel = {});

// Starts one replica of an existing sandbox and does not wait for it. Nothing to do when it runs.
[[nodiscard]] Status startOne(const api::Sandbox& sandbox, const api::SandboxReplica& replica);

// Stops the replica if it runs, and starts it. Returns once it answers, healthy or not: alone it may be no
// majority.
[[nodiscard]] Status restartReplica(const api::Sandbox& sandbox, const api::SandboxReplica& replica,
                                    Milliseconds deadline);

// The pilothouse-replica that start() would use.
[[nodiscard]] Result<std::filesystem::path> findReplicaProgram();

} // namespace pilothouse::sandbox
