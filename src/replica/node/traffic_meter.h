// SPDX-License-Identifier: GPL-3.0-or-later
// What clients felt in the last seconds: answer times, and changes of the state per second. Thread-safe.
// Streams, health checks and heartbeats say nothing of that: their callers leave them out.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/ids.h"

#include <deque>
#include <mutex>

namespace pilothouse::node {

class TrafficMeter {
public:
    explicit TrafficMeter(const Clock& clock) : m_clock(clock) {}

    void requestStarted();
    void requestEnded(std::chrono::nanoseconds duration);
    // The store's revision as last seen: its growth is the number of changes.
    void revisionSeen(Revision revision);

    // Over the last 5 s.
    [[nodiscard]] api::Traffic report();

private:
    struct Answer {
        MonotonicTime at;
        double ms;
    };
    struct Mark {
        MonotonicTime at;
        Revision revision;
    };
    void forgetOld(MonotonicTime now);

    const Clock& m_clock;
    std::mutex m_mutex;
    std::deque<Answer> m_answers; // newest last, at most maxAnswers
    std::deque<Mark> m_marks;     // newest last, at least one older than the window once there is one
    std::int64_t m_running = 0;
};

} // namespace pilothouse::node
