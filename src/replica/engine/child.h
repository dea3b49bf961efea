// SPDX-License-Identifier: GPL-3.0-or-later
// One child process, tied to the thread that started it.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::engine {

// A running child and the read end of its standard error and output. Waited for by its starter.
struct Child {
    int pid = -1;
    int output = -1;
};

// Forks and executes. The child gets SIGKILL when the calling *thread* ends, its own process group (a
// terminal's Ctrl-C is for us alone), an empty standard input, no other open file, and our environment but
// for etcd's own variables. Between fork and exec only async-signal-safe calls are made (signal-safety(7)),
// so that any program may do this from any thread.
[[nodiscard]] Result<Child> startChild(const std::filesystem::path& program,
                                       const std::vector<std::string>& arguments);

// Runs to the end, or for `atMost`; its output.
[[nodiscard]] Result<std::string> outputOf(const std::filesystem::path& program,
                                           const std::vector<std::string>& arguments,
                                           Milliseconds atMost = Milliseconds(5000));

// "<pid> <start time>" of the process, as pid files have it; nullopt when it does not exist.
[[nodiscard]] std::optional<std::string> processMark(int pid);
// Kills the process that `pidFile` names if it is still that very process, and waits until it is gone.
[[nodiscard]] Status endLeftover(const std::filesystem::path& pidFile);

} // namespace pilothouse::engine
