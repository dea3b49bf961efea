// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/stream_impl.h"

#include "replica/http/url.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace pilothouse::http {

namespace asio = boost::asio;

namespace {

// Encrypted and sent at once; also what one write's deadline is given for.
constexpr std::size_t pieceBytes = std::size_t{128} * 1024;

// An IPv4 client has its IPv4 address, also where one socket listens for both.
std::string endpointText(const asio::ip::tcp::endpoint& endpoint) {
    auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return hostAndPort(address.to_string(), endpoint.port());
}

} // namespace

Stream::Impl::Impl(Tcp::socket socket) : m_socket(std::move(socket)), m_timer(m_socket.get_executor()) {
    nameEndpoints();
}

void Stream::Impl::nameEndpoints() {
    boost::system::error_code ignored;
    if (!m_socket.is_open()) {
        return;
    }
    m_socket.native_non_blocking(true, ignored);
    m_socket.set_option(Tcp::no_delay(true), ignored);
    m_local = endpointText(m_socket.local_endpoint(ignored));
    m_remote = endpointText(m_socket.remote_endpoint(ignored));
}

NetError Stream::Impl::systemFailure(int error, std::string_view doing) const {
    const auto where = std::string(doing) + " " + m_remote;
    switch (error) {
    case ECONNREFUSED:
        return {{ErrorCode::unavailable, "nobody listens at " + m_remote, {}}, ConnectFailure::refused};
    case ETIMEDOUT:
        return {{ErrorCode::timeout, where + " failed: no answer", {}}, ConnectFailure::timeout};
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EADDRNOTAVAIL:
    case ENETDOWN:
        return {{ErrorCode::unavailable, "there is no route to " + m_remote, {}},
                ConnectFailure::unreachable};
    case ECONNRESET:
    case EPIPE:
        return {{ErrorCode::unavailable, m_remote + " closed the connection", {}}, ConnectFailure::broken};
    default:
        return {{ErrorCode::unavailable, where + " failed: " + std::generic_category().message(error), {}},
                ConnectFailure::broken};
    }
}

NetError Stream::Impl::timedOut() const {
    return {{ErrorCode::timeout, m_remote + " did not answer in time", {}}, ConnectFailure::timeout};
}

NetError Stream::Impl::tlsFailure(std::string_view expectedName) {
    const auto failure = m_tls->failure(m_remote, expectedName);
    if (failure.systemError != 0) {
        return systemFailure(failure.systemError, "talking to");
    }
    return {{ErrorCode::unavailable, failure.sentence, {}},
            failure.cutShort ? ConnectFailure::broken : ConnectFailure::tls};
}

// One timer for both directions, moved only when an earlier deadline comes: most waits end long before
// theirs.
void Stream::Impl::arm() {
    const auto earliest = std::min(m_read.by, m_write.by);
    if (earliest >= m_armedFor) {
        return;
    }
    m_armedFor = earliest;
    m_timer.expires_at(earliest);
    m_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        if (const auto self = weak.lock(); self && error != asio::error::operation_aborted) {
            self->expire();
        }
    });
}

void Stream::Impl::expire() {
    m_armedFor = Deadline::max();
    if (std::min(m_read.by, m_write.by) <= std::chrono::steady_clock::now()) {
        boost::system::error_code ignored;
        m_socket.cancel(ignored); // wakes both directions; the one that has time left waits again
    }
    arm();
}

Awaitable<NetStatus> Stream::Impl::wait(Tcp::socket::wait_type direction, Deadline deadline) {
    Wait& waiting = direction == Tcp::socket::wait_read ? m_read : m_write;
    for (;;) {
        if (m_cancelled || !m_socket.is_open()) {
            co_return netFail(ConnectFailure::none, ErrorCode::cancelled, "the connection was given up");
        }
        if (deadline <= std::chrono::steady_clock::now()) {
            co_return tl::unexpected(timedOut());
        }
        waiting = {deadline, true, false};
        arm();
        const auto [error] = co_await m_socket.async_wait(direction, asio::as_tuple(asio::use_awaitable));
        const bool interrupted = waiting.interrupted;
        waiting = {};
        if (interrupted) {
            co_return netFail(ConnectFailure::none, ErrorCode::cancelled, "the wait was interrupted");
        }
        if (!error) {
            co_return NetStatus();
        }
        if (error != asio::error::operation_aborted) {
            co_return tl::unexpected(systemFailure(error.value(), "waiting for"));
        }
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) {
            co_return netFail(ConnectFailure::none, ErrorCode::cancelled, "the wait was cancelled");
        }
    }
}

Awaitable<NetStatus> Stream::Impl::connect(Tcp::endpoint to, Deadline deadline) {
    m_remote = endpointText(to);
    boost::system::error_code error;
    m_socket.open(to.protocol(), error);
    if (error) {
        co_return tl::unexpected(systemFailure(error.value(), "connecting to"));
    }
    m_socket.native_non_blocking(true, error);
    const int descriptor = m_socket.native_handle();
    if (::connect(descriptor, to.data(), static_cast<socklen_t>(to.size())) != 0) {
        if (errno != EINPROGRESS) {
            co_return tl::unexpected(systemFailure(errno, "connecting to"));
        }
        if (auto ready = co_await wait(Tcp::socket::wait_write, deadline); !ready) {
            co_return ready;
        }
        int outcome = 0;
        socklen_t length = sizeof outcome;
        ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &outcome, &length);
        if (outcome != 0) {
            co_return tl::unexpected(systemFailure(outcome, "connecting to"));
        }
    }
    nameEndpoints();
    co_return NetStatus();
}

Awaitable<NetStatus> Stream::Impl::flushTls(Deadline deadline) {
    for (;;) {
        const auto step = m_tls->flush();
        if (step == TlsSession::Step::done) {
            co_return NetStatus();
        }
        if (step == TlsSession::Step::failed) {
            co_return tl::unexpected(tlsFailure(m_expectedName));
        }
        if (auto ready = co_await wait(Tcp::socket::wait_write, deadline); !ready) {
            co_return ready;
        }
    }
}

Awaitable<NetStatus> Stream::Impl::handshake(std::string_view expectedName, Deadline deadline) {
    for (;;) {
        const auto step = m_tls->handshake();
        if (step == TlsSession::Step::failed || step == TlsSession::Step::ended) {
            auto failure = tlsFailure(expectedName);
            // The other side is told why (an alert), as far as that goes without waiting.
            static_cast<void>(m_tls->flush());
            co_return tl::unexpected(std::move(failure));
        }
        if (auto sent = co_await flushTls(deadline); !sent) {
            co_return sent;
        }
        if (step == TlsSession::Step::done) {
            m_peer = m_tls->peer();
            co_return NetStatus();
        }
        if (auto ready = co_await wait(Tcp::socket::wait_read, deadline); !ready) {
            co_return ready;
        }
    }
}

Awaitable<NetStatus> Stream::Impl::acceptTls(const TlsContext& tls, Deadline deadline) {
    m_tls = TlsSession::server(tls, m_socket.native_handle());
    co_return co_await handshake("", deadline);
}

Awaitable<NetStatus> Stream::Impl::connectTls(const TlsContext& tls, const Expected& expected,
                                              Deadline deadline) {
    m_tls = TlsSession::client(tls, m_socket.native_handle(), expected.host, expected.verifyName);
    m_expectedName = expected.host;
    auto shaken = co_await handshake(expected.host, deadline);
    if (!shaken || expected.requiredUri.empty()) {
        co_return shaken;
    }
    if (!m_peer || !m_peer->hasUri(expected.requiredUri)) {
        const std::string found = m_peer && !m_peer->uris.empty() ? m_peer->uris.front() : "no identity";
        co_return netFail(ConnectFailure::tls, ErrorCode::unavailable,
                          m_remote + " is not " + expected.requiredUri + ", its certificate names " + found,
                          "Another replica answers at this address");
    }
    co_return NetStatus();
}

std::optional<NetResult<std::size_t>> Stream::Impl::tryRead(std::span<char> into) {
    if (m_tls) {
        std::size_t count = 0;
        const auto step = m_tls->read(into, count);
        if (m_tls->hasUnsent()) {
            static_cast<void>(
                m_tls->flush()); // answers within TLS; what does not fit leaves with the next write
        }
        switch (step) {
        case TlsSession::Step::done:
            return count;
        case TlsSession::Step::ended:
            return std::size_t{0};
        case TlsSession::Step::wantRead:
            return std::nullopt;
        default:
            return tl::unexpected(tlsFailure(m_expectedName));
        }
    }
    const auto count = ::recv(m_socket.native_handle(), into.data(), into.size(), 0);
    if (count >= 0) {
        return static_cast<std::size_t>(count);
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        return std::nullopt;
    }
    return tl::unexpected(systemFailure(errno, "reading from"));
}

Awaitable<NetResult<std::size_t>> Stream::Impl::readSome(std::span<char> into, Deadline deadline) {
    for (;;) {
        if (m_socket.is_open()) {
            if (auto read = tryRead(into)) {
                co_return std::move(*read);
            }
        }
        if (auto ready = co_await wait(Tcp::socket::wait_read, deadline); !ready) {
            co_return tl::unexpected(std::move(ready.error()));
        }
    }
}

Awaitable<NetResult<std::string>> Stream::Impl::peek(std::size_t upTo, Deadline deadline) {
    std::string bytes(upTo, '\0');
    for (;;) {
        const auto count = ::recv(m_socket.native_handle(), bytes.data(), bytes.size(), MSG_PEEK);
        if (count >= 0) {
            bytes.resize(static_cast<std::size_t>(count));
            co_return bytes;
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            co_return tl::unexpected(systemFailure(errno, "reading from"));
        }
        if (auto ready = co_await wait(Tcp::socket::wait_read, deadline); !ready) {
            co_return tl::unexpected(std::move(ready.error()));
        }
    }
}

Awaitable<NetStatus> Stream::Impl::writePlain(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        const auto count = ::send(m_socket.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            co_return tl::unexpected(systemFailure(errno, "writing to"));
        }
        if (auto ready = co_await wait(Tcp::socket::wait_write, deadline); !ready) {
            co_return ready;
        }
    }
    co_return NetStatus();
}

Awaitable<NetStatus> Stream::Impl::write(std::string_view bytes, Deadline deadline) {
    if (m_cancelled || !m_socket.is_open()) {
        co_return netFail(ConnectFailure::none, ErrorCode::cancelled, "the connection was given up");
    }
    if (!m_tls) {
        co_return co_await writePlain(bytes, deadline);
    }
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, pieceBytes);
        bytes.remove_prefix(piece.size());
        if (m_tls->write(piece) != TlsSession::Step::done) {
            co_return tl::unexpected(tlsFailure(m_expectedName));
        }
        if (auto sent = co_await flushTls(deadline); !sent) {
            co_return sent;
        }
    }
    co_return NetStatus();
}

Awaitable<void> Stream::Impl::shutdown(Deadline deadline) {
    if (m_tls && m_socket.is_open()) {
        m_tls->closeNotify();
        static_cast<void>(co_await flushTls(deadline));
    }
    boost::system::error_code ignored;
    m_socket.shutdown(Tcp::socket::shutdown_send, ignored);
}

void Stream::Impl::interrupt(Wait& waiting) {
    if (waiting.isWaiting) {
        waiting.interrupted = true;
        boost::system::error_code ignored;
        m_socket.cancel(ignored); // wakes both directions; the other one waits again
    }
}

void Stream::Impl::cancel() {
    m_cancelled = true;
    boost::system::error_code ignored;
    m_socket.cancel(ignored);
}

void Stream::Impl::close() {
    m_cancelled = true;
    boost::system::error_code ignored;
    m_timer.cancel();
    m_socket.close(ignored);
}

void Stream::Impl::reset() {
    boost::system::error_code ignored;
    m_socket.set_option(Tcp::socket::linger(true, 0), ignored);
    close();
}

} // namespace pilothouse::http
