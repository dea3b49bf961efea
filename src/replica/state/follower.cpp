// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/follower.h"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;

StateFollower::StateFollower(engine::Engine& engine, ReadModel& model, const Clock& clock,
                             std::function<double()> random, FollowerOptions options, Logger logger)
    : m_engine(engine), m_model(model), m_clock(clock), m_random(std::move(random)), m_options(options),
      m_logger(std::move(logger)), m_gate(clock), m_barrier(engine, options.barrierDeadline) {}

Awaitable<void> StateFollower::run() {
    m_gate.set(m_model.snapshot()->revision);
    // Asio tells a coroutine by an exception that it was cancelled; that is how this one is meant to end.
    std::exception_ptr failure;
    try {
        co_await loop();
    } catch (...) {
        failure = std::current_exception();
    }
    const boost::asio::cancellation_state state = co_await boost::asio::this_coro::cancellation_state;
    if (failure && state.cancelled() == boost::asio::cancellation_type::none) {
        std::rethrow_exception(failure);
    }
}

Awaitable<void> StateFollower::loop() {
    for (;;) {
        const Status outcome = co_await follow();
        if (outcome) {
            m_failures = 0;
            continue;
        }
        // Said once per trouble, not once per attempt.
        if (m_failures == 0) {
            m_logger.warning("the read model cannot follow the engine",
                             {{"reason", outcome.error().message}});
        }
        co_await pause(nextPause());
    }
}

Milliseconds StateFollower::nextPause() {
    const int doublings = std::min(m_failures++, 10);
    const Milliseconds whole = std::min(m_options.shortestPause * (1 << doublings), m_options.longestPause);
    // Between half and all of it.
    return Milliseconds(
        static_cast<std::int64_t>(static_cast<double>(whole.count()) * (0.5 + m_random() / 2)));
}

Awaitable<void> StateFollower::pause(Milliseconds time) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

Awaitable<Status> StateFollower::follow() {
    const Result<engine::EngineStatus> status = co_await m_engine.status(m_options.statusDeadline);
    if (!status) {
        co_return fail(status.error());
    }
    if (status->learner) {
        co_return co_await followAsLearner();
    }
    if (applied() == Revision() || co_await engineIsBehind()) {
        if (const Status listed = co_await list(); !listed) {
            co_return listed;
        }
    }
    co_return co_await watch();
}

Awaitable<Status> StateFollower::watch() {
    using namespace boost::asio::experimental::awaitable_operators; // NOLINT: operators have no other way in
    std::function<Awaitable<void>(engine::WatchBatch)> onBatch = [this](engine::WatchBatch batch) {
        m_failures = 0;
        return apply(std::move(batch));
    };
    auto ended = co_await (m_engine.watch(Revision(applied().value() + 1), std::move(onBatch)) ||
                           m_model.damaged() || silence());
    if (ended.index() == 1) {
        co_return co_await list();
    }
    if (ended.index() == 2) {
        m_logger.warning(
            "the engine's watch has fallen silent and is begun anew",
            {{"revision", std::to_string(applied().value())}, {"behind", std::to_string(lag().revisions)}});
        co_return Status();
    }
    const engine::WatchEnd& end = std::get<0>(ended);
    if (end.compactedTo) {
        m_logger.info("the engine no longer has the changes since the read model's revision: listing anew",
                      {{"revision", std::to_string(applied().value())},
                       {"compacted_to", std::to_string(end.compactedTo->value())}});
        co_return co_await list();
    }
    co_return fail(end.error);
}

Awaitable<void> StateFollower::silence() {
    for (Revision before = applied();;) {
        co_await pause(m_options.longestSilence);
        const Revision now = applied();
        if (now == before && lag().time >= m_options.longestSilence) {
            co_return;
        }
        before = now;
    }
}

// A read model that is ahead of the whole group was made from another history (an engine restored from a
// copy).
Awaitable<bool> StateFollower::engineIsBehind() {
    const Result<Revision> newest = co_await m_engine.barrier(m_options.barrierDeadline);
    if (!newest || *newest >= applied()) {
        co_return false; // without quorum nobody can tell: what is on disk stays
    }
    m_logger.warning("the read model is ahead of the engine and is built anew",
                     {{"revision", std::to_string(applied().value())},
                      {"engine_revision", std::to_string(newest->value())}});
    co_return true;
}

Awaitable<Status> StateFollower::followAsLearner() {
    engine::Range probe;
    probe.key = std::string(1, '\0');
    probe.limit = 1;
    probe.serializable = true;
    const Result<engine::RangeResult> newest = co_await m_engine.range(probe, m_options.statusDeadline);
    if (!newest) {
        co_return fail(newest.error());
    }
    if (newest->revision != applied() || m_model.isDamaged()) {
        if (const Status listed = co_await list(); !listed) {
            co_return listed;
        }
    }
    co_await pause(m_options.learnerPoll);
    co_return Status();
}

Awaitable<Status> StateFollower::list() {
    const Result<Revision> listed = co_await listState(m_engine, m_model, m_options.list);
    if (!listed) {
        co_return fail(listed.error());
    }
    m_gate.set(*listed);
    publish({*listed, nullptr});
    co_return Status();
}

Awaitable<void> StateFollower::apply(engine::WatchBatch batch) {
    const auto shared = std::make_shared<const engine::WatchBatch>(std::move(batch));
    for (;;) {
        if (shared->revision <= applied()) {
            co_return; // already in a list that was made in the meantime
        }
        const Status done = co_await m_model.apply(shared);
        if (done) {
            m_gate.set(shared->revision);
            publish({shared->revision, shared});
            co_return;
        }
        m_logger.warning("the read model refused a change: listing anew", {{"reason", done.error().message}});
        if (const Status listed = co_await list(); !listed) {
            co_await pause(nextPause());
        }
    }
}

Awaitable<Status> StateFollower::waitFor(Revision revision, Milliseconds deadline) {
    co_return co_await m_gate.wait(revision, deadline);
}

Awaitable<Status> StateFollower::readBarrier(Milliseconds deadline) {
    const MonotonicTime begun = m_clock.monotonic();
    const Result<Revision> newest = co_await m_barrier.wait(deadline);
    if (!newest) {
        co_return fail(newest.error());
    }
    m_gate.expect(*newest);
    const auto spent = std::chrono::duration_cast<Milliseconds>(m_clock.monotonic() - begun);
    co_return co_await m_gate.wait(*newest, std::max(deadline - spent, Milliseconds(0)));
}

std::shared_ptr<Subscription> StateFollower::subscribe() {
    auto subscription = std::make_shared<Subscription>();
    const std::lock_guard lock(m_mutex);
    m_subscriptions.push_back(subscription);
    return subscription;
}

void StateFollower::publish(Applied applied) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_subscriptions, [&](const std::weak_ptr<Subscription>& weak) {
        const std::shared_ptr<Subscription> subscription = weak.lock();
        if (subscription) {
            subscription->push(applied);
        }
        return !subscription;
    });
}

} // namespace pilothouse::state
