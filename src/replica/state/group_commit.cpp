// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/group_commit.h"

#include "replica/engine/footprint.h"
#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;
using engine::Transaction;
using engine::TransactionResult;

namespace {

constexpr std::size_t mostInGroup = 32;
// Keys and values; far below what the engine takes in one request, so that a group is never what is refused.
constexpr std::size_t mostBytesInGroup = std::size_t{256} * 1024;

std::size_t bytesOf(const std::vector<engine::Operation>& writer) {
    std::size_t bytes = 0;
    for (const engine::Operation& operation : writer) {
        if (const auto* put = std::get_if<engine::Put>(&operation)) {
            bytes += put->key.size() + put->value.size();
        } else if (const auto* gone = std::get_if<engine::Delete>(&operation)) {
            bytes += gone->key.size() + gone->rangeEnd.size();
        }
    }
    return bytes;
}

std::size_t bytesOf(const Transaction& transaction) {
    std::size_t bytes = bytesOf(transaction.then) + bytesOf(transaction.otherwise);
    for (const engine::Compare& compare : transaction.compares) {
        bytes += compare.key.size() + compare.rangeEnd.size() + compare.value.size();
    }
    return bytes;
}

// The engine refused what it was asked, rather than that nobody answered: who of them is the cause?
bool isRefusal(const Error& error) {
    return error.code != ErrorCode::timeout && error.code != ErrorCode::unavailable;
}

} // namespace

struct GroupCommit::Write {
    Write(Transaction what, const boost::asio::any_io_executor& executor)
        : transaction(std::move(what)), waiter(std::make_shared<Waiter>(executor)) {}

    Transaction transaction; // of the one who sends it, once it is not waiting any more
    const std::shared_ptr<Waiter> waiter;
    std::optional<Result<TransactionResult>> outcome; // guarded by Inner::mutex
};

struct GroupCommit::Inner {
    Inner(engine::Engine& of, Milliseconds within) : engine(of), attempt(within) {}

    // Those that may go together, the oldest among them. Under the mutex.
    [[nodiscard]] Group next() {
        Group group;
        engine::Footprint footprint;
        std::size_t bytes = 0;
        for (auto write = waiting.begin(); write != waiting.end() && group.size() < mostInGroup;) {
            const std::size_t size = bytesOf((*write)->transaction);
            const bool fits = group.empty() || bytes + size <= mostBytesInGroup;
            if (fits && footprint.add((*write)->transaction)) {
                bytes += size;
                group.push_back(std::move(*write));
                write = waiting.erase(write);
            } else {
                ++write;
            }
        }
        return group;
    }
    void ended(Write& write, Result<TransactionResult> outcome) {
        const std::lock_guard lock(mutex);
        write.outcome = std::move(outcome);
        write.waiter->wake();
    }

    engine::Engine& engine;
    const Milliseconds attempt;
    std::mutex mutex; // guards what follows
    std::deque<std::shared_ptr<Write>> waiting;
    bool running = false;
};

GroupCommit::GroupCommit(engine::Engine& engine, Milliseconds attempt)
    : m_inner(std::make_shared<Inner>(engine, attempt)) {}

Awaitable<Result<TransactionResult>> GroupCommit::transact(Transaction transaction, Milliseconds deadline) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto write = std::make_shared<Write>(std::move(transaction), executor);
    bool start = false;
    {
        const std::lock_guard lock(m_inner->mutex);
        m_inner->waiting.push_back(write);
        start = !std::exchange(m_inner->running, true);
    }
    if (start) {
        boost::asio::co_spawn(executor, drive(m_inner), boost::asio::detached);
    }
    (void)co_await write->waiter->wait(deadline);
    const std::lock_guard lock(m_inner->mutex);
    if (write->outcome) {
        co_return std::move(*write->outcome);
    }
    if (std::erase(m_inner->waiting, write) > 0) {
        co_return fail(ErrorCode::unavailable, "the cluster did not take the change within the deadline",
                       "Try again when the cluster has quorum");
    }
    co_return fail(ErrorCode::timeout, "the cluster did not confirm the change within the deadline",
                   "Try again when the cluster has quorum");
}

Awaitable<void> GroupCommit::drive(std::shared_ptr<Inner> inner) {
    for (;;) {
        Group group;
        {
            const std::lock_guard lock(inner->mutex);
            group = inner->next();
            inner->running = !group.empty();
        }
        if (group.empty()) {
            co_return;
        }
        co_await send(*inner, group);
    }
}

Awaitable<void> GroupCommit::sendAlone(Inner& inner, const std::shared_ptr<Write>& write) {
    Result<TransactionResult> outcome =
        co_await inner.engine.transact(std::move(write->transaction), inner.attempt);
    inner.ended(*write, std::move(outcome));
}

Awaitable<void> GroupCommit::send(Inner& inner, const Group& group) {
    if (group.size() == 1) {
        co_return co_await sendAlone(inner, group.front());
    }
    std::vector<Transaction> transactions;
    for (const std::shared_ptr<Write>& write : group) {
        transactions.push_back(write->transaction);
    }
    auto outcomes = co_await inner.engine.transactAll(std::move(transactions), inner.attempt);
    if (!outcomes && isRefusal(outcomes.error())) {
        for (const std::shared_ptr<Write>& write : group) {
            co_await sendAlone(inner, write);
        }
        co_return;
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        inner.ended(*group[i], outcomes ? Result<TransactionResult>(std::move((*outcomes)[i]))
                                        : Result<TransactionResult>(fail(outcomes.error())));
    }
}

} // namespace pilothouse::state
