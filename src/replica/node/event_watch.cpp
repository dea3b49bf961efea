// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/event_watch.h"

#include "api/admin.h"
#include "api/events.h"
#include "replica/node/sleep.h"
#include "replica/state/event_keys.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace pilothouse::node {
namespace {

namespace kind = api::event;
namespace keys = state::event_keys;

constexpr Milliseconds recordDeadline{1500};
constexpr Milliseconds flushEvery{1000};
constexpr std::int64_t recentEvents = 500; // far enough back to find the last word on each peer
// Replicas that are started together come up one after the other: one that has not been heard yet is not
// lost.
constexpr std::chrono::seconds mayStillCome{5};
// The board publishes every 100 ms: what was noticed just before this replica led is on it by then.
constexpr Milliseconds boardIsNewWithin{250};

bool answers(const api::PeerView& peer) {
    return peer.reach == api::Reach::ok || peer.reach == api::Reach::unknown;
}

bool isVoter(const api::ClusterStatus& status, const std::string& replica) {
    return std::any_of(status.members.begin(), status.members.end(),
                       [&](const api::Member& member) { return member.id == replica && member.voting; });
}

// The newest event of one of these kinds about that replica.
std::optional<std::string> lastWordOn(const std::string& replica, const api::EventPage& page,
                                      std::initializer_list<std::string_view> kinds) {
    const auto last = std::find_if(page.events.begin(), page.events.end(), [&](const api::Event& event) {
        return event.subject == replica && std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
    });
    return last == page.events.end() ? std::nullopt : std::optional(last->kind);
}

} // namespace

EventWatch::EventWatch(boost::asio::any_io_executor executor, const Clock& clock, StatusBoard& board,
                       state::EventRecorder& recorder, state::ReadModel& model, ReplicaId self, Epoch epoch,
                       Logger log)
    : m_executor(std::move(executor)), m_clock(clock), m_board(board), m_recorder(recorder), m_model(model),
      m_self(std::move(self)), m_epoch(epoch), m_begun(clock.monotonic()),
      m_startedAt(toRfc3339(clock.wall())), m_log(std::move(log)) {}

state::EventRecord EventWatch::make(std::string_view eventKind, const std::string& subject, Term term,
                                    std::string message) const {
    return {.kind = std::string(eventKind),
            .at = toRfc3339(m_clock.wall()),
            .observer = m_self.str(),
            .subject = subject,
            .subject_name = nameOf(subject),
            .term = term.value(),
            .message = std::move(message)};
}

std::string EventWatch::nameOf(const std::string& replica) const {
    const auto snapshot = m_board.snapshot();
    const auto& members = snapshot->status.members;
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const api::Member& m) { return m.id == replica; });
    if (found != members.end()) {
        return found->name;
    }
    return replica == m_self.str() ? snapshot->status.self.name : replica;
}

void EventWatch::record(std::string name, state::EventRecord event) {
    m_log.info(event.message);
    boost::asio::co_spawn(
        m_executor,
        [this, name = std::move(name), event = std::move(event)]() mutable -> boost::asio::awaitable<void> {
            const Status done = co_await m_recorder.record(std::move(name), std::move(event), recordDeadline);
            if (!done) {
                m_log.error("an event cannot be recorded: " + done.error().text());
            }
        },
        boost::asio::detached);
}

void EventWatch::consensusChanged(const EngineMonitor::Change& before, const EngineMonitor::Change& after) {
    m_leads = after.leader == m_self;
    if (after.leader && (after.leader != before.leader || after.term != before.term)) {
        leaderElected(before, after);
    }
    if (m_hadQuorum && before.quorum && !after.quorum && !m_quorumLost) {
        m_quorumLost = true;
        record(keys::contactLost(m_epoch, m_self, nextOccasion()),
               make(kind::quorumLost, m_self.str(), before.term, nameOf(m_self.str()) + " sees no quorum"));
    }
    if (after.quorum) {
        if (m_quorumLost) {
            record(keys::contactRegained(m_epoch, m_self, nextOccasion()),
                   make(kind::quorumRegained, m_self.str(), after.term,
                        nameOf(m_self.str()) + " sees a quorum again"));
            m_quorumLost = false;
        }
        m_hadQuorum = true;
    }
}

void EventWatch::leaderElected(const EngineMonitor::Change& before, const EngineMonitor::Change& after) {
    const std::string& leader = after.leader->str();
    std::string message = nameOf(leader) + " leads since term " + std::to_string(after.term.value());
    if (before.leader && before.leader != after.leader) {
        message = "The leader moved from " + nameOf(before.leader->str()) + " to " + nameOf(leader);
    }
    record(keys::leader(m_epoch, after.term),
           make(kind::leaderChanged, leader, after.term, std::move(message)));
    if (*after.leader == m_self) {
        boost::asio::co_spawn(m_executor, tellOfLostPeers(), boost::asio::detached);
    }
}

void EventWatch::peerChanged(const api::Member& peer, bool answersNow) {
    const bool toldLost = answersNow && m_toldLost.erase(peer.id) > 0;
    if (!m_leads) {
        return;
    }
    if (!answersNow || toldLost) {
        recordPeer(peer.id, answersNow);
    } else {
        boost::asio::co_spawn(m_executor, tellOfReturn(peer.id), boost::asio::detached);
    }
}

void EventWatch::recordPeer(const std::string& peer, bool answersNow) {
    if (!answersNow) {
        m_toldLost.insert(peer);
    }
    const auto eventKind = answersNow ? kind::replicaReturned : kind::replicaLost;
    const Term term(m_board.snapshot()->status.self.consensus.term);
    record(keys::ofReplica(eventKind, m_epoch, peer, m_self.str() + "-" + nextOccasion()),
           make(eventKind, peer, term,
                nameOf(peer) + (answersNow ? " answers its peers again" : " does not answer its peers")));
}

std::string EventWatch::nextOccasion() {
    return m_startedAt + "-" + std::to_string(++m_occasions);
}

boost::asio::awaitable<void> EventWatch::tellOfReturn(std::string peer) {
    const auto page = co_await m_model.eventsBefore(Revision(), recentEvents);
    if (page && lastWordOn(peer, *page, {kind::replicaLost, kind::replicaReturned}) == kind::replicaLost) {
        recordPeer(peer, true);
    }
}

boost::asio::awaitable<void> EventWatch::tellOfLostPeers() {
    const auto up = m_clock.monotonic() - m_begun;
    const auto wait = std::chrono::ceil<Milliseconds>(mayStillCome - up);
    co_await sleepFor(std::max(wait, boardIsNewWithin));
    const auto page = co_await m_model.eventsBefore(Revision(), recentEvents);
    if (!page || !m_leads) {
        co_return;
    }
    const auto snapshot = m_board.snapshot();
    for (const auto& peer : snapshot->status.peers) {
        if (answers(peer) || m_toldLost.contains(peer.id)) {
            continue;
        }
        const auto last = lastWordOn(
            peer.id, *page,
            {kind::replicaLost, kind::replicaReturned, kind::replicaStarted, kind::replicaStopped});
        // A learner of which nobody has heard anything has yet to be started for the first time.
        const bool wasThere = last ? last == kind::replicaReturned || last == kind::replicaStarted
                                   : isVoter(snapshot->status, peer.id);
        if (wasThere) {
            recordPeer(peer.id, false);
        }
    }
}

void EventWatch::drainChanged(bool draining) {
    record(keys::ofReplica(draining ? kind::drained : kind::undrained, m_epoch, m_self.str(),
                           toRfc3339(m_clock.wall())),
           make(draining ? kind::drained : kind::undrained, m_self.str(), Term(),
                nameOf(m_self.str()) + (draining ? " is draining" : " takes traffic again")));
}

void EventWatch::engineRestarted(const std::string& why) {
    record(keys::ofReplica(kind::engineRestarted, m_epoch, m_self.str(), toRfc3339(m_clock.wall())),
           make(kind::engineRestarted, m_self.str(), Term(),
                "The engine of " + nameOf(m_self.str()) + " was restarted: " + why));
}

void EventWatch::certificateRenewed(const api::Certificate& certificate) {
    record(keys::ofReplica(kind::certificateRenewed, m_epoch, m_self.str(), certificate.sha256),
           make(kind::certificateRenewed, m_self.str(), Term(),
                "The " + certificate.use + " certificate of " + nameOf(m_self.str()) + " was renewed until " +
                    certificate.not_after));
}

void EventWatch::started() {
    record(keys::ofReplica(kind::replicaStarted, m_epoch, m_self.str(), m_startedAt),
           make(kind::replicaStarted, m_self.str(), Term(), nameOf(m_self.str()) + " started"));
}

boost::asio::awaitable<void> EventWatch::stopped(Milliseconds deadline) {
    const Status done = co_await m_recorder.record(
        keys::ofReplica(kind::replicaStopped, m_epoch, m_self.str(), m_startedAt),
        make(kind::replicaStopped, m_self.str(), Term(), nameOf(m_self.str()) + " was stopped"), deadline);
    if (!done) {
        m_log.warning("the stop cannot be recorded: " + done.error().text());
    }
}

boost::asio::awaitable<void> EventWatch::flushing() {
    for (;;) {
        if (m_board.snapshot()->status.self.consensus.quorum) {
            (void)co_await m_recorder.flush(recordDeadline); // what is still held comes with the next round
        }
        co_await sleepFor(flushEvery);
    }
}

} // namespace pilothouse::node
