// SPDX-License-Identifier: GPL-3.0-or-later
// Carries out the cluster's running operation, at the replica that leads.
//
// The leader because it is one of those that can reach a majority, and because there is a new one as soon as
// it fails: that one goes on where the record says. What two of them do at once is harmless; the record,
// which each step compares, lets only one go on.
#pragma once

#include "base/log.h"
#include "replica/operations/performer.h"
#include "replica/state/state_writer.h"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <string>

namespace pilothouse::operations {

class OperationRunner {
public:
    // `running`: whether there is one, as far as this replica knows. `leads`: whether this one does.
    OperationRunner(state::StateWriter& writer, Performer& performer, std::function<bool()> running,
                    std::function<bool()> leads, Logger log)
        : m_writer(writer), m_performer(performer), m_running(std::move(running)), m_leads(std::move(leads)),
          m_log(std::move(log)) {}

    // Until cancelled.
    [[nodiscard]] boost::asio::awaitable<void> run();

private:
    // The record as this replica read or wrote it last.
    struct Held {
        state::OperationRecord record;
        Revision modified;
    };
    enum class Pace { atOnce, later };

    [[nodiscard]] boost::asio::awaitable<std::optional<Held>> load();
    [[nodiscard]] boost::asio::awaitable<std::optional<state::MembershipRecord>> settledMembership();
    [[nodiscard]] boost::asio::awaitable<std::optional<bool>>
    isCommitted(const state::OperationRecord& record);
    [[nodiscard]] boost::asio::awaitable<std::optional<bool>> hasNewName(const api::Operation& operation);
    [[nodiscard]] boost::asio::awaitable<Pace> goOn(Held& held);
    [[nodiscard]] boost::asio::awaitable<Pace> cancelOrNot(Held& held);
    [[nodiscard]] boost::asio::awaitable<Pace> undo(Held& held);
    [[nodiscard]] boost::asio::awaitable<Pace> forward(Held& held);
    [[nodiscard]] boost::asio::awaitable<Pace> took(Held& held, const Checked& checked);
    [[nodiscard]] boost::asio::awaitable<Pace> waits(Held& held, const Waits& why);
    [[nodiscard]] boost::asio::awaitable<Pace> store(Held& held);
    [[nodiscard]] boost::asio::awaitable<Pace> finish(Held& held, domain::OperationPhase how);
    [[nodiscard]] std::string self() const { return m_writer.self().str(); }

    // For how long the present step has waited, in this replica's hands.
    struct Wait {
        std::string step;
        Waits why;
        MonotonicTime since;               // the step's first wait
        MonotonicTime moved;               // that something changed for the better
        std::string sinceWall;             // for people
        std::optional<MonotonicTime> told; // in the record
        Waits toldWhy;
    };

    state::StateWriter& m_writer;
    Performer& m_performer;
    std::function<bool()> m_running;
    std::function<bool()> m_leads;
    Logger m_log;
    std::optional<Wait> m_wait;
};

} // namespace pilothouse::operations
