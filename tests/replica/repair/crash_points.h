// SPDX-License-Identifier: GPL-3.0-or-later
// Work that is killed, as by kill -9, before each of its system calls in turn.
#pragma once

#include <functional>

namespace pilothouse::repair::test {

// Runs `work` in a child process that dies before its 1st system call, then `after` here; again with the 2nd,
// and so on until it comes to its end, or `after` says false. Gives how many times it was killed; -1 where
// processes cannot be traced.
[[nodiscard]] int forEachCrashPoint(const std::function<void()>& work, const std::function<bool()>& after);

} // namespace pilothouse::repair::test
