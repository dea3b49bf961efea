// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_process.h"

#include "replica/engine/child.h"
#include "replica/engine/etcd_log.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::engine {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t keptLines = 40;
constexpr int quickDeathsToGiveUp = 5;
constexpr auto quickDeath = 10s; // a run shorter than this did not count as being up
constexpr auto firstPause = 100ms;
constexpr auto longestPause = 5s;

// After SIGKILL: one that hangs in the kernel, in a disk's driver, ends only when that lets it go.
constexpr auto longestDeath = 1s;

constexpr int lookEvery = 50; // milliseconds, while it is being stopped and on kernels without pidfd_open(2)

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() {
        if (m_number >= 0) {
            close(m_number);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_number; }

private:
    const int m_number;
};

// By the descriptor, which names this very process: its number may be another's once somebody else reaped it.
void sendSignal(const Descriptor& process, int pid, int signal) {
    if (process.get() >= 0) {
        syscall(SYS_pidfd_send_signal, process.get(), signal, nullptr, 0);
    } else {
        kill(pid, signal);
    }
}

// How a child ended; nullopt: somebody else was told.
std::string describeEnd(std::optional<int> status) {
    if (!status) {
        return "in a way that is not known: this process lets its children be reaped elsewhere";
    }
    return WIFSIGNALED(*status) ? "by signal " + std::to_string(WTERMSIG(*status))
                                : "with status " + std::to_string(WEXITSTATUS(*status));
}

Status writePidFile(const std::filesystem::path& path, int pid) {
    const std::string text = processMark(pid).value_or(std::to_string(pid) + " 0") + "\n";
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (file >= 0) {
        close(file);
    }
    return written ? Status() : fail(ErrorCode::exhausted, "cannot write " + path.string());
}

} // namespace

class EtcdProcess::Supervisor {
public:
    Supervisor(std::filesystem::path program, EtcdOptions options, EtcdVersion version, Listener listener,
               Logger log)
        : m_program(std::move(program)), m_options(std::move(options)), m_version(std::move(version)),
          m_listener(std::move(listener)), m_log(std::move(log)),
          m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_thread([this] { supervise(); }) {}

    ~Supervisor() {
        stop(1s);
        close(m_wake);
    }

    void stop(Milliseconds grace) {
        m_grace = grace.count();
        m_stopping = true;
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto woken = write(m_wake, &one, sizeof one);
        const std::lock_guard lock(m_joining);
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

    std::atomic<int> pid = -1;
    std::atomic<int> restarts = 0;

private:
    void supervise() {
        int quickDeaths = 0;
        Milliseconds pause = firstPause;
        while (!m_stopping) {
            const auto started = Clock::now();
            const Error why = runOnce();
            if (m_stopping) {
                return;
            }
            const bool quick = Clock::now() - started < quickDeath;
            quickDeaths = quick ? quickDeaths + 1 : 1;
            pause = quick ? std::min<Milliseconds>(pause * 2, longestPause) : firstPause;
            const bool hopeless = why.code == ErrorCode::corrupt || why.code == ErrorCode::forbidden;
            // A disk that filled up while it ran is emptied by somebody, sooner or later; the replica says so
            // and goes on answering what needs no engine.
            const bool waits = m_hasServed && why.code == ErrorCode::exhausted;
            const bool once = m_options.forceNewCluster; // by force is for somebody to decide anew
            if (hopeless || once || (quickDeaths >= quickDeathsToGiveUp && !waits)) {
                m_log.error("the engine does not stay up: " + why.message);
                m_listener.onGivenUp(why);
                return;
            }
            m_log.warning("the engine ended: " + why.message + "; it is started again");
            ++restarts;
            m_listener.onRestart(why);
            sleepUnlessStopped(pause);
        }
    }

    // One life of the child; why it ended.
    Error runOnce() {
        m_lines.clear();
        const auto child = startChild(m_program, etcdArguments(m_options, m_version));
        if (!child) {
            return child.error();
        }
        pid = child->pid;
        if (auto written = writePidFile(m_options.pidFile, child->pid); !written) {
            m_log.warning(written.error().text());
        }
        m_listener.onStarted(child->pid);
        const std::optional<int> status = readUntilExit(*child);
        pid = -1;
        if (!m_leftBehind) { // the next start must know of it
            unlink(m_options.pidFile.c_str());
        }
        close(child->output);
        if (m_removed) {
            return *m_removed;
        }
        if (auto known = explainEtcdFailure({m_lines.begin(), m_lines.end()})) {
            return *known;
        }
        return {ErrorCode::unavailable, "the engine ended " + describeEnd(status),
                m_lines.empty() ? "" : "Its last words: " + m_lines.back()};
    }

    // Sleeps until something happens: no engine is looked at now and then. nullopt: it ended, and a program
    // that ignores SIGCHLD or reaps all its children has taken its status.
    std::optional<int> readUntilExit(const Child& child) {
        const Descriptor ended(static_cast<int>(syscall(SYS_pidfd_open, child.pid, 0)));
        std::optional<Clock::time_point> killAt;
        int output = child.output;
        int status = 0;
        EtcdLogReader reader;
        for (;;) {
            std::array<pollfd, 3> waits{{{.fd = output, .events = POLLIN, .revents = 0},
                                         {.fd = killAt ? -1 : m_wake, .events = POLLIN, .revents = 0},
                                         {.fd = ended.get(), .events = POLLIN, .revents = 0}}};
            poll(waits.data(), waits.size(), ended.get() < 0 || killAt ? lookEvery : -1);
            if (!readLines(child.output, reader)) {
                output = -1; // it closed its output, and may run on
            }
            const pid_t waited = waitpid(child.pid, &status, WNOHANG);
            if (waited == child.pid || (waited < 0 && errno == ECHILD)) {
                (void)readLines(child.output, reader);
                return waited == child.pid ? std::optional(status) : std::nullopt;
            }
            if (m_stopping && !killAt) {
                sendSignal(ended, child.pid, SIGTERM);
                killAt = Clock::now() + Milliseconds(m_grace.load());
            }
            if (killAt && Clock::now() > *killAt + longestDeath) {
                m_log.warning("the engine does not end though it was killed: process " +
                              std::to_string(child.pid));
                m_leftBehind = true;
                return std::nullopt;
            }
            if (killAt && Clock::now() > *killAt) {
                sendSignal(ended, child.pid, SIGKILL);
            }
        }
    }

    // What has come; false at the end of the output.
    bool readLines(int output, EtcdLogReader& reader) {
        std::array<char, 8192> buffer{};
        for (;;) {
            const auto size = read(output, buffer.data(), buffer.size());
            if (size <= 0) {
                return size < 0;
            }
            for (const auto& line : reader.add({buffer.data(), static_cast<std::size_t>(size)})) {
                forward(line);
            }
        }
    }

    void forward(const EtcdLogLine& line) {
        if (m_lines.size() == keptLines) {
            m_lines.pop_front();
        }
        m_lines.push_back(line.text);
        // It may go on to panic, and say much more.
        if (line.text.find(etcdRemovedWords) != std::string::npos) {
            m_removed = explainEtcdFailure({line.text});
        }
        m_hasServed = m_hasServed || line.text.find("serving client traffic") != std::string::npos;
        switch (line.level) {
        case LogLevel::debug:
        case LogLevel::info:
            m_log.debug(line.text);
            break;
        case LogLevel::warning:
            m_log.info(line.text);
            break;
        case LogLevel::error:
            m_log.warning(line.text);
            break;
        }
    }

    void sleepUnlessStopped(Milliseconds pause) {
        pollfd wait{.fd = m_wake, .events = POLLIN, .revents = 0};
        poll(&wait, 1, static_cast<int>(pause.count()));
    }

    const std::filesystem::path m_program;
    const EtcdOptions m_options;
    const EtcdVersion m_version;
    const Listener m_listener;
    const Logger m_log;
    const int m_wake;
    std::atomic<bool> m_stopping = false;
    std::atomic<Milliseconds::rep> m_grace = 1000;
    std::deque<std::string> m_lines; // the child's last words
    std::optional<Error> m_removed;  // it has said that it is no member any more
    bool m_hasServed = false;        // some run of it got so far
    bool m_leftBehind = false;       // it did not end though it was killed
    std::mutex m_joining;
    std::thread m_thread; // last: it uses the rest
};

EtcdProcess::EtcdProcess(std::unique_ptr<Supervisor> supervisor) : m_supervisor(std::move(supervisor)) {}
EtcdProcess::~EtcdProcess() = default;

Result<std::unique_ptr<EtcdProcess>> EtcdProcess::start(EtcdOptions options, Listener listener, Logger log) {
    auto program = findEtcd(options.program);
    if (!program) {
        return fail(program.error());
    }
    const auto output = outputOf(*program, {"--version"});
    if (!output) {
        return fail(output.error());
    }
    auto version = parseEtcdVersion(*output);
    if (!version) {
        return failIn(program->string(), version.error());
    }
    if (auto ended = endLeftover(options.pidFile); !ended) {
        return fail(ended.error());
    }
    return std::unique_ptr<EtcdProcess>(new EtcdProcess(std::make_unique<Supervisor>(
        std::move(*program), std::move(options), std::move(*version), std::move(listener), std::move(log))));
}

std::optional<int> EtcdProcess::pid() const {
    const int pid = m_supervisor->pid;
    return pid > 0 ? std::optional(pid) : std::nullopt;
}

int EtcdProcess::restarts() const {
    return m_supervisor->restarts;
}

void EtcdProcess::stop(Milliseconds grace) {
    m_supervisor->stop(grace);
}

} // namespace pilothouse::engine
