// SPDX-License-Identifier: GPL-3.0-or-later
// Waits until a sandbox's cluster is healthy, by the same judgement that the console makes.
#pragma once

#include "api/sandbox.h"
#include "base/clock.h"
#include "base/result.h"
#include "sandbox/process.h"

#include <functional>
#include <map>
#include <stop_token>
#include <string>

namespace pilothouse::sandbox {

// By replica name.
using Processes = std::map<std::string, Process>;

// Returns when every replica is healthy (of a single one: when it takes traffic). Fails at the deadline, when
// asked to cancel, and at once when one of `started` ends, with the last words of its log. `startMissing` is
// called before every look and may add to `started`.
[[nodiscard]] Status waitUntilHealthy(const api::Sandbox& sandbox, const Processes& started,
                                      const std::function<Status()>& startMissing, Milliseconds deadline,
                                      const std::stop_token& cancel,
                                      const std::function<void(int ready)>& progress);

// Returns when the replica, which runs as `process`, accepts connections. Blocks.
[[nodiscard]] Status waitUntilAnswering(const api::Sandbox& sandbox, const api::SandboxReplica& replica,
                                        const Process& process, Milliseconds deadline);

} // namespace pilothouse::sandbox
