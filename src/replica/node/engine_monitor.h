// SPDX-License-Identifier: GPL-3.0-or-later
// Watches this replica's own engine member: role, leader, term and log every poll, and a linearizable read
// every half election time-out, which alone proves a quorum.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/log.h"
#include "replica/engine/engine.h"
#include "replica/node/status_board.h"
#include "replica/node/traffic_meter.h"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace pilothouse::node {

struct EngineMonitorOptions {
    Milliseconds poll{200};
    Milliseconds electionTimeout{1000};
};

// Thread: run() and confirmQuorum() on one executor; the getters from any thread.
class EngineMonitor {
public:
    // Told on run()'s executor when the leader or the quorum changed.
    struct Change {
        std::optional<ReplicaId> leader;
        Term term;
        bool quorum = false;
    };
    using ChangeListener = std::function<void(const Change& before, const Change& after)>;
    // Told on confirmQuorum()'s executor of each revision that a linearizable read proved to exist.
    using ReadListener = std::function<void(Revision)>;

    EngineMonitor(const Clock& clock, engine::Engine& engine, StatusBoard& board, TrafficMeter& traffic,
                  EngineMonitorOptions options, ReplicaId self, ChangeListener onChange, ReadListener onRead);

    // Both loops run until their coroutine is cancelled.
    [[nodiscard]] boost::asio::awaitable<void> run();
    [[nodiscard]] boost::asio::awaitable<void> confirmQuorum();

    // Since the last successful linearizable read began; nullopt before the first.
    [[nodiscard]] std::optional<Milliseconds> sinceLinearizableRead() const;
    // What the first of them found; nullopt before it.
    [[nodiscard]] std::optional<Revision> firstRead() const;
    // Whether the engine answered its last status request.
    [[nodiscard]] bool answers() const { return m_answers; }
    // Why not; empty when it did.
    [[nodiscard]] std::string lastError() const;
    [[nodiscard]] std::optional<engine::EngineStatus> lastStatus() const;
    // The replica whose engine member this is; nullopt when not known.
    [[nodiscard]] std::optional<ReplicaId> replicaOf(std::uint64_t engineMember) const;
    [[nodiscard]] std::optional<std::uint64_t> engineMemberOf(const ReplicaId& replica) const;
    // Members as the records name them; refreshes the mapping.
    void setMembers(std::unordered_map<std::uint64_t, ReplicaId> byEngineId);

private:
    void apply(const engine::EngineStatus& status);
    void applyFailure(const Error& error);
    void publish(api::Consensus consensus, bool urgentAnyway);

    const Clock& m_clock;
    engine::Engine& m_engine;
    StatusBoard& m_board;
    TrafficMeter& m_traffic;
    const EngineMonitorOptions m_options;
    const ReplicaId m_self;
    ChangeListener m_onChange;
    ReadListener m_onRead;

    mutable std::mutex m_mutex; // guards what follows
    std::unordered_map<std::uint64_t, ReplicaId> m_members;
    std::optional<engine::EngineStatus> m_lastStatus;
    std::optional<MonotonicTime> m_lastRead;
    std::optional<Revision> m_firstRead;
    std::string m_lastError;
    std::atomic<bool> m_answers{false};
    Change m_last;
    api::Consensus m_published;
};

} // namespace pilothouse::node
