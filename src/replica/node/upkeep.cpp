// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/upkeep.h"

#include "replica/node/health.h"
#include "replica/node/sleep.h"

#include <algorithm>
#include <charconv>
#include <unistd.h>

namespace pilothouse::node {
namespace {

constexpr Milliseconds probeEvery{2000};
constexpr std::chrono::seconds stalledAfter{
    5}; // a disk that takes longer to sync one line is as good as gone
constexpr int hostFactsEachProbes = 2;

bool sameHealth(const api::Health& a, const api::Health& b) {
    return a.healthy == b.healthy && a.code == b.code;
}

api::Member memberOf(const state::MemberRecord& record, bool voting) {
    return {.id = record.id,
            .name = record.name,
            .url = record.url,
            .http_url = record.http_url,
            .voting = voting,
            .role = api::Role::unknown,
            .joined_at = record.joined_at};
}

} // namespace

Upkeep::Upkeep(const Clock& clock, UpkeepOptions options, ClusterId cluster, StatusBoard& board,
               EngineMonitor& monitor, PeerMonitor& peers, TrafficMeter& traffic, DrainSwitch& drain,
               state::StateFollower& follower, state::ReadModel& model,
               std::function<std::optional<int>()> enginePid)
    : m_clock(clock), m_options(std::move(options)), m_board(board), m_monitor(monitor), m_peers(peers),
      m_traffic(traffic), m_drain(drain), m_follower(follower), m_model(model),
      m_enginePid(std::move(enginePid)), m_hostFacts(clock, std::move(cluster)) {}

boost::asio::awaitable<void> Upkeep::publishing() {
    for (;;) {
        takeMembers();
        judge();
        m_board.publishIfDue();
        co_await sleepFor(judgedEvery);
    }
}

bool Upkeep::caughtUpOnce() const {
    const auto first = m_monitor.firstRead();
    return first && m_follower.applied() >= *first && m_state != nullptr;
}

void Upkeep::judge() {
    const auto published = m_board.snapshot();
    HealthInputs inputs;
    inputs.engineRunning = m_monitor.answers();
    inputs.engineError = m_monitor.lastError();
    m_following = m_following || caughtUpOnce();
    inputs.following = m_following;
    inputs.sinceLinearizableRead = m_monitor.sinceLinearizableRead();
    inputs.electionTimeout = m_options.electionTimeout;
    inputs.projectionBehind = m_follower.lag().time;
    inputs.diskWritable = m_disk.writable;
    inputs.diskError = m_disk.error;
    if (m_diskStalledSince && m_clock.monotonic() - *m_diskStalledSince > stalledAfter) {
        inputs.diskWritable = false;
        inputs.diskError = "writing there does not end";
    }
    if (m_disk.bytes > 0) {
        inputs.diskFreeBytes = m_disk.freeBytes;
    }
    inputs.diskFloorBytes = m_options.diskFloorBytes;
    inputs.draining = m_drain.draining();
    inputs.readOnly = published->status.newer_epoch.has_value();
    const auto health = judgeHealth(inputs);
    // Again with health, so that no status says one thing of the quorum in two words.
    const bool quorum = hasQuorum(inputs.sinceLinearizableRead, inputs.electionTimeout);
    const Revision applied = m_follower.applied();
    const bool moved = applied != m_revision;
    m_revision = applied;

    const auto& before = published->status.self;
    const bool urgent = moved || !sameHealth(health, before.health) || inputs.draining != before.draining ||
                        quorum != before.consensus.quorum;
    m_board.update(
        [&](StatusParts& parts) {
            parts.self.health = health;
            parts.self.draining = inputs.draining;
            parts.self.consensus.quorum = quorum;
            parts.self.consensus.revision = applied.value();
            parts.self.traffic = m_traffic.report();
        },
        urgent);
}

void Upkeep::takeMembers() {
    const auto state = m_model.snapshot();
    if (state == m_state || !state->membership) {
        return;
    }
    takeOperation(*state);
    const bool sameMembers = m_state && m_state->membership == state->membership &&
                             m_state->members == state->members && m_state->former == state->former &&
                             m_state->cluster == state->cluster;
    m_state = state;
    if (sameMembers) {
        return;
    }
    const auto& membership = state->membership->record;
    std::vector<api::Member> members;
    std::unordered_map<std::uint64_t, ReplicaId> byEngineId;
    const auto add = [&](const std::string& id, bool voting) {
        if (const auto* stored = state->members.find(id)) {
            members.push_back(memberOf(stored->record, voting));
            const auto& number = stored->record.engine_member;
            std::uint64_t engineId = 0;
            if (std::from_chars(number.data(), number.data() + number.size(), engineId).ec == std::errc()) {
                byEngineId.emplace(engineId, ReplicaId(id));
            }
        }
    };
    for (const auto& id : membership.voters) {
        add(id, true);
    }
    for (const auto& id : membership.learners) {
        add(id, false);
    }
    std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    m_monitor.setMembers(std::move(byEngineId));
    const std::string self = m_board.snapshot()->status.self.id;
    std::string ownName; // which may have been changed
    if (const auto* own = state->members.find(self)) {
        ownName = own->record.name;
    }
    std::vector<api::Member> others;
    std::copy_if(members.begin(), members.end(), std::back_inserter(others),
                 [&](const api::Member& m) { return m.id != self; });
    std::vector<api::FormerMember> former;
    for (const auto& [id, stored] : state->former.all()) {
        former.push_back(state::toApi(stored.record));
        others.push_back(state::asPeer(stored.record)); // it may come back
    }
    m_peers.setPeers(others);
    m_board.update(
        [&](StatusParts& parts) {
            parts.members = std::move(members);
            if (!ownName.empty()) {
                parts.self.name = ownName;
            }
            parts.former = std::move(former);
            parts.membership = {.generation = membership.generation,
                                .phase = membership.phase == state::Phase::stable ? "stable" : "changing"};
            if (state->cluster) {
                parts.cluster = state::toApi(state->cluster->record);
            }
        },
        true);
}

void Upkeep::takeOperation(const state::Snapshot& state) {
    if (m_state && m_state->operation == state.operation) {
        return;
    }
    m_board.update(
        [&](StatusParts& parts) {
            parts.operation.reset();
            if (state.operation) {
                parts.operation = state::toApi(state.operation->record);
            }
        },
        true);
}

boost::asio::awaitable<void> Upkeep::measuring(state::Worker& worker) {
    for (int round = 0;; ++round) {
        m_diskStalledSince = m_clock.monotonic();
        // Shared: this coroutine may be cancelled while the disk hangs.
        auto probe = std::make_shared<DiskProbe>();
        std::function<Status()> probing = [probe, folder = m_options.dataFolder] {
            *probe = probeDisk(folder);
            return Status();
        };
        (void)co_await worker.run(std::move(probing));
        m_disk = *probe;
        m_diskStalledSince.reset();
        if (round % hostFactsEachProbes == 0) {
            std::vector<int> processes{getpid()};
            if (const auto engine = m_enginePid()) {
                processes.push_back(*engine);
            }
            const auto facts = m_hostFacts.read(m_disk, processes);
            m_board.update(
                [&](StatusParts& parts) {
                    parts.self.host = facts;
                    parts.self.engine.database_quota_bytes = m_options.quotaBytes;
                },
                round == 0);
        }
        co_await sleepFor(probeEvery);
    }
}

} // namespace pilothouse::node
