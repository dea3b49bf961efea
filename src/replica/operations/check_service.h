// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of the cluster as people ask for them: any replica asks all, and judges what they say.
#pragma once

#include "api/checks.h"
#include "base/clock.h"
#include "base/result.h"
#include "replica/node/peer_client.h"
#include "replica/node/self_check.h"
#include "replica/node/status_board.h"

#include <boost/asio/awaitable.hpp>

namespace pilothouse::operations {

// Thread-safe. All that it works with must outlive it.
class CheckService {
public:
    explicit CheckService(node::SelfCheckUses uses)
        : m_clock(uses.clock), m_board(uses.board), m_peers(uses.peers), m_self(std::move(uses)) {}

    // What this replica finds of itself.
    [[nodiscard]] boost::asio::awaitable<api::ReplicaChecks> own() { return m_self.run(); }
    // Watches how the disk fills, for as long as the replica runs.
    [[nodiscard]] boost::asio::awaitable<void> watchingDisk() { return m_self.watchingDisk(); }
    // What all find, within 5 s; needs no quorum. ErrorCode::notFound when there is no such replica.
    [[nodiscard]] boost::asio::awaitable<Result<api::ClusterCheck>> check(api::AskCheck wanted);

private:
    const Clock& m_clock;
    node::StatusBoard& m_board;
    node::PeerClient& m_peers;
    node::SelfCheck m_self;
};

} // namespace pilothouse::operations
