// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/revision_gate.h"

#include "replica/state/waiter.h"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <string>

namespace pilothouse::state {

namespace {

// Beyond this the newest takes its predecessor's place with the predecessor's time, which overstates the lag.
constexpr std::size_t maxExpected = 64;

} // namespace

Revision RevisionGate::reached() const {
    const std::lock_guard lock(m_mutex);
    return m_reached;
}

void RevisionGate::set(Revision revision) {
    const std::lock_guard lock(m_mutex);
    m_reached = revision;
    while (!m_expected.empty() && m_expected.front().revision <= revision) {
        m_expected.pop_front();
    }
    std::erase_if(m_waiting, [&](const Waiting& waiting) {
        if (waiting.revision > revision) {
            return false;
        }
        waiting.waiter->wake();
        return true;
    });
}

void RevisionGate::expect(Revision target) {
    const std::lock_guard lock(m_mutex);
    if (target <= m_reached || (!m_expected.empty() && target <= m_expected.back().revision)) {
        return;
    }
    if (m_expected.size() < maxExpected) {
        m_expected.push_back({target, m_clock.monotonic()});
    } else {
        m_expected.back().revision = target;
    }
}

Lag RevisionGate::lag() const {
    const std::lock_guard lock(m_mutex);
    if (m_expected.empty()) {
        return {};
    }
    return {m_expected.back().revision.value() - m_reached.value(),
            std::chrono::duration_cast<Milliseconds>(m_clock.monotonic() - m_expected.front().since)};
}

boost::asio::awaitable<Status> RevisionGate::wait(Revision revision, Milliseconds deadline) {
    auto waiter = std::make_shared<Waiter>(co_await boost::asio::this_coro::executor);
    {
        const std::lock_guard lock(m_mutex);
        if (m_reached >= revision) {
            co_return Status();
        }
        m_waiting.push_back({revision, waiter});
    }
    const bool woken = co_await waiter->wait(deadline);
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_waiting, [&](const Waiting& waiting) { return waiting.waiter == waiter; });
    if (woken) {
        co_return Status();
    }
    co_return fail(ErrorCode::timeout,
                   "the read model has reached revision " + std::to_string(m_reached.value()) +
                       " and not yet " + std::to_string(revision.value()),
                   "Try again later");
}

} // namespace pilothouse::state
