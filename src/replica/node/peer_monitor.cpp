// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/peer_monitor.h"

#include "replica/node/sleep.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <cmath>

namespace pilothouse::node {
namespace {

bool sameConsensus(const api::Consensus& a, const api::Consensus& b) {
    return a.role == b.role && a.leader == b.leader && a.term == b.term && a.held_index == b.held_index &&
           a.applied_index == b.applied_index && a.revision == b.revision && a.quorum == b.quorum;
}

// Whether what a peer says of itself differs in more than its clock.
bool matters(const api::Heartbeat& a, const api::Heartbeat& b) {
    return !sameConsensus(a.consensus, b.consensus) || a.health.healthy != b.health.healthy ||
           a.health.code != b.health.code || a.draining != b.draining || a.version != b.version;
}

} // namespace

PeerMonitor::PeerMonitor(boost::asio::any_io_executor executor, const Clock& clock, StatusBoard& board,
                         HeartbeatAsker ask, EngineAsker askEngine, Milliseconds interval,
                         ChangeListener onChange)
    : m_executor(std::move(executor)), m_clock(clock), m_board(board), m_ask(std::move(ask)),
      m_askEngine(std::move(askEngine)), m_interval(interval), m_onChange(std::move(onChange)) {}

PeerMonitor::~PeerMonitor() {
    stop();
}

void PeerMonitor::setPeers(const std::vector<api::Member>& peers) {
    std::map<std::string, std::shared_ptr<Peer>> next;
    for (const auto& member : peers) {
        const auto known = m_peers.find(member.id);
        if (known != m_peers.end() && known->second->member.url == member.url) {
            known->second->member = member;
            next[member.id] = known->second;
            m_peers.erase(known);
            continue;
        }
        auto peer = std::make_shared<Peer>();
        peer->member = member;
        peer->view.id = member.id;
        next[member.id] = peer;
        boost::asio::co_spawn(m_executor, watch(peer), boost::asio::detached);
    }
    for (const auto& [id, gone] : m_peers) {
        gone->stopped = true;
        m_board.update([&id = id](StatusParts& parts) { parts.peers.erase(id); }, true);
    }
    m_peers = std::move(next);
}

void PeerMonitor::stop() {
    for (const auto& [id, peer] : m_peers) {
        peer->stopped = true;
    }
    m_peers.clear();
}

boost::asio::awaitable<void> PeerMonitor::watch(std::shared_ptr<Peer> peer) {
    while (!peer->stopped) {
        const auto asked = m_clock.monotonic();
        const auto answer = co_await m_ask(peer->member);
        if (peer->stopped) {
            co_return;
        }
        const std::chrono::duration<double, std::milli> took = m_clock.monotonic() - asked;
        if (answer.heartbeat) {
            heard(*peer, answer, took.count());
        } else {
            missed(*peer, answer);
            co_await lookAtEngine(peer);
        }
        const auto rest = m_interval - std::chrono::duration_cast<Milliseconds>(took);
        co_await sleepFor(std::max(rest, m_interval / 4));
    }
}

void PeerMonitor::heard(Peer& peer, const HeartbeatAnswer& answer, double roundTripMs) {
    auto& view = peer.view;
    const bool answeredBefore = view.reach == api::Reach::ok;
    const bool failedBefore = view.failing_since.has_value();
    const bool urgent =
        !answeredBefore || failedBefore || !view.heartbeat || matters(*view.heartbeat, *answer.heartbeat);
    const bool returned = failedBefore && !answeredBefore;
    peer.failures = 0;
    view.reach = api::Reach::ok;
    view.error.reset();
    view.engine_answers.reset();
    view.failing_since.reset();
    view.heard_at = toRfc3339(m_clock.wall());
    view.round_trip_ms = std::round(roundTripMs * 100) / 100;
    view.heartbeat = answer.heartbeat;
    if (const auto theirs = parseRfc3339(answer.heartbeat->at)) {
        const std::chrono::duration<double, std::milli> offset = *theirs - m_clock.wall();
        view.clock_offset_ms = std::round(offset.count() + roundTripMs / 2);
    }
    publish(peer, urgent);
    if (returned && m_onChange) {
        m_onChange(peer.member, true);
    }
}

void PeerMonitor::missed(Peer& peer, const HeartbeatAnswer& answer) {
    auto& view = peer.view;
    ++peer.failures;
    if (!view.failing_since) {
        view.failing_since = toRfc3339(m_clock.wall());
    }
    if (peer.failures < failuresToBeLost && answer.reach == api::Reach::timeout) {
        publish(peer, true); // whoever reads "ok, failing since now" can doubt it
        return;
    }
    const bool answeredBefore = view.reach == api::Reach::ok;
    const bool urgent = view.reach != answer.reach;
    view.reach = answer.reach;
    view.error = answer.error;
    publish(peer, urgent);
    if (answeredBefore && m_onChange) {
        m_onChange(peer.member, false);
    }
}

// One whose host refuses has ended, and its engine with it.
boost::asio::awaitable<void> PeerMonitor::lookAtEngine(std::shared_ptr<Peer> peer) {
    std::optional<bool> answers;
    if (peer->view.reach == api::Reach::timeout) {
        answers = co_await m_askEngine(peer->member);
    }
    if (!peer->stopped && peer->view.engine_answers != answers) {
        peer->view.engine_answers = answers;
        publish(*peer, true);
    }
}

void PeerMonitor::publish(const Peer& peer, bool urgent) {
    m_board.update([&](StatusParts& parts) { parts.peers[peer.view.id] = peer.view; }, urgent);
}

} // namespace pilothouse::node
