// SPDX-License-Identifier: GPL-3.0-or-later
// Hands the group's leadership from one replica to another.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "replica/engine/engine.h"
#include "replica/node/engine_monitor.h"
#include "replica/node/peer_client.h"
#include "replica/node/peer_monitor.h"
#include "replica/node/status_board.h"

#include <boost/asio/awaitable.hpp>

namespace pilothouse::node {

// Only the leader's own engine can hand over; other replicas pass the request on to it. Any executor.
class Leadership {
public:
    // `ask` looks at a replica before it is made the leader.
    Leadership(engine::Engine& engine, EngineMonitor& monitor, StatusBoard& board, PeerClient& peers,
               HeartbeatAsker ask)
        : m_engine(engine), m_monitor(monitor), m_board(board), m_peers(peers), m_ask(std::move(ask)) {}

    // Makes `target` the leader, and returns once this replica sees that it is. Harmless when it is already.
    // While there is a quorum and an election goes on, waits for its end. Errors: notFound (no such voter),
    // conflict (not in contact or not a voter), unavailable (no leader).
    [[nodiscard]] boost::asio::awaitable<Status> makeLeader(const ReplicaId& target, Milliseconds deadline);

    // Before a planned stop: hands over to the follower that holds the most, if this replica leads and there
    // is one. Nothing to do is success.
    [[nodiscard]] boost::asio::awaitable<Status> handOver(Milliseconds deadline);

private:
    // The status as soon as it names a leader, or cannot be expected to.
    [[nodiscard]] boost::asio::awaitable<StatusBoard::SnapshotPtr> onceSomebodyLeads(Milliseconds deadline);
    [[nodiscard]] boost::asio::awaitable<Status> transfer(const ReplicaId& target, Milliseconds deadline);
    [[nodiscard]] boost::asio::awaitable<Status> waitForLeader(const ReplicaId& target,
                                                               Milliseconds deadline);

    engine::Engine& m_engine;
    EngineMonitor& m_monitor;
    StatusBoard& m_board;
    PeerClient& m_peers;
    HeartbeatAsker m_ask;
};

} // namespace pilothouse::node
