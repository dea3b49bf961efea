// SPDX-License-Identifier: GPL-3.0-or-later
// What each step of an operation does. Every step may be performed again at any time, here or at another
// replica: what is done already stays as it is.
#pragma once

#include "replica/node/leadership.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/operations/join_steps.h"
#include "replica/operations/member_views.h"
#include "replica/operations/performer.h"
#include "replica/operations/pool_steps.h"
#include "replica/operations/restart_steps.h"
#include "replica/state/cluster_service.h"

#include <boost/asio/awaitable.hpp>

namespace pilothouse::operations {

// What the steps work with, all of which must outlive them.
struct StepUses {
    node::StatusBoard& board;
    node::PeerClient& peers;
    node::Leadership& leadership;
    state::MembershipService& membership;
    state::ClusterService& cluster;
    PoolSteps& pool;
    RestartSteps& restart;
    JoinSteps& join;
};

// On one strand.
class StepPerformer : public Performer {
public:
    explicit StepPerformer(StepUses uses) : m_uses(uses) {}

    [[nodiscard]] boost::asio::awaitable<StepOutcome> perform(domain::StepKind step,
                                                              const state::OperationRecord& record,
                                                              state::MembershipService::Guard guard) override;
    [[nodiscard]] boost::asio::awaitable<StepOutcome> undo(domain::StepKind step,
                                                           const state::OperationRecord& record,
                                                           state::MembershipService::Guard guard) override;

private:
    using Operation = api::Operation;
    [[nodiscard]] boost::asio::awaitable<StepOutcome> check(const Operation& operation);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> handOver(Subject subject);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> makeLeader(Subject subject);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> rename(const Operation& operation,
                                                             state::MembershipService::Guard guard);
    // `prepared`: by which membership they were counted; nullopt where its copies do not count.
    [[nodiscard]] boost::asio::awaitable<StepOutcome>
    completeCopies(const Operation& operation, const state::MembershipService::Guard& guard,
                   std::optional<Revision>& prepared);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> removeMember(const Operation& operation,
                                                                   state::MembershipService::Guard guard);
    [[nodiscard]] boost::asio::awaitable<StepOutcome> stopReplica(const state::OperationRecord& record);
    [[nodiscard]] boost::asio::awaitable<StepOutcome>
    repairCopies(const Operation& operation, const state::MembershipService::Guard& guard);
    [[nodiscard]] boost::asio::awaitable<MemberViews> views();

    StepUses m_uses;
};

// Whether a majority of `voters` has every blob that was recorded up to `since`, by their own word: Done, or
// what is waited for. Pure.
[[nodiscard]] StepOutcome copiesUpTo(const MemberViews& views, const std::vector<std::string>& voters,
                                     Revision since);

} // namespace pilothouse::operations
