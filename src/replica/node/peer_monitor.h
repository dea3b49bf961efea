// SPDX-License-Identifier: GPL-3.0-or-later
// Asks every peer for its heartbeat, and remembers what it heard. This replica's view; never written to the
// engine.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "replica/node/status_board.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pilothouse::node {

// How one question ended.
struct HeartbeatAnswer {
    api::Reach reach = api::Reach::unknown;
    std::string error;                       // one sentence when reach is not ok
    std::optional<api::Heartbeat> heartbeat; // when reach is ok
};
// Asks the member once; the deadline is the asker's own (1 s).
using HeartbeatAsker = std::function<boost::asio::awaitable<HeartbeatAnswer>(const api::Member& peer)>;

// Whether the member's engine answers; asked only of a member that hangs, with a deadline of the asker's own.
using EngineAsker = std::function<boost::asio::awaitable<bool>(const api::Member& peer)>;

// Thread: everything on one strand, which `executor` is.
class PeerMonitor {
public:
    // Told when a peer that answered does not any more, or answers again.
    using ChangeListener = std::function<void(const api::Member& peer, bool answers)>;

    PeerMonitor(boost::asio::any_io_executor executor, const Clock& clock, StatusBoard& board,
                HeartbeatAsker ask, EngineAsker askEngine, Milliseconds interval, ChangeListener onChange);
    ~PeerMonitor();

    // Begins to ask members that are new, stops asking those that are gone. `self` is left out by the caller.
    void setPeers(const std::vector<api::Member>& peers);
    void stop();

private:
    struct Peer {
        api::Member member;
        api::PeerView view;
        int failures = 0; // in a row
        bool stopped = false;
    };
    // One lost packet changes nothing: a peer is told lost after this many failures, unless its host refuses.
    static constexpr int failuresToBeLost = 2;

    [[nodiscard]] boost::asio::awaitable<void> watch(std::shared_ptr<Peer> peer);
    void heard(Peer& peer, const HeartbeatAnswer& answer, double roundTripMs);
    void missed(Peer& peer, const HeartbeatAnswer& answer);
    [[nodiscard]] boost::asio::awaitable<void> lookAtEngine(std::shared_ptr<Peer> peer);
    void publish(const Peer& peer, bool urgent);

    boost::asio::any_io_executor m_executor;
    const Clock& m_clock;
    StatusBoard& m_board;
    HeartbeatAsker m_ask;
    EngineAsker m_askEngine;
    const Milliseconds m_interval;
    ChangeListener m_onChange;
    std::map<std::string, std::shared_ptr<Peer>> m_peers;
};

} // namespace pilothouse::node
