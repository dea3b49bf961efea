// SPDX-License-Identifier: GPL-3.0-or-later
// Operations as people ask for them: plan, start, decide, look. Any replica answers; the leader carries them
// out.
#pragma once

#include "api/operations.h"
#include "domain/operation_plan.h"
#include "replica/operations/host_inquiry.h"
#include "replica/operations/member_views.h"
#include "replica/security/sealed_box.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/state_writer.h"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace pilothouse::operations {

// Thread-safe. All that it works with must outlive it.
class OperationService {
public:
    OperationService(state::StateWriter& writer, state::ReadModel& model, state::StateFollower& follower,
                     node::StatusBoard& board, node::PeerClient& peers, HostInquiry& inquiry,
                     const security::SealedBox& box)
        : m_writer(writer), m_model(model), m_follower(follower), m_board(board), m_peers(peers),
          m_inquiry(inquiry), m_box(box) {}

    // What the operation would do, and what speaks against it. Changes nothing; works without quorum.
    // ErrorCode::notFound when there is no such replica, ErrorCode::invalid when there is no such kind, or no
    // readable setup code where one is needed.
    [[nodiscard]] boost::asio::awaitable<Result<api::OperationPlan>> plan(api::AskPlan wanted);

    // Starts it. ErrorCode::conflict: another one is running, or a check stands in the way; the sentence says
    // which.
    [[nodiscard]] boost::asio::awaitable<Result<state::Written<api::Operation>>>
    start(state::Request request, api::StartOperation wanted);

    // ErrorCode::notFound: it is not running (any more). ErrorCode::conflict: it cannot be cancelled any
    // more, or the step cannot be skipped.
    [[nodiscard]] boost::asio::awaitable<Result<state::Written<api::Operation>>>
    decide(state::Request request, std::string id, api::DecideOperation wanted);

    // As far as this replica knows, which is all there is to know while there is quorum. The newest 100.
    [[nodiscard]] boost::asio::awaitable<Result<api::OperationList>> list();
    [[nodiscard]] boost::asio::awaitable<Result<api::Operation>> find(std::string id);

private:
    // What a plan, and an operation, is asked for.
    struct Wanted {
        std::string kind;
        std::string replica;
        std::optional<std::string> setupCode;
        std::optional<std::string> newName;
    };
    struct Planned {
        domain::OperationPlan plan;
        std::optional<api::HostReport> host; // that is to join
    };
    [[nodiscard]] boost::asio::awaitable<Result<Planned>> planNow(Wanted wanted);
    [[nodiscard]] boost::asio::awaitable<Result<Planned>>
    planHost(domain::OperationKind kind, const MemberViews& views, Wanted wanted,
             std::optional<domain::RunningOperation> running);
    [[nodiscard]] Result<state::Change> begin(Planned planned, const api::StartOperation& wanted,
                                              const std::string& by);

    state::StateWriter& m_writer;
    state::ReadModel& m_model;
    state::StateFollower& m_follower;
    node::StatusBoard& m_board;
    node::PeerClient& m_peers;
    HostInquiry& m_inquiry;
    const security::SealedBox& m_box;
};

} // namespace pilothouse::operations
