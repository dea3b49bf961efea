// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <csignal>
#include <sys/prctl.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::bench {
namespace {

constexpr int politeMs = 3000; // between SIGTERM and SIGKILL

volatile std::sig_atomic_t signalled = 0;

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The number after "name:" in a file of the kind of /proc/PID/status; 0 when it is not there.
qint64 numberIn(const QByteArray& status, const QByteArray& name) {
    for (const QByteArray& line : status.split('\n')) {
        if (line.startsWith(name + ':')) {
            return line.mid(name.size() + 1).simplified().split(' ').first().toLongLong();
        }
    }
    return 0;
}

} // namespace

void catchInterrupts() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        std::signal(signal, [](int) { signalled = 1; });
    }
}

bool interrupted() {
    return signalled != 0;
}

bool waitUntil(const std::function<bool()>& holds, Seconds deadline, Seconds every) {
    const Clock::time_point end = Clock::now() + std::chrono::duration_cast<Clock::duration>(deadline);
    while (!holds()) {
        if (interrupted() || Clock::now() >= end) {
            return false;
        }
        QCoreApplication::processEvents();
        std::this_thread::sleep_for(every);
    }
    return true;
}

Child::Child(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment) {
    m_process.setProcessEnvironment(environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    const pid_t parent = getpid();
    m_process.setChildProcessModifier([parent] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) {
            _exit(1); // it died before the line above
        }
    });
    m_startedAt = Clock::now();
    m_process.start(program, arguments);
    m_process.waitForStarted();
}

Child::~Child() {
    if (runs()) {
        m_process.terminate();
        if (!m_process.waitForFinished(politeMs)) {
            m_process.kill();
            m_process.waitForFinished(politeMs);
        }
    }
}

Output run(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment,
           Seconds deadline) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(static_cast<int>(deadline.count() * 1000))) {
        process.kill();
        process.waitForFinished();
        return {false, {}, process.errorString().toUtf8()};
    }
    return {process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

Usage usageOf(qint64 pid) {
    Usage usage;
    const QDir tasks(QStringLiteral("/proc/%1/task").arg(pid));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        // schedstat(proc): nanoseconds on the processor, nanoseconds waiting for it, time slices.
        const QByteArray schedule = contentOf(tasks.filePath(task + QStringLiteral("/schedstat")));
        usage.cpuSeconds += schedule.split(' ').first().toDouble() / 1e9;
        const QByteArray status = contentOf(tasks.filePath(task + QStringLiteral("/status")));
        usage.contextSwitches +=
            numberIn(status, "voluntary_ctxt_switches") + numberIn(status, "nonvoluntary_ctxt_switches");
    }
    return usage;
}

std::vector<qint64> childrenOf(qint64 pid) {
    std::vector<qint64> children;
    const QDir tasks(QStringLiteral("/proc/%1/task").arg(pid));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const auto& child : contentOf(tasks.filePath(task + QStringLiteral("/children"))).split(' ')) {
            if (const qint64 number = child.toLongLong(); number > 0) {
                children.push_back(number);
            }
        }
    }
    return children;
}

std::optional<double> memoryOf(qint64 pid, const QByteArray& field) {
    const QByteArray status = contentOf(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.contains(field + ':')) {
        return std::nullopt;
    }
    return static_cast<double>(numberIn(status, field)) / 1024;
}

QString builtProgram(const QString& name) {
    return QStringLiteral(PILOTHOUSE_BIN "/") + name;
}

} // namespace pilothouse::bench
