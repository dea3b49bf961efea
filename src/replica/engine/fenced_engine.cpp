// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/fenced_engine.h"

namespace pilothouse::engine {

template <typename T>
Awaitable<T> FencedEngine::unlessClosed(Awaitable<T> call) {
    if (auto why = m_fence()) {
        co_return fail(std::move(*why)); // the call was not begun, and is dropped
    }
    auto answer = co_await std::move(call);
    co_return answer;
}

Awaitable<Result<TransactionResult>> FencedEngine::transact(Transaction transaction, Milliseconds deadline) {
    return unlessClosed(m_engine.transact(std::move(transaction), deadline));
}

Awaitable<Result<std::vector<TransactionResult>>>
FencedEngine::transactAll(std::vector<Transaction> independent, Milliseconds deadline) {
    return unlessClosed(m_engine.transactAll(std::move(independent), deadline));
}

Awaitable<Result<RangeResult>> FencedEngine::range(Range range, Milliseconds deadline) {
    const bool own = range.serializable;
    auto call = m_engine.range(std::move(range), deadline);
    return own ? std::move(call) : unlessClosed(std::move(call));
}

Awaitable<Result<Revision>> FencedEngine::barrier(Milliseconds deadline) {
    return unlessClosed(m_engine.barrier(deadline));
}

Awaitable<WatchEnd> FencedEngine::watch(Revision from, std::function<Awaitable<void>(WatchBatch)> onBatch) {
    return m_engine.watch(from, std::move(onBatch));
}

Awaitable<Result<std::int64_t>> FencedEngine::grantLease(std::chrono::seconds timeToLive,
                                                         Milliseconds deadline) {
    return unlessClosed(m_engine.grantLease(timeToLive, deadline));
}

Awaitable<Status> FencedEngine::keepLease(std::int64_t lease, Milliseconds deadline) {
    return unlessClosed(m_engine.keepLease(lease, deadline));
}

Awaitable<Status> FencedEngine::revokeLease(std::int64_t lease, Milliseconds deadline) {
    return unlessClosed(m_engine.revokeLease(lease, deadline));
}

Awaitable<Result<std::vector<EngineMember>>> FencedEngine::members(Milliseconds deadline) {
    return m_engine.members(deadline);
}

Awaitable<Result<EngineMember>> FencedEngine::addLearner(std::string peerUrl, Milliseconds deadline) {
    return unlessClosed(m_engine.addLearner(std::move(peerUrl), deadline));
}

Awaitable<Status> FencedEngine::promote(std::uint64_t member, Milliseconds deadline) {
    return unlessClosed(m_engine.promote(member, deadline));
}

Awaitable<Status> FencedEngine::removeMember(std::uint64_t member, Milliseconds deadline) {
    return unlessClosed(m_engine.removeMember(member, deadline));
}

Awaitable<Status> FencedEngine::transferLeadership(std::uint64_t toMember, Milliseconds deadline) {
    return m_engine.transferLeadership(toMember, deadline);
}

Awaitable<Result<EngineStatus>> FencedEngine::status(Milliseconds deadline) {
    return m_engine.status(deadline);
}

Awaitable<Result<std::vector<EngineAlarm>>> FencedEngine::alarms(Milliseconds deadline) {
    return m_engine.alarms(deadline);
}

Awaitable<Status> FencedEngine::disarm(EngineAlarm alarm, Milliseconds deadline) {
    return unlessClosed(m_engine.disarm(std::move(alarm), deadline));
}

Awaitable<Status> FencedEngine::compact(Revision upTo, Milliseconds deadline) {
    return unlessClosed(m_engine.compact(upTo, deadline));
}

Awaitable<Status> FencedEngine::defragment(Milliseconds deadline) {
    return m_engine.defragment(deadline);
}

} // namespace pilothouse::engine
