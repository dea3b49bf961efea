// SPDX-License-Identifier: GPL-3.0-or-later
// Restarts one replica of a running cluster, and waits until it takes part again.
//
// A replica tells with its status which start of its program answers, so that whoever carries the step out
// knows whether it has been restarted already, whatever happened in between.
#pragma once

#include "replica/node/leadership.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/operations/member_views.h"
#include "replica/operations/pool_steps.h"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace pilothouse::operations {

// What a restart works with, all of which must outlive it.
struct RestartUses {
    node::StatusBoard& board;
    node::PeerClient& peers;
    node::Leadership& leadership;
    PoolSteps& pool;
    std::function<void()> restartSelf; // soon after
};

// On one strand.
class RestartSteps {
public:
    explicit RestartSteps(RestartUses uses) : m_uses(std::move(uses)) {}

    [[nodiscard]] boost::asio::awaitable<StepOutcome> restart(const state::OperationRecord& record,
                                                              Subject subject);
    // A replica that is being restarted can be told nothing until it answers again.
    [[nodiscard]] boost::asio::awaitable<StepOutcome> undoRestart(Subject subject);

private:
    [[nodiscard]] boost::asio::awaitable<StepOutcome> order(const std::string& operation, Subject subject,
                                                            std::string instance);
    [[nodiscard]] boost::asio::awaitable<StepOutcome>
    takesPart(const MemberViews& views, const state::RestartRecord& before, Subject subject);
    [[nodiscard]] boost::asio::awaitable<MemberViews> views();

    RestartUses m_uses;
    std::string m_ordered; // operation and replica
};

// Those that answer, as they are before they are restarted.
[[nodiscard]] std::vector<state::RestartRecord> restartsOf(const MemberViews& views);

// What a restart of `replica` waits for now, because the others do not make a majority without it. Nothing in
// a cluster of one or two, which no restart leaves with one. Pure.
[[nodiscard]] std::optional<Waits> othersWait(const domain::ChangeFacts& facts, const std::string& replica);

} // namespace pilothouse::operations
