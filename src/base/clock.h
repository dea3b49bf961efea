// SPDX-License-Identifier: GPL-3.0-or-later
// Time, injected: the monotonic clock decides, the wall clock only labels.
#pragma once

#include "base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace pilothouse {

using Milliseconds = std::chrono::milliseconds;
using MonotonicTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

// Both clocks of this computer. Implementations are thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual MonotonicTime monotonic() const = 0;
    [[nodiscard]] virtual WallTime wall() const = 0;
};

// The operating system's clocks; lives as long as the program.
[[nodiscard]] const Clock& systemClock();

// A clock that stands still until it is moved, for tests.
class ManualClock : public Clock {
public:
    [[nodiscard]] MonotonicTime monotonic() const override { return m_monotonic; }
    [[nodiscard]] WallTime wall() const override { return m_wall; }
    void advance(std::chrono::nanoseconds by) {
        m_monotonic += std::chrono::duration_cast<MonotonicTime::duration>(by);
        m_wall += std::chrono::duration_cast<WallTime::duration>(by);
    }

private:
    MonotonicTime m_monotonic{std::chrono::hours(1)};
    WallTime m_wall{std::chrono::hours(24 * 365 * 50)};
};

// RFC 3339 in UTC with milliseconds: "2026-03-02T10:00:00.123Z".
[[nodiscard]] std::string toRfc3339(WallTime time);
// Reads RFC 3339 with any offset and up to nanoseconds (kept to the clock's resolution).
[[nodiscard]] Result<WallTime> parseRfc3339(std::string_view text);

} // namespace pilothouse
