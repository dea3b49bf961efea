// SPDX-License-Identifier: GPL-3.0-or-later
// Gives a learner its vote, once that takes nothing away: every blob is then on a majority of the voters with
// it.
#pragma once

#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/operations/member_views.h"
#include "replica/state/membership.h"

#include <boost/asio/awaitable.hpp>

#include <atomic>

namespace pilothouse::operations {

// Whether it has all but the little that is being pushed right now.
[[nodiscard]] bool almostComplete(const api::Blobs& blobs);

// For a replica that joins by a token alone, without an operation. Any executor. All that it works with must
// outlive it.
class Promotion {
public:
    Promotion(const Clock& clock, node::StatusBoard& board, node::PeerClient& peers,
              state::MembershipService& membership)
        : m_clock(clock), m_board(board), m_peers(peers), m_membership(membership) {}

    // Asked by the learner itself, again and again. Harmless when it votes already. ErrorCode::conflict: it
    // is not in sync, or lacks blobs; ErrorCode::unavailable: another one asks, or the membership is being
    // changed.
    [[nodiscard]] boost::asio::awaitable<Status> promote(ReplicaId replica);

private:
    // The revision by which its copies were counted.
    [[nodiscard]] boost::asio::awaitable<Result<Revision>> prepared(const std::string& replica);
    [[nodiscard]] boost::asio::awaitable<Status>
    copied(const std::string& replica, const std::vector<std::string>& voters, Revision since);

    const Clock& m_clock;
    node::StatusBoard& m_board;
    node::PeerClient& m_peers;
    state::MembershipService& m_membership;
    std::atomic<bool> m_busy = false;
};

} // namespace pilothouse::operations
