// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/log_output.h"

#include "base/clock.h"

#include <cstdlib>
#include <memory>
#include <mutex>
#include <unistd.h>

namespace pilothouse::program {

LogSink makeLogSink(LogFormat format) {
    auto mutex = std::make_shared<std::mutex>();
    const bool journal = std::getenv("JOURNAL_STREAM") != nullptr;
    return [mutex, format, journal](const LogRecord& record) {
        const std::string time =
            journal && format == LogFormat::text ? std::string() : toRfc3339(systemClock().wall());
        const std::string line =
            (format == LogFormat::json ? formatJson(record, time) : formatText(record, time)) + "\n";
        const std::lock_guard lock(*mutex);
        // A log that cannot be written must not stop the replica.
        [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size());
    };
}

} // namespace pilothouse::program
