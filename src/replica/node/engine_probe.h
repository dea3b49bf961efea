// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a peer's engine, over the engines' own port, whether it is there: a replica that hangs may have an
// engine that still votes.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/ids.h"
#include "replica/http/client.h"
#include "replica/http/tls.h"
#include "replica/provision/layout.h"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace pilothouse::node {

// Calls on one executor at a time; reload() from any thread.
class EngineProbe {
public:
    // Reads the engine peer certificate; without it every question ends with false.
    EngineProbe(http::Executor executor, provision::Layout layout, ClusterId cluster);

    // Whether the engine at `peerUrl` answers as that replica's within the deadline.
    [[nodiscard]] boost::asio::awaitable<bool> answers(ReplicaId replica, std::string peerUrl,
                                                       Milliseconds deadline);
    // The same, with how it ended.
    [[nodiscard]] boost::asio::awaitable<api::Reach> ask(ReplicaId replica, std::string peerUrl,
                                                         Milliseconds deadline);
    // After the certificate was renewed. On failure the old one is kept.
    [[nodiscard]] Status reload();

private:
    [[nodiscard]] Result<http::TlsOptions> readFiles() const;

    http::Executor m_executor;
    provision::Layout m_layout;
    ClusterId m_cluster;
    std::shared_ptr<http::TlsContext> m_tls;
};

} // namespace pilothouse::node
