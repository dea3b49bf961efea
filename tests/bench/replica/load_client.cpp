// SPDX-License-Identifier: GPL-3.0-or-later
#include "load_client.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fcntl.h>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace pilothouse::bench {

namespace {

using Clock = std::chrono::steady_clock;

// The length of the answer at the beginning of `bytes` once it is whole.
std::optional<std::size_t> wholeAnswer(std::string_view bytes) {
    const auto head = bytes.find("\r\n\r\n");
    if (head == std::string_view::npos) {
        return std::nullopt;
    }
    if (!bytes.starts_with("HTTP/1.1 200")) {
        throw std::runtime_error("an answer is not 200: " + std::string(bytes.substr(0, bytes.find('\r'))));
    }
    constexpr std::string_view field = "Content-Length: ";
    const auto at = bytes.find(field);
    if (at == std::string_view::npos || at > head) {
        throw std::runtime_error("an answer has no Content-Length");
    }
    std::size_t length = 0;
    std::from_chars(bytes.data() + at + field.size(), bytes.data() + head, length);
    return bytes.size() >= head + 4 + length ? std::optional(head + 4 + length) : std::nullopt;
}

class Connection {
public:
    Connection(SSL_CTX* context, std::uint16_t port, std::string request)
        : m_request(std::move(request)), m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
          m_ssl(SSL_new(context)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        SSL_set_fd(m_ssl, m_socket);
        if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            SSL_connect(m_ssl) != 1) {
            throw std::runtime_error("cannot connect to port " + std::to_string(port));
        }
        ::fcntl(m_socket, F_SETFL, O_NONBLOCK);
    }
    ~Connection() {
        SSL_free(m_ssl);
        ::close(m_socket);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] int socket() const { return m_socket; }

    void ask() {
        m_asked = Clock::now();
        if (SSL_write(m_ssl, m_request.data(), static_cast<int>(m_request.size())) <= 0) {
            throw std::runtime_error("a connection broke");
        }
    }
    // Takes what has come; the answer's time once it is whole.
    std::optional<Clock::duration> takeAnswer() {
        std::array<char, 16384> buffer{};
        for (;;) {
            const int count = SSL_read(m_ssl, buffer.data(), static_cast<int>(buffer.size()));
            if (count <= 0) {
                if (SSL_get_error(m_ssl, count) != SSL_ERROR_WANT_READ) {
                    throw std::runtime_error("a connection broke");
                }
                return std::nullopt;
            }
            m_bytes.append(buffer.data(), static_cast<std::size_t>(count));
            if (const auto whole = wholeAnswer(m_bytes)) {
                m_bytes.erase(0, *whole);
                return Clock::now() - m_asked;
            }
        }
    }

private:
    const std::string m_request;
    int m_socket;
    SSL* m_ssl;
    std::string m_bytes;
    Clock::time_point m_asked;
};

std::shared_ptr<SSL_CTX> contextFor(const std::string& authority) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    BIO* const text = BIO_new_mem_buf(authority.data(), static_cast<int>(authority.size()));
    X509* const certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), certificate);
    X509_free(certificate);
    BIO_free(text);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

double microseconds(Clock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

} // namespace

LoadResult applyLoad(const Load& load) {
    const auto context = contextFor(load.authority);
    const std::string request =
        "GET " + load.target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(load.port) + "\r\n\r\n";
    std::vector<std::unique_ptr<Connection>> connections;
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < load.connections; ++i) {
        connections.push_back(std::make_unique<Connection>(context.get(), load.port, request));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = connections.back().get();
        ::epoll_ctl(poll, EPOLL_CTL_ADD, connections.back()->socket(), &event);
    }
    for (auto& connection : connections) {
        connection->ask();
    }
    std::vector<Clock::duration> times;
    std::size_t answers = 0;
    const auto from = Clock::now() + load.warmUp;
    const auto until = from + load.time;
    std::array<epoll_event, 64> events{};
    for (auto now = Clock::now(); now < until; now = Clock::now()) {
        const int count = ::epoll_wait(poll, events.data(), events.size(), 1000);
        if (count == 0) {
            throw std::runtime_error("no answer within a second");
        }
        for (int i = 0; i < count; ++i) {
            auto& connection = *static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr);
            if (const auto time = connection.takeAnswer()) {
                ++answers;
                if (now >= from) {
                    times.push_back(*time);
                }
                connection.ask();
            }
        }
    }
    ::close(poll);
    if (times.empty()) {
        throw std::runtime_error("no answer in all the time");
    }
    std::sort(times.begin(), times.end());
    return {static_cast<double>(times.size()) / std::chrono::duration<double>(load.time).count(),
            microseconds(times[times.size() / 2]), microseconds(times[times.size() * 99 / 100]), answers};
}

} // namespace pilothouse::bench
