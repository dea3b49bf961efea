// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/process.h"

#include "sandbox/text.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>

namespace pilothouse::sandbox {
namespace {

namespace fs = std::filesystem;

// What /proc says of a process from its state on, the third field; empty when it does not exist. See proc(5).
std::string statFromState(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    const auto nameEnd = text.rfind(')');
    return nameEnd == std::string::npos || text.size() < nameEnd + 3 ? "" : text.substr(nameEnd + 2);
}

// Clock ticks from boot to the process's start; nullopt when it does not exist or is a zombie.
std::optional<long long> startTicks(int pid) {
    const std::string text = statFromState(pid);
    if (text.empty() || text[0] == 'Z') {
        return std::nullopt;
    }
    std::size_t at = 0;
    for (int field = 3; field < 22 && at != std::string::npos; ++field) {
        at = text.find(' ', at);
        at = at == std::string::npos ? at : at + 1;
    }
    return at == std::string::npos ? std::nullopt : std::optional(std::atoll(text.c_str() + at));
}

// A pid file holds "<pid> <start ticks>".
std::optional<int> runningFrom(const fs::path& pidFile) {
    std::ifstream file(pidFile);
    Process process;
    if (!(file >> process.pid >> process.startTicks) || !isRunning(process)) {
        return std::nullopt;
    }
    return process.pid;
}

std::int64_t residentOf(std::optional<int> pid) {
    if (!pid) {
        return 0;
    }
    std::ifstream file("/proc/" + std::to_string(*pid) + "/statm");
    std::int64_t total = 0;
    std::int64_t resident = 0;
    file >> total >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

} // namespace

Process processNow(int pid) {
    return {pid, startTicks(pid).value_or(0)};
}

bool isRunning(const Process& process) {
    return process.pid > 1 && startTicks(process.pid) == process.startTicks;
}

std::optional<int> runningReplica(const fs::path& dataFolder) {
    return runningFrom(dataFolder / "lock");
}

std::optional<int> runningEngine(const fs::path& dataFolder) {
    return runningFrom(dataFolder / "engine.pid");
}

bool isPaused(const fs::path& dataFolder) {
    const auto replica = runningReplica(dataFolder);
    return replica && statFromState(*replica).starts_with('T');
}

Status signalReplica(const fs::path& dataFolder, int signal, bool engineToo) {
    const auto replica = runningReplica(dataFolder);
    if (!replica) {
        return failWith(ErrorCode::conflict,
                        Text::tr("%1 does not run").arg(shown(dataFolder.filename().string())));
    }
    // The engine first: a killed replica takes its engine with it, a stopped one must not restart it.
    if (const auto engine = engineToo ? runningEngine(dataFolder) : std::nullopt) {
        kill(*engine, signal);
    }
    if (kill(*replica, signal) != 0) {
        return failWith(ErrorCode::forbidden,
                        Text::tr("cannot signal process %1: %2")
                            .arg(QString::number(*replica), QString::fromUtf8(std::strerror(errno))));
    }
    return {};
}

Status waitForExit(const fs::path& dataFolder, Milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (runningReplica(dataFolder) || runningEngine(dataFolder)) {
        if (std::chrono::steady_clock::now() > end) {
            return failWith(ErrorCode::timeout, Text::tr("%1 did not stop within %2 s")
                                                    .arg(shown(dataFolder.filename().string()),
                                                         QString::number(deadline.count() / 1000)));
        }
        std::this_thread::sleep_for(Milliseconds(20));
    }
    return {};
}

void endProcess(const Process& process, Milliseconds deadline) {
    const auto begun = std::chrono::steady_clock::now();
    const auto since = [&] { return std::chrono::steady_clock::now() - begun; };
    if (isRunning(process)) {
        kill(process.pid, SIGCONT);
        kill(process.pid, SIGTERM);
    }
    while (isRunning(process) && since() < deadline) {
        if (since() > deadline / 2) {
            kill(process.pid, SIGKILL);
        }
        std::this_thread::sleep_for(Milliseconds(20));
    }
}

std::int64_t residentBytes(const fs::path& dataFolder) {
    return residentOf(runningReplica(dataFolder)) + residentOf(runningEngine(dataFolder));
}

} // namespace pilothouse::sandbox
