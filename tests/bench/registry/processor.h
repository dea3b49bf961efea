// SPDX-License-Identifier: GPL-3.0-or-later
// Where the processors' time goes while something is measured: what limits a figure shows in it.
#pragma once

#include <QtGlobal>

#include <string>
#include <vector>

namespace pilothouse::bench {

// Seconds of processor time, over all processors.
struct ProcessorTime {
    double whole = 0; // that there was
    double idle = 0;  // of it, waiting for the disk included
    double replicas = 0;
    double engines = 0;
    double client = 0; // this program

    ProcessorTime& operator+=(const ProcessorTime& more);
};

// Of a registry's processes, from its construction on.
class ProcessorWatch {
public:
    // `replicas`: process ids, whose children are the engines.
    explicit ProcessorWatch(std::vector<qint64> replicas);
    [[nodiscard]] ProcessorTime elapsed() const;

private:
    [[nodiscard]] ProcessorTime read() const;

    std::vector<qint64> m_replicas;
    std::vector<qint64> m_engines;
    ProcessorTime m_begin;
};

// "replicas 45 %, engines 38 %, client 9 %, others 3 %, idle 5 %"
[[nodiscard]] std::string sharesOf(const ProcessorTime& time);

} // namespace pilothouse::bench
