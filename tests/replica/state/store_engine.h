// SPDX-License-Identifier: GPL-3.0-or-later
// The least of an engine that the state needs, in memory and on one thread: what happened stays in a log, so
// that any revision can be read and watched again.
#pragma once

#include "replica/engine/engine.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pilothouse::state::test {

class StoreEngine : public engine::Engine {
public:
    template <typename T>
    using Awaitable = engine::Awaitable<T>;
    using Store = std::map<std::string, engine::Entry>;

    engine::EngineStatus ownStatus;
    std::vector<engine::EngineMember> list;
    std::vector<engine::EngineAlarm> raised;
    bool inSync = true; // learners may be promoted
    int alarmsAsked = 0;
    std::int64_t usedBytes = 0; // what defragmenting leaves

    [[nodiscard]] const Store& content() const { return m_store; }
    [[nodiscard]] Revision revision() const { return m_revision; }
    // The lease's time is over: its keys go.
    void expire(std::int64_t lease);
    // Ends every watch, as a broken connection does.
    void breakWatches() { ++m_watchGeneration; }
    // Another history: what an engine restored from an old copy has.
    void reset();

    Awaitable<Result<engine::TransactionResult>> transact(engine::Transaction transaction,
                                                          Milliseconds) override;
    Awaitable<Result<std::vector<engine::TransactionResult>>>
    transactAll(std::vector<engine::Transaction> independent, Milliseconds) override;
    Awaitable<Result<engine::RangeResult>> range(engine::Range range, Milliseconds) override;
    Awaitable<Result<Revision>> barrier(Milliseconds) override { co_return m_revision; }
    Awaitable<engine::WatchEnd> watch(Revision from,
                                      std::function<Awaitable<void>(engine::WatchBatch)> onBatch) override;
    Awaitable<Result<std::int64_t>> grantLease(std::chrono::seconds, Milliseconds) override;
    Awaitable<Status> keepLease(std::int64_t lease, Milliseconds) override;
    Awaitable<Status> revokeLease(std::int64_t lease, Milliseconds) override;
    Awaitable<Result<std::vector<engine::EngineMember>>> members(Milliseconds) override { co_return list; }
    Awaitable<Result<engine::EngineMember>> addLearner(std::string peerUrl, Milliseconds) override;
    Awaitable<Status> promote(std::uint64_t member, Milliseconds) override;
    Awaitable<Status> removeMember(std::uint64_t member, Milliseconds) override;
    Awaitable<Status> transferLeadership(std::uint64_t, Milliseconds) override { co_return Status(); }
    Awaitable<Result<engine::EngineStatus>> status(Milliseconds) override;
    Awaitable<Result<std::vector<engine::EngineAlarm>>> alarms(Milliseconds) override {
        ++alarmsAsked;
        co_return raised;
    }
    Awaitable<Status> disarm(engine::EngineAlarm alarm, Milliseconds) override;
    Awaitable<Status> compact(Revision upTo, Milliseconds) override;
    Awaitable<Status> defragment(Milliseconds) override {
        ownStatus.databaseBytes = std::min(ownStatus.databaseBytes, usedBytes);
        co_return Status();
    }

private:
    static constexpr std::size_t noLimit = ~std::size_t{0};
    [[nodiscard]] bool holds(const engine::Compare& compare) const;
    [[nodiscard]] static bool holds(const engine::Compare& compare, const engine::Entry& entry);
    [[nodiscard]] static std::vector<engine::Entry> entriesIn(const Store& store, const std::string& key,
                                                              const std::string& rangeEnd,
                                                              std::size_t limit = noLimit);
    [[nodiscard]] Status check(const std::vector<engine::Transaction>& transactions) const;
    void apply(const std::vector<engine::Operation>& operations, engine::TransactionResult& result,
               engine::WatchBatch& batch);
    static void replay(const engine::WatchBatch& batch, Store& store);
    void commit(engine::WatchBatch batch);

    Revision m_revision{1};
    Revision m_compacted{0};
    Store m_store;
    std::vector<engine::WatchBatch> m_log; // one for each revision from 2
    std::set<std::int64_t> m_leases;
    std::int64_t m_nextLease = 100;
    std::uint64_t m_nextMember = 100;
    int m_watchGeneration = 0;
};

} // namespace pilothouse::state::test
