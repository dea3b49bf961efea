// SPDX-License-Identifier: GPL-3.0-or-later
#include "processor.h"

#include "bench_process.h"

#include <QFile>

#include <cmath>
#include <unistd.h>

namespace pilothouse::bench {

namespace {

// The first line of /proc/stat, see proc(5): user nice system idle iowait irq softirq steal …, in ticks. What
// the host took away is none that there was.
void readMachine(ProcessorTime& time) {
    constexpr int idle = 3;
    constexpr int waiting = 4;
    constexpr int fields = 7; // up to softirq; guests are counted as users
    QFile file(QStringLiteral("/proc/stat"));
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const QList<QByteArray> words = file.readLine().simplified().split(' ');
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    for (int i = 0; i < fields && i + 1 < words.size(); ++i) {
        const double seconds = words[i + 1].toDouble() / ticks;
        time.whole += seconds;
        time.idle += i == idle || i == waiting ? seconds : 0;
    }
}

double usedBy(const std::vector<qint64>& pids) {
    double seconds = 0;
    for (const qint64 pid : pids) {
        seconds += usageOf(pid).cpuSeconds;
    }
    return seconds;
}

} // namespace

ProcessorTime& ProcessorTime::operator+=(const ProcessorTime& more) {
    whole += more.whole;
    idle += more.idle;
    replicas += more.replicas;
    engines += more.engines;
    client += more.client;
    return *this;
}

ProcessorWatch::ProcessorWatch(std::vector<qint64> replicas) : m_replicas(std::move(replicas)) {
    for (const qint64 pid : m_replicas) {
        const auto children = childrenOf(pid);
        m_engines.insert(m_engines.end(), children.begin(), children.end());
    }
    m_begin = read();
}

ProcessorTime ProcessorWatch::read() const {
    ProcessorTime time;
    readMachine(time);
    time.replicas = usedBy(m_replicas);
    time.engines = usedBy(m_engines);
    time.client = usedBy({::getpid()});
    return time;
}

ProcessorTime ProcessorWatch::elapsed() const {
    ProcessorTime time = read();
    time.whole -= m_begin.whole;
    time.idle -= m_begin.idle;
    time.replicas -= m_begin.replicas;
    time.engines -= m_begin.engines;
    time.client -= m_begin.client;
    return time;
}

std::string sharesOf(const ProcessorTime& time) {
    const auto share = [&time](const char* who, double seconds) {
        const double percent = time.whole > 0 ? 100 * seconds / time.whole : 0;
        return std::string(who) + " " + std::to_string(std::lround(percent)) + " %";
    };
    const double others = time.whole - time.idle - time.replicas - time.engines - time.client;
    return share("replicas", time.replicas) + ", " + share("engines", time.engines) + ", " +
           share("client", time.client) + ", " + share("others", std::max(others, 0.0)) + ", " +
           share("idle", time.idle);
}

} // namespace pilothouse::bench
