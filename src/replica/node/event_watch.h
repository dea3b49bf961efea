// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what the monitors notice into recorded events.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/log.h"
#include "replica/node/engine_monitor.h"
#include "replica/node/status_board.h"
#include "replica/state/event_recorder.h"
#include "replica/state/read_model.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <optional>
#include <set>
#include <string>

namespace pilothouse::node {

// Everything on one strand, which `executor` is.
class EventWatch {
public:
    EventWatch(boost::asio::any_io_executor executor, const Clock& clock, StatusBoard& board,
               state::EventRecorder& recorder, state::ReadModel& model, ReplicaId self, Epoch epoch,
               Logger log);

    // Of the engine's monitor: elections, quorum lost and regained.
    void consensusChanged(const EngineMonitor::Change& before, const EngineMonitor::Change& after);
    // Of the peer monitor. The leader alone records what it sees of peers, so that each loss is told once.
    void peerChanged(const api::Member& peer, bool answers);
    void drainChanged(bool draining);
    void engineRestarted(const std::string& why);
    void certificateRenewed(const api::Certificate& certificate);
    // This replica came up, or stops on purpose. `occasion`: its start, so that each is recorded once.
    void started();
    [[nodiscard]] boost::asio::awaitable<void> stopped(Milliseconds deadline);

    // Records what was held while there was no quorum; until cancelled.
    [[nodiscard]] boost::asio::awaitable<void> flushing();

private:
    [[nodiscard]] state::EventRecord make(std::string_view kind, const std::string& subject, Term term,
                                          std::string message) const;
    [[nodiscard]] std::string nameOf(const std::string& replica) const;
    void record(std::string name, state::EventRecord event);
    void leaderElected(const EngineMonitor::Change& before, const EngineMonitor::Change& after);
    void recordPeer(const std::string& peer, bool answers);
    // Tells one event from the next of its kind, also after a restart.
    [[nodiscard]] std::string nextOccasion();
    // A peer answers again; told only if it was told lost, by this or an earlier leader.
    [[nodiscard]] boost::asio::awaitable<void> tellOfReturn(std::string peer);
    // A new leader tells of the peers that do not answer, unless the last word on them says so already.
    [[nodiscard]] boost::asio::awaitable<void> tellOfLostPeers();

    boost::asio::any_io_executor m_executor;
    const Clock& m_clock;
    StatusBoard& m_board;
    state::EventRecorder& m_recorder;
    state::ReadModel& m_model;
    const ReplicaId m_self;
    const Epoch m_epoch;
    const MonotonicTime m_begun;
    const std::string m_startedAt;
    Logger m_log;
    bool m_leads = false;      // by what it was told last: the board is a little older
    bool m_quorumLost = false; // and told, and not regained
    bool m_hadQuorum = false;
    int m_occasions = 0;              // of this process
    std::set<std::string> m_toldLost; // peers, by this process, and not heard since
};

} // namespace pilothouse::node
