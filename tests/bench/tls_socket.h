// SPDX-License-Identifier: GPL-3.0-or-later
// A TLS connection to a server on 127.0.0.1.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace pilothouse::bench {

// Trusts `authority` (PEM) alone.
[[nodiscard]] std::shared_ptr<SSL_CTX> clientContext(const std::string& authority);

// Blocking at first. Throws std::runtime_error when the connection cannot be made or breaks.
class TlsSocket {
public:
    TlsSocket(SSL_CTX* context, std::uint16_t port);
    ~TlsSocket();
    TlsSocket(const TlsSocket&) = delete;
    TlsSocket& operator=(const TlsSocket&) = delete;

    [[nodiscard]] int socket() const { return m_socket; }
    // From now on read() gives 0 when nothing is there.
    void setNonBlocking();
    void writeAll(std::string_view bytes);
    [[nodiscard]] std::size_t read(std::span<char> into);

private:
    int m_socket;
    SSL* m_ssl;
};

} // namespace pilothouse::bench
