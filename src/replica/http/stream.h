// SPDX-License-Identifier: GPL-3.0-or-later
// One connection, plain or TLS, as a byte stream.
#pragma once

#include "replica/http/async.h"
#include "replica/http/net_error.h"
#include "replica/http/tls.h"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pilothouse::http {

// Used on its socket's executor only, which is a strand; one read and one write may wait at the same time.
// A coroutine that is cancelled through Asio while it waits here ends by boost::system::system_error
// (operation_aborted), or with ErrorCode::cancelled where this_coro::throw_if_cancelled(false) was set.
class Stream {
public:
    // Takes over a connected plain socket.
    explicit Stream(boost::asio::ip::tcp::socket socket);
    Stream(Stream&&) noexcept;
    Stream& operator=(Stream&&) noexcept;
    ~Stream(); // closes at once

    // The server's side of the handshake.
    [[nodiscard]] Awaitable<NetStatus> acceptTls(const TlsContext& tls, Deadline deadline);
    // The client's side. `host` is sent as server name and, if `verifyName`, must be one of the certificate's
    // names or addresses; `requiredUri`, if not empty, must be one of its URI names.
    struct Expected {
        std::string host;
        bool verifyName = true;
        std::string requiredUri;
    };
    [[nodiscard]] Awaitable<NetStatus> connectTls(const TlsContext& tls, const Expected& expected,
                                                  Deadline deadline);

    // At least one byte, or 0 at the orderly end. Over TLS an end without close_notify is `broken`.
    [[nodiscard]] Awaitable<NetResult<std::size_t>> readSome(std::span<char> into, Deadline deadline);
    // The same without waiting; empty when nothing has come yet.
    [[nodiscard]] std::optional<NetResult<std::size_t>> tryRead(std::span<char> into);
    // All of it handed to the operating system.
    [[nodiscard]] Awaitable<NetStatus> write(std::string_view bytes, Deadline deadline);
    // Looks at bytes that have come without taking them (before TLS); empty at the end of the stream.
    [[nodiscard]] Awaitable<NetResult<std::string>> peek(std::size_t upTo, Deadline deadline);
    // Tells the other side that nothing follows. Reading still works.
    [[nodiscard]] Awaitable<void> shutdown(Deadline deadline);
    // Ends a read or a write that waits with ErrorCode::cancelled. After a read the stream is as before;
    // after a write it is not known how much was sent.
    void interruptRead();
    void interruptWrite();
    // Ends all waits with ErrorCode::cancelled, now and later.
    void cancel();
    // Closes at once. Sending what is buffered is not waited for.
    void close();
    // The same so that the other side sees a failure, not an end.
    void reset();

    [[nodiscard]] Executor executor() const;
    [[nodiscard]] bool isTls() const;
    [[nodiscard]] const PeerIdentity* peer() const;         // null without a verified certificate
    [[nodiscard]] const std::string& localEndpoint() const; // "127.0.0.1:443", "[::1]:443"
    [[nodiscard]] const std::string& remoteEndpoint() const;

    class Impl;
    explicit Stream(std::shared_ptr<Impl> impl);

private:
    std::shared_ptr<Impl> m_impl;
};

// Where a client connects to, and what it takes for proof.
struct Origin {
    std::string host; // name or address, without brackets
    std::uint16_t port = 0;
    std::shared_ptr<TlsContext> tls; // null: plain
    bool verifyName = true;          // false only together with requiredUri
    std::string requiredUri;         // e.g. "pilothouse:cluster:<id>:replica:<id>"; empty: any
};

// A connection on a strand of its own of `executor`. Call it on that strand (Client does).
// Tries the host's addresses in order. Every failure has the code `unavailable`; `how` tells them apart.
[[nodiscard]] Awaitable<NetResult<Stream>> connect(Executor strand, const Origin& origin, Deadline deadline);

} // namespace pilothouse::http
