// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/server.h"

#include "replica/http/connection.h"
#include "replica/http/listen.h"
#include "replica/http/source_quota.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <sys/resource.h>
#include <unordered_map>

namespace pilothouse::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr Milliseconds acceptPause{100}; // when no descriptors are left
constexpr Milliseconds killTime{1000};   // for cancelled exchanges to unwind

std::size_t openFilesAllowed() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<std::size_t>(limit.rlim_cur) : 0;
}

std::shared_ptr<const ServerContext> contextOf(ServerOptions options, Handler handler) {
    options.limits = fittedTo(options.limits, openFilesAllowed());
    return std::make_shared<const ServerContext>(ServerContext{std::move(options), std::move(handler)});
}

// An IPv4 address, or the /64 network of an IPv6 address: whoever has one address of it has all.
std::string sourceOf(const tcp::socket& socket) {
    boost::system::error_code gone;
    const auto address = socket.remote_endpoint(gone).address();
    if (address.is_v4()) {
        return address.to_string();
    }
    const auto v6 = address.to_v6();
    return v6.is_v4_mapped() ? asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string()
                             : asio::ip::make_network_v6(v6, 64).canonical().to_string();
}

} // namespace

// The listening side. Members are touched on its strand, apart from the constant and the atomic ones.
class Server::Core : public std::enable_shared_from_this<Server::Core> {
public:
    Core(Executor executor, ServerOptions options, Handler handler)
        : m_executor(std::move(executor)), m_strand(asio::make_strand(m_executor)), m_changed(m_strand),
          m_context(contextOf(std::move(options), std::move(handler))),
          m_sources(static_cast<int>(m_context->options.limits.connectionsOfOneSource)) {}

    Status start();
    [[nodiscard]] const std::vector<ListenAddress>& addresses() const { return m_addresses; }
    [[nodiscard]] std::size_t connections() const { return m_count; }
    [[nodiscard]] ServerCounts counts() const;
    [[nodiscard]] const Executor& strand() const { return m_strand; }
    Awaitable<void> stop(Milliseconds grace);
    void killAll();

private:
    struct Held {
        std::weak_ptr<Connection> connection;
        SourceQuota::Place place;
    };
    Awaitable<void> acceptLoop(std::size_t index);
    void take(tcp::socket socket);
    void closeAcceptors();
    Awaitable<void> waitUntilEmpty(Deadline deadline);
    template <typename Action>
    void forEach(Action action) {
        for (const auto& [key, held] : m_connections) {
            if (const auto connection = held.connection.lock()) {
                action(*connection);
            }
        }
    }

    const Executor m_executor;
    const Executor m_strand;
    asio::steady_timer m_changed; // ends early when a connection has gone
    const std::shared_ptr<const ServerContext> m_context;
    std::vector<ListenAddress> m_addresses; // constant after start()
    std::vector<tcp::acceptor> m_acceptors;
    SourceQuota m_sources;
    std::unordered_map<const Connection*, Held> m_connections;
    std::atomic<std::size_t> m_count{0};
    bool m_stopping = false;
};

Status Server::Core::start() {
    std::vector<tcp::acceptor> acceptors;
    std::vector<ListenAddress> addresses;
    for (const auto& address : m_context->options.addresses) {
        auto acceptor = listenAt(m_strand, address);
        if (!acceptor) {
            return fail(acceptor.error());
        }
        boost::system::error_code ignored;
        addresses.push_back({address.host, acceptor->local_endpoint(ignored).port()});
        acceptors.push_back(std::move(*acceptor));
    }
    if (acceptors.empty()) {
        return fail(ErrorCode::invalid, "the server has no address to listen at");
    }
    m_acceptors = std::move(acceptors);
    m_addresses = std::move(addresses);
    for (std::size_t i = 0; i < m_acceptors.size(); ++i) {
        asio::co_spawn(
            m_strand, [self = shared_from_this(), i] { return self->acceptLoop(i); }, asio::detached);
    }
    return {};
}

Awaitable<void> Server::Core::acceptLoop(std::size_t index) {
    const auto self = shared_from_this();
    while (!m_stopping) {
        // Each connection gets a strand of its own here.
        auto [error, socket] = co_await m_acceptors[index].async_accept(
            Executor(asio::make_strand(m_executor)), asio::as_tuple(asio::use_awaitable));
        if (m_stopping || error == asio::error::operation_aborted || error == asio::error::bad_descriptor) {
            co_return;
        }
        if (!error) {
            take(std::move(socket));
        } else if (error == asio::error::no_descriptors || error == asio::error::no_memory ||
                   error == asio::error::no_buffer_space) {
            m_context->options.log.error("cannot accept connections", {{"reason", error.message()}});
            asio::steady_timer pause(m_strand, acceptPause);
            static_cast<void>(co_await pause.async_wait(asio::as_tuple(asio::use_awaitable)));
        } // else the client had gone again
    }
}

ServerCounts Server::Core::counts() const {
    const auto& counters = *m_context->counters;
    const std::uint64_t handled = counters.handled; // before the others, which it never exceeds
    return {.accepted = counters.accepted,
            .handled = handled,
            .requests = counters.requests,
            .active = static_cast<std::int64_t>(m_count.load()),
            .reading = counters.reading,
            .writing = counters.writing};
}

void Server::Core::take(tcp::socket socket) {
    ++m_context->counters->accepted;
    if (m_connections.size() >= m_context->options.limits.connections) {
        m_context->turnedAway->warning(m_context->options.log, "too many connections, one was turned away");
        return; // closes it
    }
    const std::string source = sourceOf(socket);
    SourceQuota::Place place = m_sources.enter(source);
    if (!place) {
        m_context->turnedAway->warning(m_context->options.log,
                                       "too many connections from one address, one was turned away",
                                       {{"source", source}});
        return;
    }
    ++m_context->counters->handled;
    auto connection = std::make_shared<Connection>(m_context, std::move(socket));
    const auto* key = connection.get();
    m_connections.emplace(key, Held{connection, std::move(place)});
    m_count = m_connections.size();
    connection->run([self = shared_from_this(), key] {
        asio::post(self->m_strand, [self, key] {
            self->m_connections.erase(key);
            self->m_count = self->m_connections.size();
            self->m_changed.cancel();
        });
    });
}

void Server::Core::closeAcceptors() {
    m_stopping = true;
    for (auto& acceptor : m_acceptors) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
    }
}

Awaitable<void> Server::Core::waitUntilEmpty(Deadline deadline) {
    while (!m_connections.empty() && std::chrono::steady_clock::now() < deadline) {
        m_changed.expires_at(deadline);
        static_cast<void>(co_await m_changed.async_wait(asio::as_tuple(asio::use_awaitable)));
    }
}

Awaitable<void> Server::Core::stop(Milliseconds grace) {
    const auto self = shared_from_this();
    closeAcceptors();
    forEach([](Connection& connection) { connection.stop(); });
    co_await waitUntilEmpty(within(grace));
    forEach([](Connection& connection) { connection.kill(); });
    co_await waitUntilEmpty(within(killTime));
}

void Server::Core::killAll() {
    asio::dispatch(m_strand, [self = shared_from_this()] {
        self->closeAcceptors();
        self->forEach([](Connection& connection) { connection.kill(); });
    });
}

ServerLimits fittedTo(ServerLimits limits, std::size_t openFiles) {
    const std::size_t most = std::max<std::size_t>(openFiles / 3, 1);
    if (most < limits.connections) {
        const std::size_t ofOne = limits.connectionsOfOneSource * most / limits.connections;
        limits.connectionsOfOneSource = std::max<std::size_t>(ofOne, 1);
        limits.connections = most;
    }
    return limits;
}

Server::Server(Executor executor, ServerOptions options, Handler handler)
    : m_core(std::make_shared<Core>(std::move(executor), std::move(options), std::move(handler))) {}

Server::~Server() { // NOLINT: throws only where no memory is left
    m_core->killAll();
}

Status Server::start() {
    return m_core->start();
}
std::vector<ListenAddress> Server::addresses() const {
    return m_core->addresses();
}
std::uint16_t Server::port() const {
    return m_core->addresses().empty() ? 0 : m_core->addresses().front().port;
}
std::size_t Server::connections() const {
    return m_core->connections();
}
ServerCounts Server::counts() const {
    return m_core->counts();
}

Awaitable<void> Server::stop(Milliseconds grace) {
    const auto core = m_core;
    co_await asio::co_spawn(core->strand(), core->stop(grace), asio::use_awaitable);
}

} // namespace pilothouse::http
