// SPDX-License-Identifier: GPL-3.0-or-later
// What the ports of a replica answer while a repair works on its data folder: that it does, and how far it
// is.
#pragma once

#include "api/repair.h"
#include "base/log.h"
#include "base/result.h"
#include "replica/http/loop.h"
#include "replica/http/router.h"
#include "replica/http/tls.h"
#include "replica/provision/identity.h"

#include <boost/asio/executor_work_guard.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace pilothouse::repair {

// One sentence for people: what a repair does now.
[[nodiscard]] std::string sentenceOf(const api::Repair& repair);

// Every request is answered with 503; so load balancers leave the replica alone, and consoles can tell.
class RepairServers {
public:
    RepairServers(const provision::Identity& identity, std::shared_ptr<http::TlsContext> tls, Logger log);
    ~RepairServers(); // closes the ports
    RepairServers(const RepairServers&) = delete;
    RepairServers& operator=(const RepairServers&) = delete;

    // On both ports, or on none. ErrorCode::conflict when one is taken.
    [[nodiscard]] Status start();
    // Thread-safe.
    void tell(const api::Repair& repair);

private:
    [[nodiscard]] std::string sentence() const;

    http::Loop m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    mutable std::mutex m_mutex; // guards m_sentence
    std::string m_sentence;
    http::Router m_router;      // HTTPS
    http::Router m_plainRouter; // HTTP, which anybody may listen to
    http::Server m_https;
    http::Server m_http;
    std::thread m_thread;
};

} // namespace pilothouse::repair
