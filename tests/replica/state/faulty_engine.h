// SPDX-License-Identifier: GPL-3.0-or-later
// An engine that passes everything on to another, and fails as told.
#pragma once

#include "replica/engine/engine.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace pilothouse::state::test {

class FaultyEngine : public engine::Engine {
public:
    template <typename T>
    using Awaitable = engine::Awaitable<T>;

    explicit FaultyEngine(engine::Engine& inner) : m_inner(inner) {}

    int loseAnswers = 0;       // so many transactions that write are done, but their answer never comes
    int loseRequests = 0;      // so many transactions never leave
    int strayRequests = 0;     // so many transactions that write are lost on their way, and nobody knows
    bool noQuorum = false;     // no write, no linearizable read, no lease
    int loseMemberAnswers = 0; // so many membership verbs are done, but their answer never comes
    bool failMemberVerbs = false;
    int refuseRanges = 0; // so many ranges fail
    // Runs before a transaction that writes is passed on: for what others do in between. Taken once.
    std::function<Awaitable<void>()> beforeWrite;
    // Runs after one was done, before its answer comes. Taken once.
    std::function<Awaitable<void>()> afterWrite;
    int writes = 0; // transactions that write and were passed on
    int groups = 0; // of several transactions
    int ranges = 0; // ranges passed on
    // Runs before each barrier is passed on.
    std::function<Awaitable<void>()> beforeBarrier;
    int barriers = 0;         // passed on
    bool muteWatches = false; // those that run give nothing any more

    Awaitable<Result<engine::TransactionResult>> transact(engine::Transaction transaction,
                                                          Milliseconds deadline) override {
        const bool write = writesIn(transaction);
        if (const Status may = co_await depart(write); !may) {
            co_return fail(may.error());
        }
        Result<engine::TransactionResult> result =
            co_await m_inner.transact(std::move(transaction), deadline);
        if (write && afterWrite) {
            const std::function<Awaitable<void>()> hook = std::exchange(afterWrite, nullptr);
            co_await hook();
        }
        const Status arrived = arrive(write);
        co_return arrived ? std::move(result) : fail(arrived.error());
    }
    // A group counts as one.
    Awaitable<Result<std::vector<engine::TransactionResult>>>
    transactAll(std::vector<engine::Transaction> independent, Milliseconds deadline) override {
        const bool write = std::any_of(independent.begin(), independent.end(), writesIn);
        if (const Status may = co_await depart(write); !may) {
            co_return fail(may.error());
        }
        ++groups;
        auto results = co_await m_inner.transactAll(std::move(independent), deadline);
        const Status arrived = arrive(write);
        co_return arrived ? std::move(results) : fail(arrived.error());
    }
    Awaitable<Result<engine::RangeResult>> range(engine::Range range, Milliseconds deadline) override {
        if (noQuorum && !range.serializable) {
            co_return fail(ErrorCode::timeout, "there is no quorum");
        }
        if (refuseRanges > 0) {
            --refuseRanges;
            co_return fail(ErrorCode::unavailable, "the engine does not answer");
        }
        ++ranges;
        co_return co_await m_inner.range(std::move(range), deadline);
    }
    Awaitable<Result<Revision>> barrier(Milliseconds deadline) override {
        if (noQuorum) {
            co_return fail(ErrorCode::timeout, "there is no quorum");
        }
        ++barriers;
        if (beforeBarrier) {
            co_await beforeBarrier();
        }
        co_return co_await m_inner.barrier(deadline);
    }
    Awaitable<engine::WatchEnd> watch(Revision from,
                                      std::function<Awaitable<void>(engine::WatchBatch)> onBatch) override {
        std::function<Awaitable<void>(engine::WatchBatch)> heard =
            [this, onBatch = std::move(onBatch),
             muted = false](engine::WatchBatch batch) mutable -> Awaitable<void> {
            muted = muted || muteWatches;
            if (!muted) {
                co_await onBatch(std::move(batch));
            }
        };
        return m_inner.watch(from, std::move(heard));
    }
    Awaitable<Result<std::int64_t>> grantLease(std::chrono::seconds timeToLive,
                                               Milliseconds deadline) override {
        if (noQuorum) {
            co_return fail(ErrorCode::timeout, "there is no quorum");
        }
        co_return co_await m_inner.grantLease(timeToLive, deadline);
    }
    Awaitable<Status> keepLease(std::int64_t lease, Milliseconds deadline) override {
        return m_inner.keepLease(lease, deadline);
    }
    Awaitable<Status> revokeLease(std::int64_t lease, Milliseconds deadline) override {
        return m_inner.revokeLease(lease, deadline);
    }
    Awaitable<Result<std::vector<engine::EngineMember>>> members(Milliseconds deadline) override {
        return m_inner.members(deadline);
    }
    Awaitable<Result<engine::EngineMember>> addLearner(std::string peerUrl, Milliseconds deadline) override {
        if (failMemberVerbs) {
            co_return fail(ErrorCode::unavailable, "unhealthy cluster");
        }
        Result<engine::EngineMember> added = co_await m_inner.addLearner(std::move(peerUrl), deadline);
        if (loseMemberAnswers > 0) {
            --loseMemberAnswers;
            co_return fail(ErrorCode::timeout, "the engine's answer was lost");
        }
        co_return added;
    }
    Awaitable<Status> promote(std::uint64_t member, Milliseconds deadline) override {
        return m_inner.promote(member, deadline);
    }
    Awaitable<Status> removeMember(std::uint64_t member, Milliseconds deadline) override {
        return m_inner.removeMember(member, deadline);
    }
    Awaitable<Status> transferLeadership(std::uint64_t toMember, Milliseconds deadline) override {
        return m_inner.transferLeadership(toMember, deadline);
    }
    Awaitable<Result<engine::EngineStatus>> status(Milliseconds deadline) override {
        return m_inner.status(deadline);
    }
    Awaitable<Result<std::vector<engine::EngineAlarm>>> alarms(Milliseconds deadline) override {
        return m_inner.alarms(deadline);
    }
    Awaitable<Status> disarm(engine::EngineAlarm alarm, Milliseconds deadline) override {
        return m_inner.disarm(std::move(alarm), deadline);
    }
    Awaitable<Status> compact(Revision upTo, Milliseconds deadline) override {
        return m_inner.compact(upTo, deadline);
    }
    Awaitable<Status> defragment(Milliseconds deadline) override { return m_inner.defragment(deadline); }

private:
    Awaitable<Status> depart(bool write) {
        if (noQuorum) {
            co_return fail(ErrorCode::timeout, "there is no quorum");
        }
        if (write && loseRequests > 0) {
            --loseRequests;
            co_return fail(ErrorCode::unavailable, "the engine does not answer");
        }
        if (write && strayRequests > 0) {
            --strayRequests;
            co_return fail(ErrorCode::timeout, "the engine does not answer");
        }
        if (write && beforeWrite) {
            const std::function<Awaitable<void>()> hook = std::exchange(beforeWrite, nullptr);
            co_await hook();
        }
        writes += write ? 1 : 0;
        co_return Status();
    }
    Status arrive(bool write) {
        if (write && loseAnswers > 0) {
            --loseAnswers;
            return fail(ErrorCode::timeout, "the engine's answer was lost");
        }
        return {};
    }
    static bool writesIn(const engine::Transaction& transaction) {
        for (const engine::Operation& operation : transaction.then) {
            if (!std::holds_alternative<engine::Get>(operation)) {
                return true;
            }
        }
        return false;
    }

    engine::Engine& m_inner;
};

} // namespace pilothouse::state::test
