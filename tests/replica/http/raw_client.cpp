// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_client.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace pilothouse::http::test {

namespace {

// OpenSSL writes to a socket that may be closed by now; the signal of that ends no test. The server's own
// threads keep it: they must not raise it.
class NoSigpipe {
public:
    NoSigpipe() {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~NoSigpipe() {
        const timespec now{};
        while (sigtimedwait(&m_pipe, nullptr, &now) > 0) {
        }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    NoSigpipe(const NoSigpipe&) = delete;
    NoSigpipe& operator=(const NoSigpipe&) = delete;

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
};

void must(bool good, const char* what) {
    if (!good) {
        throw std::runtime_error(what);
    }
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

void useCertificate(SSL_CTX* context, const RawTlsOptions& options) {
    BIO* const certificate = BIO_new_mem_buf(options.certificates.data(), -1);
    X509* const leaf = PEM_read_bio_X509(certificate, nullptr, nullptr, nullptr);
    BIO* const keyText = BIO_new_mem_buf(options.privateKey.data(), -1);
    EVP_PKEY* const key = PEM_read_bio_PrivateKey(keyText, nullptr, nullptr, nullptr);
    must(SSL_CTX_use_certificate(context, leaf) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1,
         "the client's certificate cannot be used");
    X509_free(leaf);
    EVP_PKEY_free(key);
    BIO_free(certificate);
    BIO_free(keyText);
}

void useAuthority(SSL_CTX* context, const std::string& pem) {
    BIO* const text = BIO_new_mem_buf(pem.data(), -1);
    X509* const authority = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    X509_free(authority);
    BIO_free(text);
}

} // namespace

struct RawClient::Tls {
    explicit Tls(const RawTlsOptions& options) : context(SSL_CTX_new(TLS_client_method())) {
        if (options.highestVersion != 0) {
            SSL_CTX_set_min_proto_version(context, 0);
            SSL_CTX_set_security_level(context, 0); // 1.1 needs SHA-1
            SSL_CTX_set_max_proto_version(context, options.highestVersion);
        }
        if (!options.certificates.empty()) {
            useCertificate(context, options);
        }
        if (!options.authorities.empty()) {
            useAuthority(context, options.authorities);
        }
        session = SSL_new(context);
    }
    ~Tls() {
        SSL_free(session);
        SSL_CTX_free(context);
    }
    SSL_CTX* context;
    SSL* session;
};

RawClient::RawClient(std::uint16_t port, int receiveBuffer) {
    connect(port, receiveBuffer);
}

RawClient::RawClient(std::uint16_t port, const char* from) {
    connect(port, 0, from);
}

RawClient::RawClient(std::uint16_t port, const RawTlsOptions& tls) {
    connect(port, 0, tls.from.empty() ? nullptr : tls.from.c_str());
    m_tls = std::make_unique<Tls>(tls);
    SSL_set_fd(m_tls->session, m_socket);
    ERR_clear_error();
    const NoSigpipe noSigpipe;
    if (SSL_connect(m_tls->session) != 1) {
        const char* const reason = ERR_reason_error_string(ERR_peek_error());
        m_tlsError = reason != nullptr ? reason : "the connection ended";
    }
}

RawClient::~RawClient() {
    close();
}

void RawClient::connect(std::uint16_t port, int receiveBuffer, const char* from) {
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(m_socket >= 0, "no socket");
    if (receiveBuffer > 0) {
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    }
    const timeval limit{10, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (from != nullptr) {
        must(::inet_pton(AF_INET, from, &address.sin_addr) == 1, "no address");
        must(::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
             "cannot bind");
    }
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    must(::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
         "cannot connect");
}

bool RawClient::send(std::string_view bytes) {
    const NoSigpipe noSigpipe;
    while (!bytes.empty()) {
        const auto sent = m_tls ? SSL_write(m_tls->session, bytes.data(), static_cast<int>(bytes.size()))
                                : ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string RawClient::receive() {
    if (!m_pending.empty()) {
        return std::exchange(m_pending, {});
    }
    std::array<char, 16 * 1024> buffer{};
    errno = 0;
    const NoSigpipe noSigpipe;
    const auto count = m_tls ? SSL_read(m_tls->session, buffer.data(), static_cast<int>(buffer.size()))
                             : ::recv(m_socket, buffer.data(), buffer.size(), 0);
    m_timedOut = m_timedOut || (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
    m_sawReset = count < 0 && errno == ECONNRESET;
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

std::string RawClient::receiveAll() {
    std::string all;
    for (auto some = receive(); !some.empty(); some = receive()) {
        all += some;
    }
    return all;
}

std::string RawClient::receiveUntil(std::string_view mark) {
    std::string all;
    for (;;) {
        const auto found = all.find(mark);
        if (found != std::string::npos) {
            m_pending = all.substr(found + mark.size()) + m_pending;
            all.resize(found + mark.size());
            return all;
        }
        const auto some = receive();
        if (some.empty()) {
            return all;
        }
        all += some;
    }
}

std::string RawClient::take(std::size_t count) {
    std::string all;
    while (all.size() < count) {
        const auto some = receive();
        if (some.empty()) {
            return all;
        }
        all += some;
    }
    m_pending = all.substr(count) + m_pending;
    all.resize(count);
    return all;
}

std::string RawClient::takeChunked() {
    std::string body;
    for (;;) {
        const auto size = std::strtoul(receiveUntil("\r\n").c_str(), nullptr, 16);
        const auto data = take(size + 2);
        if (size == 0) {
            return body;
        }
        body += data.substr(0, std::min<std::size_t>(size, data.size()));
        if (data.size() < size + 2) {
            return body + "(cut short)";
        }
    }
}

std::string RawClient::takeBody(const Answer& answer, std::string_view method) {
    if (method == "HEAD" || answer.status == 204 || answer.status == 304) {
        return {};
    }
    if (answer.field("transfer-encoding") == "chunked") {
        return takeChunked();
    }
    if (const auto length = answer.field("content-length"); !length.empty()) {
        return take(std::stoul(length));
    }
    return receiveAll();
}

Answer RawClient::answer(std::string_view method) {
    Answer answer;
    do {
        answer = Answer();
        answer.head = receiveUntil("\r\n\r\n");
        if (!answer.head.ends_with("\r\n\r\n") || answer.head.size() < 12) {
            return Answer();
        }
        answer.status = std::atoi(answer.head.c_str() + 9);
        for (std::size_t at = answer.head.find("\r\n") + 2; at < answer.head.size() - 2;) {
            const auto end = answer.head.find("\r\n", at);
            const auto colon = answer.head.find(": ", at);
            answer.fields[lower(answer.head.substr(at, colon - at))] =
                answer.head.substr(colon + 2, end - colon - 2);
            at = end + 2;
        }
    } while (answer.status >= 100 && answer.status < 200);
    answer.body = takeBody(answer, method);
    return answer;
}

void RawClient::halfClose() {
    ::shutdown(m_socket, SHUT_WR);
}

void RawClient::close() {
    if (m_socket >= 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

void RawClient::reset() {
    const linger now{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

} // namespace pilothouse::http::test
