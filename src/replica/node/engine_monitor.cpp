// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/engine_monitor.h"

#include "replica/node/health.h"
#include "replica/node/sleep.h"

#include <algorithm>

namespace pilothouse::node {
namespace {

// Whether a console or script must be told at once. The read model's revision is not ours to judge.
bool matters(const api::Consensus& a, const api::Consensus& b) {
    return a.role != b.role || a.leader != b.leader || a.term != b.term || a.held_index != b.held_index ||
           a.applied_index != b.applied_index || a.quorum != b.quorum;
}

} // namespace

EngineMonitor::EngineMonitor(const Clock& clock, engine::Engine& engine, StatusBoard& board,
                             TrafficMeter& traffic, EngineMonitorOptions options, ReplicaId self,
                             ChangeListener onChange, ReadListener onRead)
    : m_clock(clock), m_engine(engine), m_board(board), m_traffic(traffic), m_options(options),
      m_self(std::move(self)), m_onChange(std::move(onChange)), m_onRead(std::move(onRead)) {}

boost::asio::awaitable<void> EngineMonitor::run() {
    const auto deadline = std::max(m_options.electionTimeout / 2, Milliseconds(200));
    for (;;) {
        if (auto status = co_await m_engine.status(deadline)) {
            apply(*status);
        } else {
            applyFailure(status.error());
        }
        co_await sleepFor(m_options.poll);
    }
}

boost::asio::awaitable<void> EngineMonitor::confirmQuorum() {
    for (;;) {
        const auto started = m_clock.monotonic();
        if (auto revision = co_await m_engine.barrier(m_options.electionTimeout)) {
            m_traffic.revisionSeen(*revision);
            if (m_onRead) { // before the read counts: nobody may see it without what it found
                m_onRead(*revision);
            }
            const std::lock_guard lock(m_mutex);
            m_lastRead = started;
            m_firstRead = m_firstRead.value_or(*revision);
        }
        const auto rest = m_options.electionTimeout / 2 -
                          std::chrono::duration_cast<Milliseconds>(m_clock.monotonic() - started);
        co_await sleepFor(std::max(rest, m_options.poll / 2));
    }
}

std::optional<Milliseconds> EngineMonitor::sinceLinearizableRead() const {
    const std::lock_guard lock(m_mutex);
    if (!m_lastRead) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<Milliseconds>(m_clock.monotonic() - *m_lastRead);
}

std::optional<Revision> EngineMonitor::firstRead() const {
    const std::lock_guard lock(m_mutex);
    return m_firstRead;
}

std::string EngineMonitor::lastError() const {
    const std::lock_guard lock(m_mutex);
    return m_lastError;
}

std::optional<engine::EngineStatus> EngineMonitor::lastStatus() const {
    const std::lock_guard lock(m_mutex);
    return m_lastStatus;
}

std::optional<ReplicaId> EngineMonitor::replicaOf(std::uint64_t engineMember) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_members.find(engineMember);
    return found == m_members.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint64_t> EngineMonitor::engineMemberOf(const ReplicaId& replica) const {
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_members.begin(), m_members.end(),
                                    [&](const auto& entry) { return entry.second == replica; });
    return found == m_members.end() ? std::nullopt : std::optional(found->first);
}

void EngineMonitor::setMembers(std::unordered_map<std::uint64_t, ReplicaId> byEngineId) {
    const std::lock_guard lock(m_mutex);
    m_members = std::move(byEngineId);
}

void EngineMonitor::apply(const engine::EngineStatus& status) {
    m_answers = true;
    const auto leader = status.leaderId == 0 ? std::nullopt : replicaOf(status.leaderId);
    api::Consensus consensus;
    consensus.term = status.term.value();
    consensus.held_index = status.held.value();
    consensus.applied_index = status.applied.value();
    if (leader) {
        consensus.leader = leader->str();
    }
    if (status.learner) {
        consensus.role = api::Role::learner;
    } else if (status.leaderId != 0) {
        consensus.role = status.leaderId == status.memberId ? api::Role::leader : api::Role::follower;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_lastStatus = status;
        m_lastError.clear();
    }
    m_board.update(
        [&](StatusParts& parts) {
            parts.self.engine.running = true;
            parts.self.engine.version = status.version;
            parts.self.engine.database_bytes = status.databaseBytes;
            parts.self.engine.error.reset();
        },
        false);
    publish(consensus, false);
}

void EngineMonitor::applyFailure(const Error& error) {
    const bool answeredBefore = m_answers.exchange(false);
    {
        const std::lock_guard lock(m_mutex);
        m_lastError = error.message;
    }
    api::Consensus consensus = m_published;
    consensus.role = api::Role::unknown;
    consensus.leader.reset();
    m_board.update(
        [&](StatusParts& parts) {
            parts.self.engine.running = false;
            parts.self.engine.error = error.message;
        },
        answeredBefore);
    publish(consensus, answeredBefore);
}

void EngineMonitor::publish(api::Consensus consensus, bool urgentAnyway) {
    consensus.quorum = hasQuorum(sinceLinearizableRead(), m_options.electionTimeout);
    const bool urgent = urgentAnyway || matters(consensus, m_published);
    m_published = consensus;
    m_board.update(
        [&](StatusParts& parts) {
            consensus.revision = parts.self.consensus.revision;
            parts.self.consensus = consensus;
        },
        urgent);

    Change now{.leader = consensus.leader ? std::optional(ReplicaId(*consensus.leader)) : std::nullopt,
               .term = Term(consensus.term),
               .quorum = consensus.quorum};
    if (m_onChange &&
        (now.leader != m_last.leader || now.term != m_last.term || now.quorum != m_last.quorum)) {
        m_onChange(m_last, now);
    }
    m_last = now;
}

} // namespace pilothouse::node
