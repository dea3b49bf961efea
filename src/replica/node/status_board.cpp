// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/status_board.h"

#include "api/json.h"
#include "domain/copies.h"
#include "domain/quorum.h"

#include <algorithm>

namespace pilothouse::node {
namespace {

constexpr std::chrono::seconds refreshEvery{5};

// The role of a member as this replica's engine has it: the leader it sees, learners by the record.
api::Role roleOf(const api::Member& member, const api::Consensus& consensus) {
    if (!member.voting) {
        return api::Role::learner;
    }
    if (!consensus.leader) {
        return api::Role::unknown;
    }
    return *consensus.leader == member.id ? api::Role::leader : api::Role::follower;
}

std::optional<domain::MissingBlobs> missingIn(const std::optional<api::Blobs>& blobs) {
    return blobs ? std::optional(domain::MissingBlobs{blobs->missing, blobs->missing_digests}) : std::nullopt;
}

// What each voter that is well lacks; as many entries as there are such voters.
std::vector<std::optional<domain::MissingBlobs>> missingOfWell(const api::ClusterStatus& status) {
    std::vector<std::optional<domain::MissingBlobs>> missing;
    for (const auto& member : status.members) {
        if (!member.voting) {
            continue;
        }
        if (member.id == status.self.id) {
            if (status.self.health.healthy) {
                missing.push_back(missingIn(status.self.blobs));
            }
            continue;
        }
        const auto peer = std::find_if(status.peers.begin(), status.peers.end(),
                                       [&](const api::PeerView& view) { return view.id == member.id; });
        const bool well = peer != status.peers.end() && peer->reach == api::Reach::ok && peer->heartbeat &&
                          peer->heartbeat->health.healthy;
        if (well) {
            missing.push_back(missingIn(peer->heartbeat->blobs));
        }
    }
    return missing;
}

void addMargins(api::ClusterStatus& status, int voters) {
    if (!status.self.consensus.quorum) {
        return;
    }
    const auto missing = missingOfWell(status);
    status.tolerates_votes = domain::toleratesNow(voters, static_cast<int>(missing.size()));
    status.tolerates = status.tolerates_votes;
    if (const auto copies = domain::copiesOf(missing)) {
        status.tolerates_data = copies->tolerates;
        status.min_copies = copies->fewest;
        status.under_replicated_blobs = copies->underReplicated;
        status.tolerates = std::min(*status.tolerates_votes, *status.tolerates_data);
    }
}

} // namespace

StatusBoard::StatusBoard(const Clock& clock, api::ReplicaStatus self, api::ClusterInfo cluster,
                         MonotonicTime::duration holdsFor)
    : m_clock(clock), m_startedAt(clock.monotonic()), m_holdsFor(holdsFor) {
    m_parts.self = std::move(self);
    m_parts.cluster = std::move(cluster);
    publishIfDue();
}

void StatusBoard::update(const std::function<void(StatusParts&)>& change, bool urgent) {
    const std::lock_guard lock(m_mutex);
    change(m_parts);
    m_urgent = m_urgent || urgent;
}

void StatusBoard::publishIfDue() {
    std::vector<std::function<void()>> listeners;
    {
        const std::lock_guard lock(m_mutex);
        const auto now = m_clock.monotonic();
        m_checkedAt = now;
        const bool moved = m_snapshot && m_completeUpTo && m_snapshot->status.self.blobs &&
                           m_snapshot->status.self.blobs->complete_up_to != m_completeUpTo().value();
        if (m_snapshot && !m_urgent && !moved && now - m_publishedAt < refreshEvery) {
            return;
        }
        auto next = std::make_shared<StatusSnapshot>();
        next->version = m_snapshot ? m_snapshot->version + 1 : 1;
        next->status = compose();
        next->json = api::toJson(next->status);
        m_snapshot = std::move(next);
        m_urgent = false;
        m_publishedAt = now;
        for (const auto& [id, listener] : m_listeners) {
            listeners.push_back(listener);
        }
    }
    for (const auto& listener : listeners) {
        listener();
    }
}

api::ClusterStatus StatusBoard::compose() const {
    api::ClusterStatus status;
    status.cluster = m_parts.cluster;
    status.observer = m_parts.self.id;
    status.observed_at = toRfc3339(m_clock.wall());
    status.membership = m_parts.membership;
    status.members = m_parts.members;
    const auto voters = std::count_if(status.members.begin(), status.members.end(),
                                      [](const api::Member& m) { return m.voting; });
    status.quorum = domain::quorumOf(static_cast<int>(voters));
    status.self = m_parts.self;
    status.self.uptime_s =
        std::chrono::duration_cast<std::chrono::seconds>(m_clock.monotonic() - m_startedAt).count();
    addEpochs(status);
    for (auto& member : status.members) {
        member.role = roleOf(member, status.self.consensus);
        // A peer that is no member any more is not reported, one that was never heard is.
        if (const auto peer = m_parts.peers.find(member.id); peer != m_parts.peers.end()) {
            status.peers.push_back(peer->second);
        } else if (member.id != m_parts.self.id) {
            api::PeerView unheard;
            unheard.id = member.id;
            status.peers.push_back(std::move(unheard));
        }
    }
    status.alarms = m_parts.alarms;
    status.operation = m_parts.operation;
    if (status.self.blobs && m_completeUpTo) {
        status.self.blobs->complete_up_to = m_completeUpTo().value();
    }
    addMargins(status, static_cast<int>(voters));
    return status;
}

void StatusBoard::addEpochs(api::ClusterStatus& status) const {
    if (!m_parts.former.empty()) {
        auto& all = status.former.emplace(m_parts.former);
        for (auto& former : all) {
            if (const auto peer = m_parts.peers.find(former.id); peer != m_parts.peers.end()) {
                former.seen = peer->second;
            }
        }
    }
    if (m_parts.newerEpoch) { // whatever its engine does, this replica takes no part in it
        status.newer_epoch = m_parts.newerEpoch;
        status.self.consensus.role = api::Role::unknown;
        status.self.consensus.leader.reset();
        status.self.consensus.quorum = false;
    }
}

StatusBoard::SnapshotPtr StatusBoard::snapshot() const {
    const std::lock_guard lock(m_mutex);
    return m_snapshot;
}

StatusBoard::Look StatusBoard::look() const {
    const std::lock_guard lock(m_mutex);
    return {m_snapshot, m_clock.monotonic() - m_checkedAt, m_holdsFor};
}

std::uint64_t StatusBoard::subscribe(std::function<void()> listener) {
    const std::lock_guard lock(m_mutex);
    m_listeners.emplace(m_nextListener, std::move(listener));
    return m_nextListener++;
}

void StatusBoard::unsubscribe(std::uint64_t id) {
    const std::lock_guard lock(m_mutex);
    m_listeners.erase(id);
}

} // namespace pilothouse::node
