// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster's side of a join: tokens, certificates for a new replica, its place as a learner.
#pragma once

#include "api/admin.h"
#include "base/clock.h"
#include "base/log.h"
#include "replica/node/status_board.h"
#include "replica/provision/layout.h"
#include "replica/security/sealed_box.h"
#include "replica/state/follower.h"
#include "replica/state/join_tokens.h"
#include "replica/state/membership.h"
#include "replica/state/read_model.h"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace pilothouse::node {

// Any executor. Everything it needs is in the state, so any voter can do it.
class Joining {
public:
    Joining(const Clock& clock, StatusBoard& board, state::ReadModel& model, state::StateFollower& follower,
            state::JoinTokenService& tokens, state::MembershipService& membership,
            const security::SealedBox& box, std::string clusterKey, Logger log);

    // What a token is made for: the replica's id, and the record of the operation that joins it.
    struct Purpose {
        std::string replicaId;
        state::MembershipService::Guard operation;
    };
    // `purpose`: nullopt for a person's own use.
    [[nodiscard]] boost::asio::awaitable<Result<api::CreatedJoinToken>>
    createToken(state::Request request, api::CreateJoinToken wanted,
                std::optional<Purpose> purpose = std::nullopt);
    // Uses the token up, signs the new replica's keys, adds it as a learner, and gives it what it needs to
    // start. Repeating it with the same keys is harmless at any point.
    [[nodiscard]] boost::asio::awaitable<Result<api::JoinAnswer>> join(api::JoinRequest request);

private:
    struct Signed {
        std::string nodeCertificate;
        std::string peerCertificate;
    };
    [[nodiscard]] boost::asio::awaitable<Result<state::MembershipRecord>> add(state::MemberRecord member);
    [[nodiscard]] Status checkHost(const api::JoinRequest& request, const state::Snapshot& state) const;
    [[nodiscard]] Result<Signed> sign(const api::JoinRequest& request, const state::JoinTokenRecord& token,
                                      const state::Snapshot& state) const;

    const Clock& m_clock;
    StatusBoard& m_board;
    state::ReadModel& m_model;
    state::StateFollower& m_follower;
    state::JoinTokenService& m_tokens;
    state::MembershipService& m_membership;
    const security::SealedBox& m_box;
    const std::string m_clusterKey;
    Logger m_log;
};

} // namespace pilothouse::node
