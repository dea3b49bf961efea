// SPDX-License-Identifier: GPL-3.0-or-later
// Repairs as people ask for them: plan, order, look, put back. Works without quorum.
//
// An order is written to the journal; then the replica has to stop, carryOut() be called on its folder, and a
// replica be started on it again: Replica and `pilothouse-replica serve` do.
#pragma once

#include "api/repair.h"
#include "base/clock.h"
#include "base/log.h"
#include "replica/node/engine_monitor.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/repair/journal.h"
#include "replica/repair/repair_facts.h"
#include "replica/security/random.h"
#include "replica/state/read_model.h"
#include "replica/state/state_writer.h"
#include "replica/state/worker.h"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace pilothouse::repair {

class RepairDesk {
public:
    // `onOrdered`: the replica has to stop for the order; called once the journal has it, on any thread. All
    // that it works with must outlive it.
    RepairDesk(provision::Layout layout, const Clock& clock, const security::Random& random,
               node::StatusBoard& board, node::EngineMonitor& monitor, node::PeerClient& peers,
               const state::ReadModel& model, state::StateWriter& writer, std::function<void()> onOrdered,
               Logger log);

    // What could be saved from this replica, for another one that plans a repair.
    [[nodiscard]] boost::asio::awaitable<Result<api::SurvivorReport>> report();

    // What a repair from this replica would do, and what speaks against it. Asks the other members first.
    [[nodiscard]] boost::asio::awaitable<Result<api::RepairPlan>> plan(api::AskRepair wanted);
    // Orders it. ErrorCode::conflict: a check stands in the way, or another repair; the sentence says which.
    // With the id of the last order it gives that one.
    [[nodiscard]] boost::asio::awaitable<Result<api::Repair>> start(std::string by, api::StartRepair wanted);
    // The last one from this replica. ErrorCode::notFound when there never was one.
    [[nodiscard]] Result<api::Repair> last() const;
    // Orders that the last one is put back. ErrorCode::conflict when it cannot be, or a reason is needed.
    [[nodiscard]] boost::asio::awaitable<Result<api::Repair>> putBack(std::string by, api::PutBack wanted);

    // Ends a repair that this start completes, and records past ones in the state, once this replica is
    // healthy. Ends when there is nothing left to do.
    [[nodiscard]] boost::asio::awaitable<void> concluding();
    // Waits for what is being read or written. Nothing may be asked any more.
    void stop() { m_disk.stop(); }

private:
    struct Planned {
        domain::RepairPlan plan;
        api::RepairPlan told;
    };
    [[nodiscard]] boost::asio::awaitable<Result<Planned>> planNow(std::vector<api::SilentMember> silent,
                                                                  std::vector<api::SeenMember> seen);
    [[nodiscard]] boost::asio::awaitable<Result<Known>> look();
    // Instead of `known`, unless that is nullopt: ErrorCode::conflict when something was ordered since.
    [[nodiscard]] boost::asio::awaitable<Status> save(Journal journal, std::optional<Journal> known);
    [[nodiscard]] boost::asio::awaitable<Result<Journal>> order(Journal journal);
    [[nodiscard]] std::optional<Journal> journal() const;
    [[nodiscard]] std::string whyNotPutBack(const Journal& journal) const;
    [[nodiscard]] api::Repair told(const Journal& journal) const;
    [[nodiscard]] boost::asio::awaitable<Status> conclude(Journal journal);
    [[nodiscard]] boost::asio::awaitable<Status> merge(const Journal& journal);

    const provision::Layout m_layout;
    const Clock& m_clock;
    const security::Random& m_random;
    node::StatusBoard& m_board;
    node::EngineMonitor& m_monitor;
    node::PeerClient& m_peers;
    const state::ReadModel& m_model;
    state::StateWriter& m_writer;
    const std::function<void()> m_onOrdered;
    const Logger m_log;
    std::atomic<bool> m_ordering = false;
    mutable std::mutex m_mutex; // guards what follows
    std::optional<Journal> m_journal;
    std::optional<Error> m_unreadable; // the journal
    state::Worker m_disk;              // last: it ends before the rest goes
};

} // namespace pilothouse::repair
