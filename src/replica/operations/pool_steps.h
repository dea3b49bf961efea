// SPDX-License-Identifier: GPL-3.0-or-later
// Steps about the load balancer's pool: out of it, until nothing runs there any more, and back.
#pragma once

#include "replica/node/drain_switch.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/operations/member_views.h"
#include "replica/operations/performer.h"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace pilothouse::operations {

// On one strand. All that it works with must outlive it.
class PoolSteps {
public:
    PoolSteps(const Clock& clock, node::StatusBoard& board, node::PeerClient& peers, node::DrainSwitch& drain)
        : m_clock(clock), m_board(board), m_peers(peers), m_drain(drain) {}

    // Done, too, when the replica is no member (any more).
    [[nodiscard]] boost::asio::awaitable<StepOutcome> setDraining(Subject subject, bool draining);
    // Until no request is answered there, and a load balancer that is known has had the time to see that none
    // should be sent.
    [[nodiscard]] boost::asio::awaitable<StepOutcome> finishRequests(const std::string& operation,
                                                                     Subject subject);

private:
    [[nodiscard]] std::optional<Waits> balancerWaits(const std::string& operation, const Subject& subject,
                                                     const MemberViews& views);

    const Clock& m_clock;
    node::StatusBoard& m_board;
    node::PeerClient& m_peers;
    node::DrainSwitch& m_drain;
    // Who drains for which operation, and since when this replica knows.
    struct Drained {
        std::string operation;
        std::string replica;
        MonotonicTime since;
    };
    std::optional<Drained> m_drained;
};

} // namespace pilothouse::operations
