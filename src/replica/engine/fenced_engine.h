// SPDX-License-Identifier: GPL-3.0-or-later
// An engine that takes no changes while a fence is closed: of a replica that was left behind in an earlier
// epoch of its cluster.
#pragma once

#include "replica/engine/engine.h"

#include <functional>
#include <utility>

namespace pilothouse::engine {

// While the fence is closed, whatever changes the state or proves a majority fails as it does without one
// (ErrorCode::unavailable), without a word to the engine: this replica and others of its epoch may well be a
// majority of their own. What this member holds can be read. Thread-safe as the engine is, which must outlive
// it.
class FencedEngine : public Engine {
public:
    // Why it takes no changes; nullopt: it takes them. Called on any thread.
    using Fence = std::function<std::optional<Error>()>;

    FencedEngine(Engine& engine, Fence fence) : m_engine(engine), m_fence(std::move(fence)) {}

    Awaitable<Result<TransactionResult>> transact(Transaction transaction, Milliseconds deadline) override;
    Awaitable<Result<std::vector<TransactionResult>>> transactAll(std::vector<Transaction> independent,
                                                                  Milliseconds deadline) override;
    Awaitable<Result<RangeResult>> range(Range range, Milliseconds deadline) override;
    Awaitable<Result<Revision>> barrier(Milliseconds deadline) override;
    Awaitable<WatchEnd> watch(Revision from, std::function<Awaitable<void>(WatchBatch)> onBatch) override;
    Awaitable<Result<std::int64_t>> grantLease(std::chrono::seconds timeToLive,
                                               Milliseconds deadline) override;
    Awaitable<Status> keepLease(std::int64_t lease, Milliseconds deadline) override;
    Awaitable<Status> revokeLease(std::int64_t lease, Milliseconds deadline) override;
    Awaitable<Result<std::vector<EngineMember>>> members(Milliseconds deadline) override;
    Awaitable<Result<EngineMember>> addLearner(std::string peerUrl, Milliseconds deadline) override;
    Awaitable<Status> promote(std::uint64_t member, Milliseconds deadline) override;
    Awaitable<Status> removeMember(std::uint64_t member, Milliseconds deadline) override;
    Awaitable<Status> transferLeadership(std::uint64_t toMember, Milliseconds deadline) override;
    Awaitable<Result<EngineStatus>> status(Milliseconds deadline) override;
    Awaitable<Result<std::vector<EngineAlarm>>> alarms(Milliseconds deadline) override;
    Awaitable<Status> disarm(EngineAlarm alarm, Milliseconds deadline) override;
    Awaitable<Status> compact(Revision upTo, Milliseconds deadline) override;
    Awaitable<Status> defragment(Milliseconds deadline) override;

private:
    // `call` unless the fence is closed.
    template <typename T>
    [[nodiscard]] Awaitable<T> unlessClosed(Awaitable<T> call);

    Engine& m_engine;
    Fence m_fence;
};

} // namespace pilothouse::engine
