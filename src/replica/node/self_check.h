// SPDX-License-Identifier: GPL-3.0-or-later
// A replica examines itself, and its ways to every other member, when somebody asks for it.
#pragma once

#include "api/checks.h"
#include "base/clock.h"
#include "replica/node/disk_growth.h"
#include "replica/node/engine_probe.h"
#include "replica/node/peer_client.h"
#include "replica/node/status_board.h"
#include "replica/provision/layout.h"
#include "replica/state/read_model.h"
#include "replica/state/worker.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>

namespace pilothouse::node {

// What it works with; all of it outlives the checks.
struct SelfCheckUses {
    boost::asio::any_io_executor executor; // a strand: what is tried runs there
    const Clock& clock;
    StatusBoard& board;
    state::ReadModel& model;
    PeerClient& peers;
    EngineProbe& engines;
    state::Worker& disk; // for what blocks
    provision::Layout layout;
};

// Thread-safe.
class SelfCheck {
public:
    explicit SelfCheck(SelfCheckUses uses) : m_uses(std::move(uses)) {}

    // All at once; what does not end in time is told as such. Within 3 s, on the caller's executor.
    [[nodiscard]] boost::asio::awaitable<api::ReplicaChecks> run();
    // Watches how the disk fills, for as long as the replica runs.
    [[nodiscard]] boost::asio::awaitable<void> watchingDisk();

private:
    struct Round;
    using RoundPtr = std::shared_ptr<Round>;
    struct Target;
    [[nodiscard]] std::vector<Target> targets(const api::ClusterStatus& status) const;
    // Each writes what it found into the round, and ends by itself.
    [[nodiscard]] boost::asio::awaitable<void> connect(RoundPtr round);
    [[nodiscard]] boost::asio::awaitable<void> ask(RoundPtr round, std::size_t index, Target target);
    [[nodiscard]] boost::asio::awaitable<void> measureDisk(RoundPtr round);
    [[nodiscard]] boost::asio::awaitable<void> countBlobs(RoundPtr round);
    void spawn(const RoundPtr& round, boost::asio::awaitable<void> part);

    const SelfCheckUses m_uses;
    DiskGrowth m_growth;
};

} // namespace pilothouse::node
