// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/subscription.h"

#include "replica/state/keys.h"
#include "replica/state/records.h"
#include "replica/state/waiter.h"

#include <boost/asio/this_coro.hpp>

#include <utility>

namespace pilothouse::state {

std::vector<api::Event> eventsIn(const engine::WatchBatch& batch) {
    std::vector<api::Event> events;
    for (const engine::Change& change : batch.changes) {
        if (!change.deleted && change.entry.key.starts_with(keys::events)) {
            events.push_back(readEvent(change.entry.value, change.entry.modified.value()));
        }
    }
    return events;
}

boost::asio::awaitable<Result<Applied>> Subscription::next(Milliseconds deadline) {
    auto waiter = std::make_shared<Waiter>(co_await boost::asio::this_coro::executor);
    for (bool waited = false;; waited = true) {
        {
            const std::lock_guard lock(m_mutex);
            m_waiter.reset();
            if (!m_queue.empty()) {
                Applied applied = std::move(m_queue.front());
                m_queue.pop_front();
                co_return applied;
            }
            if (waited) {
                co_return fail(ErrorCode::timeout, "nothing was applied within the deadline");
            }
            m_waiter = waiter;
        }
        static_cast<void>(co_await waiter->wait(deadline)); // the queue says what came of it
    }
}

void Subscription::push(Applied applied) {
    const std::lock_guard lock(m_mutex);
    if (m_queue.size() >= maxQueued) {
        m_queue.clear();
        applied.batch.reset();
    }
    m_queue.push_back(std::move(applied));
    if (m_waiter) {
        m_waiter->wake();
    }
}

} // namespace pilothouse::state
