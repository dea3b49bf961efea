// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls_socket.h"

#include "bench_ports.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace pilothouse::bench {

std::shared_ptr<SSL_CTX> clientContext(const std::string& authority) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    BIO* const text = BIO_new_mem_buf(authority.data(), static_cast<int>(authority.size()));
    X509* const certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), certificate);
    X509_free(certificate);
    BIO_free(text);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    // One read of the socket for many records: the client shall not be what is measured.
    SSL_CTX_set_read_ahead(context.get(), 1);
    SSL_CTX_set_default_read_buffer_len(context.get(), std::size_t{256} * 1024);
    return context;
}

TlsSocket::TlsSocket(SSL_CTX* context, std::uint16_t port)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), m_ssl(SSL_new(context)) {
    const sockaddr_in address = loopback(port);
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    SSL_set_fd(m_ssl, m_socket);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        SSL_connect(m_ssl) != 1) {
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
}

TlsSocket::~TlsSocket() {
    SSL_free(m_ssl);
    ::close(m_socket);
}

void TlsSocket::setNonBlocking() {
    ::fcntl(m_socket, F_SETFL, O_NONBLOCK);
}

void TlsSocket::writeAll(std::string_view bytes) {
    // What is written to a socket that does not block fits into its buffer.
    if (SSL_write(m_ssl, bytes.data(), static_cast<int>(bytes.size())) <= 0) {
        throw std::runtime_error("a connection broke");
    }
}

std::size_t TlsSocket::read(std::span<char> into) {
    const int count = SSL_read(m_ssl, into.data(), static_cast<int>(into.size()));
    if (count > 0) {
        return static_cast<std::size_t>(count);
    }
    if (SSL_get_error(m_ssl, count) != SSL_ERROR_WANT_READ) {
        throw std::runtime_error("a connection broke");
    }
    return 0;
}

} // namespace pilothouse::bench
