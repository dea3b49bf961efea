// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenarios.h"

#include <algorithm>

namespace pilothouse::models::test {
namespace {

using namespace std::chrono_literals;
using domain::Reach;
using domain::Role;
using domain::Unhealthy;

constexpr std::int64_t lastEntry = 1'204'883;
constexpr std::int64_t term = 41;

const MonotonicTime now{100h};
const WallTime wallNow{std::chrono::hours(24 * 365 * 56)};

std::string idOf(std::size_t replica) {
    constexpr const char* ids[] = {"7be0113d90fe", "5a41f09c2d7e", "c93d52aa41b7", "08d1f0a9e3c4",
                                   "e2b7740c91d5", "41c6f3d2a8b0", "9f05b1e7c2d3", "b60d4a1f8e72"};
    return ids[replica % 8];
}

double roundTrip(std::size_t replica) {
    constexpr double times[] = {0.9, 1.2, 2.4, 2.2, 3.1, 1.8, 2.0, 1.1};
    return times[replica % 8];
}

std::int64_t behind(std::size_t replica) {
    constexpr std::int64_t entries[] = {0, 1, 2, 1, 4, 0, 3, 1};
    return entries[replica % 8];
}

} // namespace

Scenario::Scenario(std::string clusterName, const std::vector<std::string>& names) {
    m_observation.now = now;
    m_observation.wallNow = wallNow;
    m_observation.clusterName = std::move(clusterName);
    m_observation.leaderSince = wallNow - 144h;
    std::vector<domain::MemberReport> members;
    for (std::size_t i = 0; i < names.size(); ++i) {
        members.push_back(
            {ReplicaId(idOf(i)), names[i], "https://10.1.0.1" + std::to_string(i + 1) + ":443", true});
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        domain::ReplicaObservation seen;
        seen.id = members[i].id;
        seen.name = names[i];
        seen.url = members[i].url;
        seen.reach = Reach::ok;
        seen.lastByteAt = now - 400ms;
        seen.reportAt = now - 400ms;
        seen.roundTripMs = roundTrip(i);
        domain::ReplicaReport own;
        own.id = seen.id;
        own.name = seen.name;
        own.version = "1.4.0";
        own.generation = Generation(7);
        own.members = members;
        own.health = Unhealthy::none;
        own.certificates = {{"node", wallNow + 312 * 24h + 1h}};
        own.startedAt = wallNow - 300h;
        seen.report = own;
        m_observation.replicas.push_back(seen);
    }
    leader(0);
}

Scenario& Scenario::leader(std::size_t replica) {
    for (std::size_t i = 0; i < m_observation.replicas.size(); ++i) {
        domain::Consensus& consensus = report(i).consensus;
        consensus.role = i == replica ? Role::leader : Role::follower;
        consensus.leader = m_observation.replicas[replica].id;
        consensus.term = Term(term);
        consensus.held = LogIndex(lastEntry - (i == replica ? 0 : behind(i)));
        consensus.applied = consensus.held;
        consensus.quorum = true;
    }
    refreshPeers();
    return *this;
}

void Scenario::refreshPeers() {
    for (std::size_t i = 0; i < m_observation.replicas.size(); ++i) {
        report(i).peers.clear();
        for (std::size_t j = 0; j < m_observation.replicas.size(); ++j) {
            if (i == j) {
                continue;
            }
            domain::PeerReport peer;
            peer.peer = m_observation.replicas[j].id;
            peer.reach = Reach::ok;
            peer.heardAgo = 300ms;
            peer.roundTripMs = (roundTrip(i) + roundTrip(j)) / 2;
            peer.clockOffsetMs = 3;
            peer.consensus = report(j).consensus;
            peer.health = report(j).health;
            report(i).peers.push_back(peer);
        }
    }
}

Scenario& Scenario::lost(std::size_t replica, Reach how, Milliseconds since) {
    domain::ReplicaObservation& seen = m_observation.replicas[replica];
    seen.reach = how;
    seen.error = "the connection was refused";
    seen.failingSince = now - since;
    seen.lastByteAt = now - since - 500ms;
    seen.reportAt = seen.lastByteAt;
    for (domain::ReplicaObservation& other : m_observation.replicas) {
        for (domain::PeerReport& peer : other.report->peers) {
            if (peer.peer == seen.id) {
                peer.reach = how;
                peer.failingFor = since;
                peer.heardAgo = since + 500ms;
                peer.engineAnswers = false;
            }
        }
    }
    return *this;
}

Scenario& Scenario::hiddenFromUs(std::size_t replica, Milliseconds since) {
    domain::ReplicaObservation& seen = m_observation.replicas[replica];
    seen.reach = Reach::timeout;
    seen.failingSince = now - since;
    seen.lastByteAt = now - since;
    seen.reportAt = seen.lastByteAt;
    return *this;
}

Scenario& Scenario::cutOff(const std::vector<std::size_t>& side, Milliseconds since) {
    const auto isCut = [&side, this](const ReplicaId& id) {
        return std::any_of(side.begin(), side.end(),
                           [&](std::size_t i) { return m_observation.replicas[i].id == id; });
    };
    for (domain::ReplicaObservation& seen : m_observation.replicas) {
        const bool cut = isCut(seen.id);
        for (domain::PeerReport& peer : seen.report->peers) {
            if (isCut(peer.peer) != cut) {
                peer.reach = Reach::timeout;
                peer.failingFor = since;
                peer.heardAgo = since;
                peer.engineAnswers = false;
            }
        }
        if (cut) {
            seen.report->consensus.leader.reset();
            seen.report->consensus.quorum = false;
            seen.report->health = Unhealthy::noQuorum;
            seen.report->healthReason = "no leader";
        }
    }
    return *this;
}

Scenario& Scenario::noLeaderAnywhere() {
    for (domain::ReplicaObservation& seen : m_observation.replicas) {
        seen.report->consensus.leader.reset();
        seen.report->consensus.quorum = false;
        seen.report->consensus.role = Role::follower;
        seen.report->health = Unhealthy::noQuorum;
        for (domain::PeerReport& peer : seen.report->peers) {
            if (peer.consensus) {
                peer.consensus->leader.reset();
                peer.consensus->quorum = false;
            }
        }
    }
    m_observation.leaderSince.reset();
    return *this;
}

Scenario& Scenario::blobsMissing(std::size_t replica, std::int64_t blobs) {
    report(replica).blobsMissing = domain::MissingBlobs{blobs, {}};
    return *this;
}

Scenario& Scenario::draining(std::size_t replica) {
    report(replica).health = Unhealthy::draining;
    return *this;
}

Scenario& Scenario::silentFor(std::size_t replica, Milliseconds time) {
    m_observation.replicas[replica].lastByteAt = now - time;
    return *this;
}

Scenario& Scenario::learner(const std::string& name) {
    const std::size_t at = m_observation.replicas.size();
    const domain::MemberReport member{ReplicaId(idOf(at)), name,
                                      "https://10.1.0.1" + std::to_string(at + 1) + ":443", false};
    domain::ReplicaObservation seen = m_observation.replicas.back();
    seen.id = member.id;
    seen.name = name;
    seen.url = member.url;
    seen.report->id = member.id;
    seen.report->name = name;
    seen.report->consensus.role = Role::learner;
    m_observation.replicas.push_back(seen);
    for (domain::ReplicaObservation& one : m_observation.replicas) {
        one.report->members.push_back(member);
    }
    refreshPeers();
    return *this;
}

Scenario& Scenario::sandbox() {
    m_sandbox = true;
    m_observation.sandbox = true;
    return *this;
}

Scenario& Scenario::nothingTriedYet() {
    for (domain::ReplicaObservation& seen : m_observation.replicas) {
        seen.reach = Reach::unknown;
        seen.lastByteAt.reset();
        seen.reportAt.reset();
        seen.report.reset();
        seen.roundTripMs.reset();
    }
    return *this;
}

Scenario& Scenario::leftBehind(std::size_t replica) {
    const domain::MemberReport survivor = report(0).members.front();
    for (domain::ReplicaObservation& seen : m_observation.replicas) {
        seen.report->epoch = 2;
        seen.report->members = {survivor};
        seen.report->peers.clear();
    }
    domain::ReplicaReport& old = report(replica);
    old.epoch = 1;
    old.newerEpoch = domain::NewerEpoch{2, survivor.name};
    old.health = Unhealthy::readOnly;
    old.healthReason = "left behind: the cluster is in epoch 2, repaired from " + survivor.name;
    old.consensus.leader.reset();
    old.consensus.quorum = false;
    return *this;
}

ClusterSnapshot Scenario::snapshot() const {
    ClusterSnapshot snapshot;
    snapshot.key = QString::fromStdString(m_observation.clusterName);
    snapshot.sandbox = m_sandbox;
    snapshot.observation = m_observation;
    snapshot.assessment = domain::assess(m_observation);
    for (const domain::ReplicaObservation& seen : m_observation.replicas) {
        snapshot.feeds[seen.id] = seen.reach == Reach::ok ? Feed::stream : Feed::none;
    }
    return snapshot;
}

Scenario healthyFive() {
    return Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2", "reg-4.dc2", "reg-5.dc3"});
}

Scenario atRiskFive() {
    return healthyFive()
        .leader(2)
        .blobsMissing(3, 214)
        .lost(1, Reach::refused, 2h + 14min)
        .lost(4, Reach::timeout, 38s);
}

Scenario noQuorumThree() {
    return Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2"})
        .lost(1, Reach::refused, 4min)
        .lost(2, Reach::timeout, 4min)
        .noLeaderAnywhere();
}

Scenario partitionFive() {
    return healthyFive().cutOff({3, 4}, 41s);
}

Scenario healthySandbox() {
    return Scenario("sandbox", {"reg-1", "reg-2", "reg-3"}).sandbox();
}

Scenario joiningThree() {
    return Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2"}).learner("reg-4.dc2");
}

Scenario startingThree() {
    return Scenario("new", {"reg-1", "reg-2", "reg-3"}).nothingTriedYet();
}

Scenario unreachableThree() {
    return Scenario("edge-osaka", {"reg-1", "reg-2", "reg-3"})
        .lost(0, Reach::timeout, 2min)
        .lost(1, Reach::timeout, 2min)
        .lost(2, Reach::timeout, 2min);
}

Scenario leftBehindOne() {
    return Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1"}).leftBehind(1);
}

} // namespace pilothouse::models::test
