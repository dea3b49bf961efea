// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that a benchmark starts and measures from outside.
#pragma once

#include <QProcess>
#include <QProcessEnvironment>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace pilothouse::bench {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

[[nodiscard]] inline double millisecondsSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// From now on a signal that would end the program (also that nobody reads the figures any more) only makes
// interrupted() true: every wait ends, and everything is put away.
void catchInterrupts();
[[nodiscard]] bool interrupted();

// Handles events until `holds` is true, asking every few milliseconds. False at the deadline or when
// interrupted.
[[nodiscard]] bool waitUntil(const std::function<bool()>& holds, Seconds deadline,
                             Seconds every = Seconds(0.005));

// A child that dies with this program, by whatever it dies. Ended by its destructor: SIGTERM, then SIGKILL.
class Child {
public:
    Child(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] bool runs() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QProcess& process() { return m_process; }
    // Just before it was started.
    [[nodiscard]] Clock::time_point startedAt() const { return m_startedAt; }

private:
    QProcess m_process;
    Clock::time_point m_startedAt;
};

struct Output {
    bool ok = false; // ended in time, with exit code 0
    QByteArray out;
    QByteArray err;
};
[[nodiscard]] Output run(const QString& program, const QStringList& arguments,
                         const QProcessEnvironment& environment, Seconds deadline = Seconds(60));

// What a process has used since it began, over all its threads.
struct Usage {
    double cpuSeconds = 0;
    std::int64_t contextSwitches = 0;
};
[[nodiscard]] Usage usageOf(qint64 pid);
// The processes that `pid` started and that still run.
[[nodiscard]] std::vector<qint64> childrenOf(qint64 pid);
// A field of /proc/PID/status that is given in kB, in MiB; nothing when the process is gone.
[[nodiscard]] std::optional<double> memoryOf(qint64 pid, const QByteArray& field);

// A program of this build.
[[nodiscard]] QString builtProgram(const QString& name);

} // namespace pilothouse::bench
