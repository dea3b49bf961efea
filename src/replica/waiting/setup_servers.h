// SPDX-License-Identifier: GPL-3.0-or-later
// The three ports of a host that waits to be joined: those that its replica will have, so that the ways to
// them can be tried.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/http/loop.h"
#include "replica/waiting/host_plan.h"
#include "replica/waiting/setup_routes.h"

#include <boost/asio/executor_work_guard.hpp>

#include <filesystem>
#include <memory>
#include <thread>

namespace pilothouse::waiting {

struct SetupServersOptions {
    provision::Layout layout;
    PendingSetup setup;
    provision::Listen listen;
    std::filesystem::path engineProgram; // empty: etcd in $PATH
    Logger log;
};

class SetupServers {
public:
    // `desk` outlives it.
    SetupServers(const SetupServersOptions& options, SetupDesk& desk);
    ~SetupServers(); // as stop()
    SetupServers(const SetupServers&) = delete;
    SetupServers& operator=(const SetupServers&) = delete;

    // Listens on all three ports, or on none. ErrorCode::conflict when one is taken.
    [[nodiscard]] Status start();
    // Closes the ports; what is being answered has a second for it.
    void stop();

    // Where it listens, with the ports that the kernel chose where 0 was asked for.
    [[nodiscard]] std::uint16_t httpsPort() const { return m_https->port(); }
    [[nodiscard]] std::uint16_t httpPort() const { return m_http->port(); }
    [[nodiscard]] std::uint16_t peerPort() const { return m_peer->port(); }

private:
    http::Loop m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    state::Worker m_worker;
    const SetupContext m_context;
    const SetupServersOptions m_options;
    http::Router m_router;
    http::Router m_plainRouter;
    std::unique_ptr<http::Server> m_https;
    std::unique_ptr<http::Server> m_http;
    std::unique_ptr<http::Server> m_peer;
    std::unique_ptr<http::Server> m_engine;
    std::thread m_thread;
};

} // namespace pilothouse::waiting
