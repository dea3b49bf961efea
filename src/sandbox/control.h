// SPDX-License-Identifier: GPL-3.0-or-later
// Stops, kills, pauses and resumes replicas of a sandbox. All of these block for at most their deadline.
#pragma once

#include "api/sandbox.h"
#include "base/clock.h"
#include "base/result.h"

#include <filesystem>

namespace pilothouse::sandbox {

[[nodiscard]] std::filesystem::path logPath(const api::Sandbox& sandbox, const api::SandboxReplica& replica);

// SIGTERM, and SIGKILL when it has not ended by half of the deadline. Nothing to do when it does not run.
[[nodiscard]] Status stopReplica(const api::SandboxReplica& replica, Milliseconds deadline);
// SIGKILL, as a crash: its engine dies with it.
[[nodiscard]] Status killReplica(const api::SandboxReplica& replica);
// SIGSTOP to replica and engine, as a machine that hangs; resume continues both.
[[nodiscard]] Status pauseReplica(const api::SandboxReplica& replica);
[[nodiscard]] Status resumeReplica(const api::SandboxReplica& replica);

// Stops all replicas at once. Fails with conflict while another program starts, stops or removes the sandbox.
[[nodiscard]] Status stopAll(const api::Sandbox& sandbox, Milliseconds deadline);
// The same, and deletes record and data.
[[nodiscard]] Status remove(const api::Sandbox& sandbox, Milliseconds deadline);

} // namespace pilothouse::sandbox
