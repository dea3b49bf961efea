// SPDX-License-Identifier: GPL-3.0-or-later
// What a running replica asks its peers, and what it makes of their answers.
#include "replica/replica_parts.h"

namespace pilothouse {
namespace {

constexpr Milliseconds heartbeatDeadline{1000};

} // namespace

void ReplicaParts::takeNewerEpoch(const std::optional<api::NewerEpoch>& by) {
    board.update([&](node::StatusParts& parts) { parts.newerEpoch = by; }, true);
}

// Those of earlier epochs come and go as they like.
void ReplicaParts::peerChanged(const api::Member& peer, bool answers) {
    if (model.snapshot()->members.find(peer.id) != nullptr) {
        events.peerChanged(peer, answers);
    }
}

node::HeartbeatAsker ReplicaParts::heartbeatAsker() {
    return [this](const api::Member& peer) { return askHeartbeat(peer); };
}

boost::asio::awaitable<node::HeartbeatAnswer> ReplicaParts::askHeartbeat(api::Member peer) {
    auto answer = co_await peerClient.askHeartbeat(peer, heartbeatDeadline);
    const auto& heard = answer.heartbeat;
    if (heard && heard->id == peer.id && heard->cluster_id == files.identity.cluster_id) {
        fence.heard(*heard, peer.name);
    }
    co_return answer;
}

boost::asio::awaitable<bool> ReplicaParts::askEngine(const api::Member& peer) {
    const auto state = model.snapshot();
    const auto* member = state->members.find(peer.id);
    if (member == nullptr) {
        co_return false;
    }
    co_return co_await engineProbe.answers(ReplicaId(peer.id), member->record.peer_url, heartbeatDeadline);
}

} // namespace pilothouse
