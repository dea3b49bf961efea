// SPDX-License-Identifier: GPL-3.0-or-later
// The revision that was reached, and those who wait for one; how far and how long it is behind what was
// promised.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

#include <boost/asio/awaitable.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace pilothouse::state {

class Waiter;

struct Lag {
    std::int64_t revisions = 0; // between what was reached and the newest revision that is known to exist
    Milliseconds time{0};       // since the oldest of them became known; 0 when nothing is behind
};

// Thread-safe.
class RevisionGate {
public:
    explicit RevisionGate(const Clock& clock) : m_clock(clock) {}

    [[nodiscard]] Revision reached() const;
    // Also downwards, after building anew.
    void set(Revision revision);
    // Revision `target` exists in the engine: until it is reached, that counts as lag.
    void expect(Revision target);
    [[nodiscard]] Lag lag() const;

    // Ends when `revision` is reached. ErrorCode::timeout when the deadline comes first.
    [[nodiscard]] boost::asio::awaitable<Status> wait(Revision revision, Milliseconds deadline);

private:
    struct Waiting {
        Revision revision;
        std::shared_ptr<Waiter> waiter;
    };
    struct Expected {
        Revision revision;
        MonotonicTime since;
    };

    const Clock& m_clock;
    mutable std::mutex m_mutex; // guards what follows
    Revision m_reached;
    std::vector<Waiting> m_waiting;
    std::deque<Expected> m_expected; // rising, all above m_reached, at most maxExpected
};

} // namespace pilothouse::state
