// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/child.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::engine {
namespace {

using namespace std::chrono_literals;

constexpr int cannotExecute = 127;

// In the child, after fork: async-signal-safe calls only.
[[noreturn]] void becomeProgram(const char* program, char* const* arguments, char* const* environment,
                                int output, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) { // it died before prctl
        _exit(cannotExecute);
    }
    setpgid(0, 0);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr); // what the parent blocks is the parent's affair
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGCHLD, SIG_DFL); // so is what it ignores
    execve(program, arguments, environment);
    _exit(cannotExecute);
}

// etcd takes every option from a variable of its name as well: one that is set for another etcd of this host
// must not reach ours (ETCD_FORCE_NEW_CLUSTER would tear it from its cluster).
bool isForTheChild(std::string_view variable) {
    // Not an option: lets etcd 3.4 run at all on some processors.
    return !variable.starts_with("ETCD_") || variable.starts_with("ETCD_UNSUPPORTED_ARCH=");
}

std::vector<char*> childEnvironment() {
    std::vector<char*> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        if (isForTheChild(*variable)) {
            variables.push_back(*variable);
        }
    }
    variables.push_back(nullptr);
    return variables;
}

} // namespace

Result<Child> startChild(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorCode::exhausted, std::string("cannot make a pipe: ") + std::strerror(errno));
    }
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (auto& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    const auto environment = childEnvironment();
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
        becomeProgram(words[0].c_str(), pointers.data(), environment.data(), ends[1], parent);
    }
    const int failure = errno;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return fail(ErrorCode::exhausted, "cannot start " + program.string() + ": " + std::strerror(failure));
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Child{child, ends[0]};
}

Result<std::string> outputOf(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                             Milliseconds atMost) {
    const auto child = startChild(program, arguments);
    if (!child) {
        return fail(child.error());
    }
    std::string output;
    const auto end = std::chrono::steady_clock::now() + atMost;
    std::array<char, 4096> buffer{};
    for (;;) {
        pollfd wait{.fd = child->output, .events = POLLIN, .revents = 0};
        poll(&wait, 1, 100);
        const auto size = read(child->output, buffer.data(), buffer.size());
        if (size > 0) {
            output.append(buffer.data(), static_cast<std::size_t>(size));
        } else if (size == 0 || std::chrono::steady_clock::now() > end) {
            break;
        }
    }
    close(child->output);
    kill(child->pid, SIGKILL);
    waitpid(child->pid, nullptr, 0);
    return output;
}

std::optional<std::string> processMark(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    std::size_t at = text.rfind(')'); // the name may hold blanks
    if (at == std::string::npos || at + 2 >= text.size() || text[at + 2] == 'Z') {
        return std::nullopt;
    }
    for (int field = 2; field < 22 && at != std::string::npos; ++field) { // proc(5): 22 is the start time
        at = text.find(' ', at + 1);
    }
    if (at == std::string::npos) {
        return std::nullopt;
    }
    return std::to_string(pid) + text.substr(at, text.find(' ', at + 1) - at);
}

Status endLeftover(const std::filesystem::path& pidFile) {
    std::ifstream file(pidFile);
    std::string recorded;
    std::getline(file, recorded);
    const int pid = std::atoi(recorded.c_str());
    if (pid <= 1 || processMark(pid) != recorded) {
        return {};
    }
    kill(pid, SIGKILL);
    const auto end = std::chrono::steady_clock::now() + 5s;
    while (processMark(pid) == recorded) {
        if (std::chrono::steady_clock::now() > end) {
            return fail(ErrorCode::conflict,
                        "an engine left by an earlier replica (process " + std::to_string(pid) +
                            ") does not end",
                        "End it, then start again");
        }
        std::this_thread::sleep_for(10ms);
    }
    return {};
}

} // namespace pilothouse::engine
