// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/leadership.h"

#include "api/admin.h"
#include "api/json.h"
#include "replica/node/sleep.h"

#include <algorithm>

namespace pilothouse::node {
namespace {

const api::Member* findMember(const api::ClusterStatus& status, const std::string& id) {
    const auto found = std::find_if(status.members.begin(), status.members.end(),
                                    [&](const api::Member& m) { return m.id == id; });
    return found == status.members.end() ? nullptr : &*found;
}

} // namespace

boost::asio::awaitable<Status> Leadership::makeLeader(const ReplicaId& target, Milliseconds deadline) {
    const auto snapshot = co_await onceSomebodyLeads(deadline);
    const auto& status = snapshot->status;
    const auto* member = findMember(status, target.str());
    if (member == nullptr) {
        co_return fail(ErrorCode::notFound, "There is no replica " + target.str() + " in this cluster");
    }
    if (!member->voting) {
        co_return fail(ErrorCode::conflict, member->name + " does not vote yet, so it cannot lead");
    }
    const auto& leader = status.self.consensus.leader;
    if (!leader) {
        co_return fail(ErrorCode::unavailable, "There is no leader that could hand over",
                       "Wait for an election, or bring back a majority");
    }
    if (*leader == target.str()) {
        co_return Status();
    }
    if (*leader == status.self.id) {
        // Asked now: what was last seen of it may be from before it started, or died.
        const auto now = co_await m_ask(*member);
        if (now.reach != api::Reach::ok) {
            co_return fail(ErrorCode::conflict,
                           member->name + " does not answer, so it cannot lead: " + now.error,
                           "Start it first");
        }
        if (auto done = co_await transfer(target, deadline); !done) {
            co_return done;
        }
        co_return co_await waitForLeader(target, deadline);
    }
    const auto* leading = findMember(status, *leader);
    if (leading == nullptr) {
        co_return fail(ErrorCode::unavailable,
                       "The leader " + *leader + " is not a member that this replica knows yet");
    }
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/api/v0/cluster/leader";
    request.headers.set("Content-Type", "application/json");
    request.body = api::toJson(api::MakeLeader{target.str()});
    if (auto passedOn = co_await m_peers.send(*leading, std::move(request), deadline); !passedOn) {
        co_return fail(Error(passedOn.error()));
    }
    co_return co_await waitForLeader(target, deadline);
}

boost::asio::awaitable<StatusBoard::SnapshotPtr> Leadership::onceSomebodyLeads(Milliseconds deadline) {
    const auto end = http::within(deadline);
    for (;;) {
        auto snapshot = m_board.snapshot();
        const auto& consensus = snapshot->status.self.consensus;
        if (consensus.leader || !consensus.quorum || http::within(Milliseconds(0)) >= end) {
            co_return snapshot;
        }
        co_await sleepFor(Milliseconds(20));
    }
}

boost::asio::awaitable<Status> Leadership::handOver(Milliseconds deadline) {
    const auto snapshot = m_board.snapshot();
    const auto& status = snapshot->status;
    if (status.self.consensus.role != api::Role::leader) {
        co_return Status();
    }
    const api::PeerView* best = nullptr;
    for (const auto& peer : status.peers) {
        const auto* member = findMember(status, peer.id);
        if (member == nullptr || !member->voting || peer.reach != api::Reach::ok || !peer.heartbeat) {
            continue;
        }
        if (best == nullptr || peer.heartbeat->consensus.held_index > best->heartbeat->consensus.held_index) {
            best = &peer;
        }
    }
    if (best == nullptr) {
        co_return Status();
    }
    co_return co_await transfer(ReplicaId(best->id), deadline);
}

boost::asio::awaitable<Status> Leadership::transfer(const ReplicaId& target, Milliseconds deadline) {
    const auto member = m_monitor.engineMemberOf(target);
    if (!member) {
        co_return fail(ErrorCode::unavailable,
                       "The engine member of replica " + target.str() + " is not known yet");
    }
    co_return co_await m_engine.transferLeadership(*member, deadline);
}

boost::asio::awaitable<Status> Leadership::waitForLeader(const ReplicaId& target, Milliseconds deadline) {
    const auto end = http::within(deadline);
    while (http::within(Milliseconds(0)) < end) {
        if (m_board.snapshot()->status.self.consensus.leader == target.str()) {
            co_return Status();
        }
        co_await sleepFor(Milliseconds(20));
    }
    co_return fail(ErrorCode::timeout,
                   "The hand-over to " + target.str() + " was asked for, but it does not lead yet",
                   "Look at the status: another election may have won");
}

} // namespace pilothouse::node
