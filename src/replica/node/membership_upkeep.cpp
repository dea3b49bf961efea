// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/membership_upkeep.h"

#include "replica/node/sleep.h"

#include <algorithm>

namespace pilothouse::node {
namespace {

constexpr Milliseconds round{500};
constexpr Milliseconds roundWithoutLeader{100};
constexpr int roundsPerReconcile = 4;     // 2 s
constexpr int roundsPerHousekeeping = 60; // half a minute
constexpr Milliseconds writeDeadline{2000};
constexpr Milliseconds promoteDeadline{20'000};
constexpr Milliseconds longestPreparation{30'000}; // longer than any promotion takes

bool sameAlarms(const std::vector<api::Alarm>& a, const std::vector<api::Alarm>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const api::Alarm& x, const api::Alarm& y) {
        return x.kind == y.kind && x.replica == y.replica;
    });
}

} // namespace

MembershipUpkeep::MembershipUpkeep(const Clock& clock, StatusBoard& board, EngineMonitor& monitor,
                                   PeerClient& peers, state::StateFollower& follower,
                                   state::MembershipService& membership, state::ClusterService& cluster,
                                   state::Housekeeping& housekeeping, state::SigningKeyService& signingKeys,
                                   const state::ReadModel& model, state::Announcement announcement,
                                   std::optional<std::string> externalUrl, Logger log,
                                   std::function<void(Error)> onRefused)
    : m_clock(clock), m_board(board), m_monitor(monitor), m_peers(peers), m_follower(follower),
      m_membership(membership), m_cluster(cluster), m_housekeeping(housekeeping), m_signingKeys(signingKeys),
      m_model(model), m_announcement(std::move(announcement)), m_externalUrl(std::move(externalUrl)),
      m_log(std::move(log)), m_onRefused(std::move(onRefused)) {}

boost::asio::awaitable<void> MembershipUpkeep::run() {
    for (;; ++m_round) {
        const auto snapshot = m_board.snapshot();
        const auto& self = snapshot->status.self;
        if (self.consensus.role == api::Role::learner) {
            co_await asLearner();
        } else if (self.consensus.quorum) {
            co_await asVoter();
            if (self.consensus.role == api::Role::leader) {
                co_await asLeader();
            }
        }
        co_await sleepFor(self.consensus.leader ? round : roundWithoutLeader);
    }
}

// The engine refuses until the learner is in sync, so asking is all there is to do.
boost::asio::awaitable<void> MembershipUpkeep::asLearner() {
    const auto snapshot = m_board.snapshot();
    if (m_follower.applied() == Revision()) {
        co_return; // it does not even hold the first list
    }
    for (const auto& member : snapshot->status.members) {
        if (!member.voting || member.id == snapshot->status.self.id) {
            continue;
        }
        http::ClientRequest request;
        request.method = "POST";
        request.target = "/api/v0/cluster/promote";
        const auto promoted = co_await m_peers.send(member, std::move(request), promoteDeadline);
        if (promoted) {
            m_log.info("this replica votes now");
            co_return;
        }
        m_log.debug("not promoted yet: " + promoted.error().message);
        if (promoted.error().code == ErrorCode::conflict) {
            co_return;
        }
    }
}

boost::asio::awaitable<void> MembershipUpkeep::asVoter() {
    if (!m_announced) {
        const Status announced = co_await m_cluster.announce(m_announcement, writeDeadline);
        m_announced = announced.has_value();
        if (!announced && announced.error().code == ErrorCode::conflict) {
            m_onRefused(announced.error());
        }
    }
    if (m_announced && m_externalUrl) {
        co_await recordExternalUrl();
    }
    co_await lookForAlarms();
}

// Once for each start: where replicas are told different addresses, the one that was started last has its
// way.
boost::asio::awaitable<void> MembershipUpkeep::recordExternalUrl() {
    const auto recorded = m_board.snapshot()->status.cluster.external_url;
    if (recorded != m_externalUrl) {
        state::Request request;
        request.deadline = writeDeadline;
        const auto written = co_await m_cluster.setExternalUrl(std::move(request), m_externalUrl);
        if (!written) {
            m_log.debug("the external address waits: " + written.error().message);
            co_return;
        }
        m_log.info("clients reach the cluster at " + *m_externalUrl);
    }
    m_externalUrl.reset();
}

// Whoever prepared a change of the voters is gone: pushes need not wait for it any longer.
boost::asio::awaitable<void> MembershipUpkeep::dropWhatWasPrepared() {
    const auto state = m_model.snapshot();
    if (!state->membership || !state->membership->record.next || state->operation) {
        m_preparedSince.reset();
        co_return;
    }
    const MonotonicTime now = m_clock.monotonic();
    if (!m_preparedSince || m_preparedSince->revision != state->membership->modified) {
        m_preparedSince = {state->membership->modified, now};
    } else if (now - m_preparedSince->at > longestPreparation) {
        const auto dropped = co_await m_membership.setNext(std::nullopt, std::nullopt, writeDeadline);
        m_log.info(dropped ? "a change of the voters that nobody goes on with was taken back"
                           : "a change of the voters waits: " + dropped.error().message);
    }
}

boost::asio::awaitable<void> MembershipUpkeep::asLeader() {
    co_await dropWhatWasPrepared();
    // Engine ids are learnt by reconciling: until they are, nobody can tell who leads.
    const auto snapshot = m_board.snapshot();
    if (m_round % roundsPerReconcile == 0 || !snapshot->status.self.consensus.leader) {
        const auto done = co_await m_membership.reconcile(writeDeadline);
        if (!done && done.error().code != ErrorCode::conflict) {
            m_log.debug("the membership record waits: " + done.error().message);
        }
    }
    // A new cluster's first key does not wait for its round: without one nobody gets a token.
    if (m_round % roundsPerHousekeeping == 0 || state::SigningKeyService::isMissing(*m_model.snapshot())) {
        co_await rotateSigningKeys();
    }
    if (m_round % roundsPerHousekeeping == 0) {
        const Status compacted = co_await m_housekeeping.compact(writeDeadline);
        const Status trimmed = co_await m_housekeeping.trimEvents(writeDeadline);
        if (!compacted || !trimmed) {
            m_log.warning("housekeeping waits: " + (compacted ? trimmed : compacted).error().text());
        }
        (void)co_await m_cluster.raiseFeatureLevel(writeDeadline); // tried again each time
    }
}

boost::asio::awaitable<void> MembershipUpkeep::rotateSigningKeys() {
    const Status rotated = co_await m_signingKeys.rotate(writeDeadline);
    if (!rotated) {
        m_log.warning("a new key for registry tokens waits: " + rotated.error().text());
    }
}

boost::asio::awaitable<void> MembershipUpkeep::lookForAlarms() {
    auto status = m_monitor.lastStatus();
    if (!status) {
        co_return;
    }
    auto alarms = co_await m_housekeeping.alarms(std::move(*status), writeDeadline);
    if (alarms && !sameAlarms(m_board.snapshot()->status.alarms, *alarms)) {
        m_board.update([&](StatusParts& parts) { parts.alarms = std::move(*alarms); }, true);
    }
}

} // namespace pilothouse::node
