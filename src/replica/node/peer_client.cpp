// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/peer_client.h"

#include "api/json.h"
#include "replica/http/url.h"
#include "replica/node/path_probe.h"
#include "replica/node/problem.h"
#include "replica/security/certificates.h"

namespace pilothouse::node {
namespace {

// A handshake costs more than a small copy: as many are kept as there are pushes at once on a busy day.
const http::ClientOptions keptOpen{.idleConnections = 64};

} // namespace

Result<std::shared_ptr<http::Client>> PeerClient::clientOf(const api::Member& peer) {
    const std::lock_guard lock(m_mutex);
    auto& connection = m_connections[peer.id];
    if (connection.client && connection.url == peer.url) {
        return connection.client;
    }
    const auto url = http::parseUrl(peer.url);
    if (!url) {
        return failIn(peer.name, url.error());
    }
    http::Origin origin{.host = url->host,
                        .port = url->port,
                        .tls = m_tls,
                        .verifyName = false, // the replica id in the certificate says more than a name
                        .requiredUri = security::replicaUri({m_cluster, ReplicaId(peer.id)})};
    connection = {peer.url, std::make_shared<http::Client>(m_executor, std::move(origin), keptOpen)};
    return connection.client;
}

boost::asio::awaitable<http::NetResult<std::string>>
PeerClient::send(api::Member peer, http::ClientRequest request, Milliseconds deadline) {
    const auto client = clientOf(peer);
    if (!client) {
        co_return tl::unexpected<http::NetError>(
            http::NetError{client.error(), http::ConnectFailure::unreachable});
    }
    const auto pinned = *client; // a change of address must not end it under us
    auto response = co_await pinned->request(std::move(request), http::within(deadline));
    if (!response) {
        co_return tl::unexpected<http::NetError>(response.error());
    }
    if (response->status >= 300) {
        co_return tl::unexpected<http::NetError>(
            http::NetError{errorIn(peer.name, *response), http::ConnectFailure::none});
    }
    co_return std::move(response->body);
}

boost::asio::awaitable<http::NetResult<http::AnswerStream>>
PeerClient::stream(api::Member peer, http::ClientRequest request, Milliseconds deadline) {
    const auto client = clientOf(peer);
    if (!client) {
        co_return tl::unexpected<http::NetError>(
            http::NetError{client.error(), http::ConnectFailure::unreachable});
    }
    const auto pinned = *client;
    co_return co_await pinned->stream(std::move(request), http::within(deadline));
}

boost::asio::awaitable<HeartbeatAnswer> PeerClient::askHeartbeat(api::Member peer, Milliseconds deadline) {
    http::ClientRequest request;
    request.target = "/api/v0/replica/heartbeat";
    const auto body = co_await send(peer, std::move(request), deadline);
    if (!body) {
        co_return HeartbeatAnswer{
            .reach = reachOf(body.error().how), .error = body.error().message, .heartbeat = {}};
    }
    auto heartbeat = api::fromJson<api::Heartbeat>(*body);
    if (!heartbeat) {
        co_return HeartbeatAnswer{.reach = api::Reach::rejected,
                                  .error = "its heartbeat cannot be read: " + heartbeat.error().message,
                                  .heartbeat = {}};
    }
    co_return HeartbeatAnswer{.reach = api::Reach::ok, .error = {}, .heartbeat = std::move(*heartbeat)};
}

void PeerClient::dropConnections() {
    const std::lock_guard lock(m_mutex);
    m_connections.clear();
}

} // namespace pilothouse::node
