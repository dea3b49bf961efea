// SPDX-License-Identifier: GPL-3.0-or-later
// One listener's queue of what was applied to the read model. It never holds up the read model.
#pragma once

#include "api/admin.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "replica/engine/engine.h"

#include <boost/asio/awaitable.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace pilothouse::state {

class Waiter;

// The read model has moved to `revision`.
struct Applied {
    Revision revision;
    // What changed since the one before. nullptr: not known (the listener was too slow, or the read model was
    // built anew); read from the read model what you need.
    std::shared_ptr<const engine::WatchBatch> batch;
};

// The events among the changes, in order, as they are sent to consoles.
[[nodiscard]] std::vector<api::Event> eventsIn(const engine::WatchBatch& batch);

// Thread-safe; next() by one coroutine at a time.
class Subscription {
public:
    static constexpr std::size_t maxQueued = 256;

    // The next one; ErrorCode::timeout when none comes within the deadline.
    [[nodiscard]] boost::asio::awaitable<Result<Applied>> next(Milliseconds deadline);
    // When the queue is full, all of it becomes one entry without a batch.
    void push(Applied applied);

private:
    std::mutex m_mutex; // guards what follows
    std::deque<Applied> m_queue;
    std::shared_ptr<Waiter> m_waiter;
};

} // namespace pilothouse::state
