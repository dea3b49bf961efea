// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL on a non-blocking socket: never waits, says what to wait for.
//
// What OpenSSL sends is gathered in a buffer first, so that many records leave with one system call, a write
// never has to be repeated, and reading and writing do not get into each other's way.
#pragma once

#include "replica/http/tls.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct ssl_st;

namespace pilothouse::http {

class TlsSession {
public:
    enum class Step { done, wantRead, wantWrite, ended, failed };

    // `socket` stays the caller's. For a client, `serverName` is sent, and with `verifyName` also checked.
    [[nodiscard]] static std::unique_ptr<TlsSession> server(const TlsContext& context, int socket);
    [[nodiscard]] static std::unique_ptr<TlsSession> client(const TlsContext& context, int socket,
                                                            const std::string& serverName, bool verifyName);

    // After wantRead: flush(), then wait for the socket to become readable.
    [[nodiscard]] Step handshake();
    // done: `count` bytes have come; ended: close_notify has.
    [[nodiscard]] Step read(std::span<char> into, std::size_t& count);
    // Into the buffer, all of it: done or failed.
    [[nodiscard]] Step write(std::string_view bytes);
    void closeNotify(); // into the buffer
    // Sends what is buffered: done, wantWrite, or failed.
    [[nodiscard]] Step flush();
    [[nodiscard]] bool hasUnsent() const;

    // After `failed`. `systemError` is an errno when the socket, not TLS, is the reason; else 0.
    struct Failure {
        int systemError = 0;
        std::string sentence;
        bool cutShort = false; // the connection ended without TLS saying so: no fault of a certificate
    };
    [[nodiscard]] Failure failure(std::string_view other, std::string_view expectedName);
    [[nodiscard]] std::optional<PeerIdentity> peer() const;

    struct Transport; // what the BIO works on
    ~TlsSession();

private:
    TlsSession(const TlsContext& context, int socket);
    [[nodiscard]] Step stepFor(int returned);

    std::unique_ptr<Transport> m_transport;
    std::shared_ptr<ssl_st> m_session;
};

} // namespace pilothouse::http
