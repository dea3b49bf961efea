// SPDX-License-Identifier: GPL-3.0-or-later
// What carries out the operations of a replica's cluster.
#pragma once

#include "replica/operations/host_inquiry.h"
#include "replica/operations/join_steps.h"
#include "replica/operations/operation_runner.h"
#include "replica/operations/operation_service.h"
#include "replica/operations/promotion.h"
#include "replica/operations/step_performer.h"

#include <functional>

namespace pilothouse {

// All of it outlives the operations.
struct OperationUses {
    boost::asio::any_io_executor executor;
    const Clock& clock;
    state::ReadModel& model;
    state::StateFollower& follower;
    state::StateWriter& writer;
    state::MembershipService& membership;
    state::JoinTokenService& tokens;
    node::StatusBoard& board;
    node::PeerClient& peers;
    node::DrainSwitch& drain;
    node::Leadership& leadership;
    node::Joining& joining;
    state::ClusterService& cluster;
    const security::SealedBox& box;
    std::function<bool()> leads;
    std::function<void()> restartSelf;
    const Logger& log;
};

struct OperationParts {
    explicit OperationParts(const OperationUses& uses)
        : inquiry(uses.clock, uses.executor, uses.model, uses.peers),
          join({uses.executor, uses.board, uses.peers, uses.membership, uses.tokens, uses.joining, inquiry,
                uses.box}),
          pool(uses.clock, uses.board, uses.peers, uses.drain),
          restart({uses.board, uses.peers, uses.leadership, pool, uses.restartSelf}),
          performer(
              {uses.board, uses.peers, uses.leadership, uses.membership, uses.cluster, pool, restart, join}),
          runner(
              uses.writer, performer,
              [&model = uses.model] { return model.snapshot()->operation.has_value(); }, uses.leads,
              uses.log.named("operations")),
          service(uses.writer, uses.model, uses.follower, uses.board, uses.peers, inquiry, uses.box),
          promotion(uses.clock, uses.board, uses.peers, uses.membership) {}

    operations::HostInquiry inquiry;
    operations::JoinSteps join;
    operations::PoolSteps pool;
    operations::RestartSteps restart;
    operations::StepPerformer performer;
    operations::OperationRunner runner;
    operations::OperationService service;
    operations::Promotion promotion;
};

} // namespace pilothouse
