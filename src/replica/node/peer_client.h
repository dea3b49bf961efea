// SPDX-License-Identifier: GPL-3.0-or-later
// Requests to other replicas, over mutual TLS on kept-alive connections. The peer proves its replica id
// before anything is sent.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/ids.h"
#include "replica/http/client.h"
#include "replica/node/peer_monitor.h"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace pilothouse::node {

// Thread-safe.
class PeerClient {
public:
    PeerClient(http::Executor executor, std::shared_ptr<http::TlsContext> tls, ClusterId cluster)
        : m_executor(std::move(executor)), m_tls(std::move(tls)), m_cluster(std::move(cluster)) {}

    // One request to the member; its body, or why there is none. Any answer of 300 and above is an error.
    [[nodiscard]] boost::asio::awaitable<http::NetResult<std::string>>
    send(api::Member peer, http::ClientRequest request, Milliseconds deadline);
    // The answer's head, whatever its status, and its body as it comes; `deadline` as in
    // http::Client::stream().
    [[nodiscard]] boost::asio::awaitable<http::NetResult<http::AnswerStream>>
    stream(api::Member peer, http::ClientRequest request, Milliseconds deadline);
    // What talks to the member: for http::relay(). Hold on to it while a request runs.
    [[nodiscard]] Result<std::shared_ptr<http::Client>> clientOf(const api::Member& peer);
    // GET /api/v0/replica/heartbeat
    [[nodiscard]] boost::asio::awaitable<HeartbeatAnswer> askHeartbeat(api::Member peer,
                                                                       Milliseconds deadline);
    // After a change of certificates.
    void dropConnections();

private:
    struct Connection {
        std::string url;
        std::shared_ptr<http::Client> client;
    };

    http::Executor m_executor;
    std::shared_ptr<http::TlsContext> m_tls;
    ClusterId m_cluster;
    std::mutex m_mutex;                              // guards what follows
    std::map<std::string, Connection> m_connections; // by replica id
};

} // namespace pilothouse::node
