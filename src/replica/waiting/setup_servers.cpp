// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/setup_servers.h"

#include "replica/answers/answer.h"
#include "replica/state/feature_level.h"

namespace pilothouse::waiting {
namespace {

constexpr Milliseconds stopGrace{1000};
constexpr Milliseconds stopLimit{3000};

// Few ask anything of such a host: a flood is turned away before it costs anything.
http::ServerLimits smallLimits() {
    http::ServerLimits limits;
    limits.headBytes = std::size_t{8} * 1024;
    limits.bodyBytes = std::uint64_t{64} * 1024;
    limits.connections = 64;
    limits.connectionsOfOneSource = 16;
    limits.handshake = Milliseconds(5000);
    limits.head = Milliseconds(5000);
    limits.body = Milliseconds(5000);
    limits.idle = Milliseconds(15'000);
    return limits;
}

http::ServerOptions serverOptions(const provision::Listen& listen, std::int64_t port, Logger log) {
    http::ServerOptions server;
    server.addresses = {{listen.host, static_cast<std::uint16_t>(port)}};
    server.limits = smallLimits();
    server.log = std::move(log);
    return server;
}

api::HostReport knownOf(const PendingSetup& setup) {
    api::HostReport known;
    known.name = setup.name;
    known.url = setup.url;
    known.http_url = setup.http_url;
    known.peer_url = setup.peer_url;
    known.version = PILOTHOUSE_VERSION;
    known.feature_level = state::ownFeatureLevel;
    return known;
}

http::Awaitable<void> answerWaits(http::Exchange& exchange) {
    auto response = waitsAnswer();
    (void)co_await exchange.respond(std::move(response));
}

} // namespace

SetupServers::SetupServers(const SetupServersOptions& options, SetupDesk& desk)
    : m_work(boost::asio::make_work_guard(m_io)), m_context{desk,
                                                            systemClock(),
                                                            m_worker,
                                                            {options.layout, options.engineProgram},
                                                            knownOf(options.setup),
                                                            options.setup.authority},
      m_options(options) {
    addWaitingHealthRoutes(m_router);
    addSetupRoutes(m_router, m_context);
    addWaitingHealthRoutes(m_plainRouter);
}

SetupServers::~SetupServers() {
    stop();
    // What is left of the coroutines goes while what they use still lives.
    m_io.shutdown();
}

Status SetupServers::start() {
    auto tls = http::TlsContext::server({.certificates = m_options.setup.certificate,
                                         .privateKey = m_options.setup.key,
                                         .authorities = {},
                                         .clientCertificate = http::ClientCertificate::none});
    if (!tls) {
        return fail(tls.error());
    }
    const auto& listen = m_options.listen;
    auto secure = serverOptions(listen, listen.https_port, m_options.log.named("https"));
    secure.tls = *tls;
    secure.refusal = [](int status, std::string_view sentence, std::string_view) {
        return answers::problemOf(status, std::string(sentence));
    };
    const auto executor = m_io.get_executor();
    m_https = std::make_unique<http::Server>(
        executor, std::move(secure), [this](http::Exchange& exchange) { return m_router.handle(exchange); });
    m_http = std::make_unique<http::Server>(
        executor, serverOptions(listen, listen.http_port, m_options.log.named("http")),
        [this](http::Exchange& exchange) { return m_plainRouter.handle(exchange); });
    m_peer = std::make_unique<http::Server>(
        executor, serverOptions(listen, listen.engine_peer_port, m_options.log.named("engine")), answerWaits);
    // Nobody asks there now; but whoever has it is found before this host is a member.
    provision::Listen loopback = listen;
    loopback.host = "127.0.0.1";
    m_engine = std::make_unique<http::Server>(
        executor, serverOptions(loopback, listen.engine_client_port, m_options.log.named("engine")),
        answerWaits);
    for (auto* server : {m_https.get(), m_http.get(), m_peer.get(), m_engine.get()}) {
        if (Status listening = server->start(); !listening) {
            stop();
            return listening;
        }
    }
    m_thread = std::thread([this] { m_io.run(); });
    return {};
}

void SetupServers::stop() {
    if (m_thread.joinable()) {
        http::stopAll(m_io, {m_https.get(), m_http.get(), m_peer.get(), m_engine.get()}, stopGrace,
                      stopLimit);
        m_io.stop();
        m_thread.join();
        m_worker.stop(); // nobody can give it work any more
    }
    m_https.reset();
    m_http.reset();
    m_peer.reset();
    m_engine.reset();
}

} // namespace pilothouse::waiting
