// SPDX-License-Identifier: GPL-3.0-or-later
// A moment by which something must have ended, handed from call to call.
#pragma once

#include "base/clock.h"

#include <algorithm>

namespace pilothouse::state {

class Deadline {
public:
    // `in` from now on. The clock must outlive it.
    Deadline(const Clock& clock, Milliseconds in) : m_clock(&clock), m_end(clock.monotonic() + in) {}

    // Never negative.
    [[nodiscard]] Milliseconds remaining() const {
        const auto left = std::chrono::duration_cast<Milliseconds>(m_end - m_clock->monotonic());
        return std::max(left, Milliseconds(0));
    }
    [[nodiscard]] bool passed() const { return remaining() == Milliseconds(0); }

private:
    const Clock* m_clock;
    MonotonicTime m_end;
};

} // namespace pilothouse::state
