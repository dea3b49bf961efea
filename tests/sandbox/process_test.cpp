// SPDX-License-Identifier: GPL-3.0-or-later
// A process is known by its id and by when it started.
#include "sandbox/process.h"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace pilothouse::sandbox {
namespace {

// A child that does nothing; collected at the end of the test, not before.
class Child {
public:
    Child() : m_pid(fork()) {
        if (m_pid == 0) {
            for (;;) {
                ::pause();
            }
        }
    }
    ~Child() {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    [[nodiscard]] int pid() const { return m_pid; }
    // It has ended, and nobody has collected it.
    void becomeZombie() const {
        ::kill(m_pid, SIGKILL);
        siginfo_t info{};
        ::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOWAIT);
    }

private:
    int m_pid;
};

TEST(SandboxProcess, RunsUntilItEndsWhoeverCollectsIt) {
    const Child child;
    const Process process = processNow(child.pid());
    EXPECT_TRUE(isRunning(process));
    child.becomeZombie();
    EXPECT_EQ(::kill(child.pid(), 0), 0) << "the id is in use still";
    EXPECT_FALSE(isRunning(process));
    EXPECT_FALSE(isRunning(processNow(child.pid())));
}

TEST(SandboxProcess, SendsNothingToALaterOneOfTheSameId) {
    const Child child;
    Process process = processNow(child.pid());
    const Process earlier{process.pid, process.startTicks - 1};
    EXPECT_FALSE(isRunning(earlier));
    endProcess(earlier, Milliseconds(10'000));
    EXPECT_TRUE(isRunning(process));
    endProcess(process, Milliseconds(10'000));
    EXPECT_FALSE(isRunning(process));
}

} // namespace
} // namespace pilothouse::sandbox
