// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/shared_barrier.h"

#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace pilothouse::state {

// Those who share one barrier.
struct SharedBarrier::Round {
    std::vector<std::shared_ptr<Waiter>> waiting;
    std::optional<Result<Revision>> outcome;
};

struct SharedBarrier::Inner {
    Inner(engine::Engine& of, Milliseconds within) : engine(of), deadline(within) {}

    engine::Engine& engine;
    const Milliseconds deadline;
    std::mutex mutex;            // guards what follows, and every Round
    std::shared_ptr<Round> next; // those who wait for the next barrier to start
    bool running = false;
};

SharedBarrier::SharedBarrier(engine::Engine& engine, Milliseconds deadline)
    : m_inner(std::make_shared<Inner>(engine, deadline)) {}

engine::Awaitable<Result<Revision>> SharedBarrier::wait(Milliseconds deadline) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto waiter = std::make_shared<Waiter>(executor);
    std::shared_ptr<Round> round;
    bool start = false;
    {
        const std::lock_guard lock(m_inner->mutex);
        if (!m_inner->next) {
            m_inner->next = std::make_shared<Round>();
        }
        round = m_inner->next;
        round->waiting.push_back(waiter);
        start = !std::exchange(m_inner->running, true);
    }
    if (start) {
        boost::asio::co_spawn(executor, drive(m_inner), boost::asio::detached);
    }
    const bool woken = co_await waiter->wait(deadline);
    const std::lock_guard lock(m_inner->mutex);
    if (!woken || !round->outcome) {
        co_return fail(ErrorCode::timeout, "the cluster did not confirm the read within the deadline",
                       "Try again when the cluster has quorum");
    }
    co_return *round->outcome;
}

engine::Awaitable<void> SharedBarrier::drive(std::shared_ptr<Inner> inner) {
    for (;;) {
        std::shared_ptr<Round> round;
        {
            const std::lock_guard lock(inner->mutex);
            round = std::move(inner->next);
            inner->next.reset();
            inner->running = round != nullptr;
        }
        if (!round) {
            co_return;
        }
        Result<Revision> outcome = co_await inner->engine.barrier(inner->deadline);
        const std::lock_guard lock(inner->mutex);
        round->outcome = std::move(outcome);
        for (const std::shared_ptr<Waiter>& waiter : round->waiting) {
            waiter->wake();
        }
    }
}

} // namespace pilothouse::state
