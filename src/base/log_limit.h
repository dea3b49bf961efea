// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps what strangers can cause from filling a journal.
#pragma once

#include "base/clock.h"
#include "base/log.h"

#include <mutex>
#include <optional>

namespace pilothouse {

// One kind of line: the first is written, then at most one in a while, with the number of those held back.
// Thread-safe.
class LogLimit {
public:
    explicit LogLimit(const Clock& clock = systemClock(), Milliseconds atMostEvery = std::chrono::seconds(10))
        : m_clock(clock), m_every(atMostEvery) {}

    void info(const Logger& log, std::string message, Logger::Fields fields = {});
    void warning(const Logger& log, std::string message, Logger::Fields fields = {});

private:
    // The fields of a line that may be written now, nullopt of one that is held back.
    [[nodiscard]] std::optional<Logger::Fields> admit(Logger::Fields fields);

    const Clock& m_clock;
    const Milliseconds m_every;
    std::mutex m_mutex; // guards what follows
    std::optional<MonotonicTime> m_last;
    std::uint64_t m_heldBack = 0;
};

} // namespace pilothouse
