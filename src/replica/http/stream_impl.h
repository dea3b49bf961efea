// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of Stream: a socket, perhaps TLS on it, and one timer for the deadlines of both directions.
#pragma once

#include "replica/http/stream.h"
#include "replica/http/tls_session.h"

#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace pilothouse::http {

class Stream::Impl : public std::enable_shared_from_this<Stream::Impl> {
public:
    using Tcp = boost::asio::ip::tcp;

    explicit Impl(Tcp::socket socket);

    [[nodiscard]] Awaitable<NetStatus> connect(Tcp::endpoint to, Deadline deadline);
    [[nodiscard]] Awaitable<NetStatus> acceptTls(const TlsContext& tls, Deadline deadline);
    [[nodiscard]] Awaitable<NetStatus> connectTls(const TlsContext& tls, const Expected& expected,
                                                  Deadline deadline);
    [[nodiscard]] std::optional<NetResult<std::size_t>> tryRead(std::span<char> into);
    [[nodiscard]] Awaitable<NetResult<std::size_t>> readSome(std::span<char> into, Deadline deadline);
    [[nodiscard]] Awaitable<NetStatus> write(std::string_view bytes, Deadline deadline);
    [[nodiscard]] Awaitable<NetResult<std::string>> peek(std::size_t upTo, Deadline deadline);
    [[nodiscard]] Awaitable<void> shutdown(Deadline deadline);
    void interruptRead() { interrupt(m_read); }
    void interruptWrite() { interrupt(m_write); }
    void cancel();
    void close();
    void reset();

    [[nodiscard]] Tcp::socket& socket() { return m_socket; }
    [[nodiscard]] bool isTls() const { return m_tls != nullptr; }
    [[nodiscard]] const std::optional<PeerIdentity>& peer() const { return m_peer; }
    [[nodiscard]] const std::string& local() const { return m_local; }
    [[nodiscard]] const std::string& remote() const { return m_remote; }

    [[nodiscard]] NetError systemFailure(int error, std::string_view doing) const;

private:
    // Until the socket is ready, `cancelled` or `timeout`.
    [[nodiscard]] Awaitable<NetStatus> wait(Tcp::socket::wait_type direction, Deadline deadline);
    [[nodiscard]] Awaitable<NetStatus> handshake(std::string_view expectedName, Deadline deadline);
    [[nodiscard]] Awaitable<NetStatus> flushTls(Deadline deadline);
    [[nodiscard]] Awaitable<NetStatus> writePlain(std::string_view bytes, Deadline deadline);
    [[nodiscard]] NetError tlsFailure(std::string_view expectedName);
    [[nodiscard]] NetError timedOut() const;
    // What waits in one direction.
    struct Wait {
        Deadline by = Deadline::max();
        bool isWaiting = false;
        bool interrupted = false;
    };
    void interrupt(Wait& waiting);
    void nameEndpoints();
    void arm();
    void expire();

    Tcp::socket m_socket;
    boost::asio::steady_timer m_timer;
    Wait m_read;
    Wait m_write;
    Deadline m_armedFor = Deadline::max();
    bool m_cancelled = false;
    std::unique_ptr<TlsSession> m_tls;
    std::optional<PeerIdentity> m_peer;
    std::string m_expectedName;
    std::string m_local;
    std::string m_remote;
};

} // namespace pilothouse::http
