// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scripted_cluster.h"

#include "base/clock.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pilothouse::test {

std::string ScriptedCluster::idOf(int index) {
    std::array<char, 16> text{};
    const int length = std::snprintf(text.data(), text.size(), "%012d", index + 1);
    return {text.data(), static_cast<std::size_t>(length)};
}

ScriptedCluster::ScriptedCluster(int size, const std::string& name)
    : m_authority(name), m_alive(static_cast<std::size_t>(size), true), m_member(m_alive) {
    for (int i = 0; i < size; ++i) {
        m_replicas.push_back(
            std::make_unique<ScriptedReplica>(m_authority, idOf(i), "reg-" + std::to_string(i + 1)));
        m_replicas.back()->status.cluster.name = name;
        m_replicas.back()->start();
    }
    tellAll();
}

void ScriptedCluster::kill(int index) {
    m_alive.at(static_cast<std::size_t>(index)) = false;
    replica(index).kill();
    const auto living = std::count(m_alive.begin(), m_alive.end(), true);
    const auto voters = std::count(m_member.begin(), m_member.end(), true);
    if (living <= voters / 2) {
        m_leader = -1;
    } else if (m_leader == index) {
        m_leader = static_cast<int>(std::find(m_alive.begin(), m_alive.end(), true) - m_alive.begin());
        ++m_term;
    }
    tellAll();
}

void ScriptedCluster::restart(int index) {
    m_alive.at(static_cast<std::size_t>(index)) = true;
    if (m_leader < 0) {
        m_leader = index;
        ++m_term;
    }
    replica(index).start();
    tellAll();
}

void ScriptedCluster::makeLeader(int index) {
    m_leader = index;
    ++m_term;
    tellAll();
}

void ScriptedCluster::remove(int index) {
    m_member.at(static_cast<std::size_t>(index)) = false;
    ++m_generation;
    kill(index);
}

void ScriptedCluster::addEvent(const std::string& kind, int subject, const std::string& message) {
    api::Event event;
    event.revision = ++m_revision;
    event.kind = kind;
    event.at = toRfc3339(systemClock().wall());
    event.observer = idOf(0);
    event.subject = idOf(subject);
    event.subject_name = replica(subject).status.self.name;
    event.message = message;
    for (int i = 0; i < size(); ++i) {
        if (m_alive[static_cast<std::size_t>(i)]) {
            replica(i).addEvent(event);
        }
    }
}

void ScriptedCluster::tellAll() {
    for (int i = 0; i < size(); ++i) {
        if (m_alive[static_cast<std::size_t>(i)]) {
            describe(i);
            replica(i).publish();
        }
    }
}

void ScriptedCluster::describe(int observer) {
    auto& status = replica(observer).status;
    auto& consensus = status.self.consensus;
    consensus.role = observer == m_leader ? api::Role::leader : api::Role::follower;
    consensus.leader = m_leader < 0 ? std::nullopt : std::optional(idOf(m_leader));
    consensus.term = m_term;
    consensus.held_index = 100;
    consensus.applied_index = 100;
    consensus.revision = m_revision;
    consensus.quorum = m_leader >= 0;
    status.self.health = m_leader >= 0 ? api::Health{true, api::Unhealthy::none, ""}
                                       : api::Health{false, api::Unhealthy::no_quorum, "There is no leader"};
    status.membership.generation = m_generation;
    status.members.clear();
    status.peers.clear();
    for (int i = 0; i < size(); ++i) {
        if (!m_member[static_cast<std::size_t>(i)]) {
            continue;
        }
        api::Member member;
        member.id = idOf(i);
        member.name = replica(i).status.self.name;
        member.url = replica(i).url();
        member.voting = true;
        member.role = i == m_leader ? api::Role::leader : api::Role::follower;
        status.members.push_back(member);
        if (i != observer) {
            status.peers.push_back(viewOf(i));
        }
    }
    status.quorum = static_cast<std::int64_t>(status.members.size() / 2 + 1);
}

api::PeerView ScriptedCluster::viewOf(int peer) const {
    const auto& other = m_replicas.at(static_cast<std::size_t>(peer))->status;
    const auto now = toRfc3339(systemClock().wall());
    api::PeerView view;
    view.id = idOf(peer);
    if (!m_alive[static_cast<std::size_t>(peer)]) {
        view.reach = api::Reach::refused;
        view.error = "It refused the connection";
        view.failing_since = now;
        return view;
    }
    view.reach = api::Reach::ok;
    view.heard_at = now;
    view.round_trip_ms = 1.5;
    view.clock_offset_ms = 0;
    view.heartbeat = api::Heartbeat{};
    view.heartbeat->cluster_id = other.cluster.id;
    view.heartbeat->id = view.id;
    view.heartbeat->at = now;
    view.heartbeat->health = other.self.health;
    view.heartbeat->consensus = other.self.consensus;
    return view;
}

} // namespace pilothouse::test
