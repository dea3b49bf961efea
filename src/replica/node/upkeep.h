// SPDX-License-Identifier: GPL-3.0-or-later
// The regular work beside serving: judging health, measuring disk and host, publishing the status.
#pragma once

#include "base/clock.h"
#include "replica/engine/engine.h"
#include "replica/node/drain_switch.h"
#include "replica/node/engine_monitor.h"
#include "replica/node/host_facts.h"
#include "replica/node/peer_monitor.h"
#include "replica/node/status_board.h"
#include "replica/node/traffic_meter.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/worker.h"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>

namespace pilothouse::node {

struct UpkeepOptions {
    std::filesystem::path dataFolder;
    Milliseconds electionTimeout{1000};
    std::int64_t diskFloorBytes = 0;
    std::int64_t quotaBytes = 0;
};

// Everything runs on one strand; the disk is probed on a thread of its own.
class Upkeep {
public:
    Upkeep(const Clock& clock, UpkeepOptions options, ClusterId cluster, StatusBoard& board,
           EngineMonitor& monitor, PeerMonitor& peers, TrafficMeter& traffic, DrainSwitch& drain,
           state::StateFollower& follower, state::ReadModel& model,
           std::function<std::optional<int>()> enginePid);

    // Judges health and publishes, twenty times a second.
    [[nodiscard]] boost::asio::awaitable<void> publishing();
    // Disk every 2 s, host facts every 5 s. Blocks in `worker` only.
    [[nodiscard]] boost::asio::awaitable<void> measuring(state::Worker& worker);

private:
    void judge();
    // Whether the read model has reached what existed when the engine first answered: what it held on disk
    // from before may be hours old. And whether a cluster is in it at all: in a new one's first moment there
    // are no users and no keys.
    [[nodiscard]] bool caughtUpOnce() const;
    void takeMembers();
    void takeOperation(const state::Snapshot& state);

    const Clock& m_clock;
    const UpkeepOptions m_options;
    StatusBoard& m_board;
    EngineMonitor& m_monitor;
    PeerMonitor& m_peers;
    TrafficMeter& m_traffic;
    DrainSwitch& m_drain;
    state::StateFollower& m_follower;
    state::ReadModel& m_model;
    std::function<std::optional<int>()> m_enginePid;
    HostFactsReader m_hostFacts;

    DiskProbe m_disk;
    std::optional<MonotonicTime> m_diskStalledSince; // a probe that does not come back
    bool m_following = false;
    Revision m_revision;
    std::shared_ptr<const state::Snapshot> m_state; // null until it names the members
};

} // namespace pilothouse::node
