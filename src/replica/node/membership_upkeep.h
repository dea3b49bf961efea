// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps records about members true: announces this replica, brings the membership record in line with the
// engine, asks for this replica's promotion while it is a learner, and does the state's housekeeping and
// replaces the keys for registry tokens while it leads.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/node/engine_monitor.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/state/cluster_service.h"
#include "replica/state/follower.h"
#include "replica/state/housekeeping.h"
#include "replica/state/membership.h"
#include "replica/state/read_model.h"
#include "replica/state/signing_keys.h"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <string>

namespace pilothouse::node {

class MembershipUpkeep {
public:
    MembershipUpkeep(const Clock& clock, StatusBoard& board, EngineMonitor& monitor, PeerClient& peers,
                     state::StateFollower& follower, state::MembershipService& membership,
                     state::ClusterService& cluster, state::Housekeeping& housekeeping,
                     state::SigningKeyService& signingKeys, const state::ReadModel& model,
                     state::Announcement announcement, std::optional<std::string> externalUrl, Logger log,
                     std::function<void(Error)> onRefused);

    // Until cancelled. `onRefused` of the constructor is called when this replica may not serve (its version
    // is too old for the cluster).
    [[nodiscard]] boost::asio::awaitable<void> run();

private:
    [[nodiscard]] boost::asio::awaitable<void> asLearner();
    [[nodiscard]] boost::asio::awaitable<void> asVoter();
    [[nodiscard]] boost::asio::awaitable<void> asLeader();
    [[nodiscard]] boost::asio::awaitable<void> dropWhatWasPrepared();
    [[nodiscard]] boost::asio::awaitable<void> rotateSigningKeys();
    [[nodiscard]] boost::asio::awaitable<void> lookForAlarms();
    [[nodiscard]] boost::asio::awaitable<void> recordExternalUrl();

    const Clock& m_clock;
    StatusBoard& m_board;
    EngineMonitor& m_monitor;
    PeerClient& m_peers;
    state::StateFollower& m_follower;
    state::MembershipService& m_membership;
    state::ClusterService& m_cluster;
    state::Housekeeping& m_housekeeping;
    state::SigningKeyService& m_signingKeys;
    const state::ReadModel& m_model;
    const state::Announcement m_announcement;
    std::optional<std::string> m_externalUrl; // to be recorded; nullopt: what is recorded holds
    Logger m_log;
    std::function<void(Error)> m_onRefused;
    struct Prepared {
        Revision revision; // of the membership record
        MonotonicTime at;
    };
    std::optional<Prepared> m_preparedSince;
    bool m_announced = false;
    int m_round = 0;
};

} // namespace pilothouse::node
