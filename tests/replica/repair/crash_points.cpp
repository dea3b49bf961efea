// SPDX-License-Identifier: GPL-3.0-or-later
#include "crash_points.h"

#include <csignal>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pilothouse::repair::test {
namespace {

enum class End { killed, whole, untraceable };

End runUntil(int stops, const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) {
            ::_exit(2);
        }
        ::raise(SIGSTOP); // until it is waited for
        work();
        ::_exit(0);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
        return End::untraceable;
    }
    // One stop before a call, one after it.
    for (int stop = 0; stop < stops; ++stop) {
        if (::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) != 0) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return End::untraceable;
        }
        ::waitpid(child, &status, 0);
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            return End::whole;
        }
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return End::killed;
}

} // namespace

int forEachCrashPoint(const std::function<void()>& work, const std::function<bool()>& after) {
    for (int call = 0;; ++call) {
        const End end = runUntil(2 * call + 1, work);
        if (end == End::untraceable) {
            return -1;
        }
        if (!after() || end == End::whole) {
            return call;
        }
    }
}

} // namespace pilothouse::repair::test
