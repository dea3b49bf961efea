// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/engine_probe.h"

#include "replica/http/url.h"
#include "replica/node/path_probe.h"
#include "replica/security/certificates.h"

namespace pilothouse::node {

EngineProbe::EngineProbe(http::Executor executor, provision::Layout layout, ClusterId cluster)
    : m_executor(std::move(executor)), m_layout(std::move(layout)), m_cluster(std::move(cluster)) {
    const auto options = readFiles();
    if (auto tls = options ? http::TlsContext::client(*options)
                           : Result<std::shared_ptr<http::TlsContext>>(fail(options.error()))) {
        m_tls = *tls;
    }
}

Result<http::TlsOptions> EngineProbe::readFiles() const {
    return http::readTlsFiles({.certificates = m_layout.peerCertificate().string(),
                               .privateKey = m_layout.peerKey().string(),
                               .authorities = m_layout.peerCa().string(),
                               .clientCertificate = http::ClientCertificate::none});
}

Status EngineProbe::reload() {
    const auto options = readFiles();
    if (!options || !m_tls) {
        return options
                   ? fail(ErrorCode::unavailable, "the engine peer certificate was not readable at the start")
                   : fail(options.error());
    }
    return m_tls->reload(*options);
}

boost::asio::awaitable<bool> EngineProbe::answers(ReplicaId replica, std::string peerUrl,
                                                  Milliseconds deadline) {
    const api::Reach reach = co_await ask(std::move(replica), std::move(peerUrl), deadline);
    co_return reach == api::Reach::ok;
}

boost::asio::awaitable<api::Reach> EngineProbe::ask(ReplicaId replica, std::string peerUrl,
                                                    Milliseconds deadline) {
    const auto url = http::parseUrl(peerUrl);
    if (!url || !m_tls) {
        co_return api::Reach::unknown;
    }
    http::Origin origin{.host = url->host,
                        .port = url->port,
                        .tls = m_tls,
                        .verifyName = false, // the replica id in the certificate says more than a name
                        .requiredUri = security::replicaUri({m_cluster, std::move(replica)})};
    http::Client client(m_executor, std::move(origin));
    http::ClientRequest request;
    request.target = "/version";
    const auto answer = co_await client.request(std::move(request), http::within(deadline));
    if (!answer) {
        co_return reachOf(answer.error().how);
    }
    co_return answer->status == 200 ? api::Reach::ok : api::Reach::rejected;
}

} // namespace pilothouse::node
