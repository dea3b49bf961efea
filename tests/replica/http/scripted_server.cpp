// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_server.h"

#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace pilothouse::http::test {

namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

ScriptedServer::ScriptedServer(std::vector<Step> steps) : m_steps(std::move(steps)) {
    listen(16);
    m_thread = std::thread([this] { serve(); });
}

ScriptedServer::ScriptedServer(NeverAccepts) {
    listen(0);
    // Fill the queue, so that further connections get no answer at all.
    for (int i = 0; i < 4; ++i) {
        const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        const auto address = loopback(m_port);
        static_cast<void>(::connect(filler, reinterpret_cast<const sockaddr*>(&address), sizeof address));
        m_held.push_back(filler);
    }
}

ScriptedServer::~ScriptedServer() {
    ::shutdown(m_listener, SHUT_RDWR);
    {
        const std::lock_guard lock(m_mutex);
        for (const int connection : m_held) {
            ::shutdown(connection, SHUT_RDWR);
        }
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
    ::close(m_listener);
    for (const int connection : m_held) {
        ::close(connection);
    }
}

void ScriptedServer::listen(int backlog) {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(m_listener, backlog) != 0 ||
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("cannot listen");
    }
    m_port = ntohs(address.sin_port);
}

// A head and, by its Content-Length, a body.
bool ScriptedServer::takeRequest(int connection) {
    std::string bytes;
    std::array<char, 4096> buffer{};
    for (;;) {
        const auto end = bytes.find("\r\n\r\n");
        if (end != std::string::npos) {
            const auto field = bytes.find("Content-Length: ");
            const std::size_t body = field < end ? std::stoul(bytes.substr(field + 16)) : 0;
            if (bytes.size() >= end + 4 + body) {
                ++m_requests;
                return true;
            }
        }
        const auto count = ::recv(connection, buffer.data(), buffer.size(), 0);
        if (count <= 0) {
            return false;
        }
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

void ScriptedServer::serve() {
    int connection = -1;
    for (const Step& step : m_steps) {
        if (connection < 0) {
            connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0) {
                return;
            }
            ++m_connections;
            const std::lock_guard lock(m_mutex);
            m_held.push_back(connection);
        }
        if (!takeRequest(connection)) {
            return;
        }
        static_cast<void>(::send(connection, step.answer.data(), step.answer.size(), MSG_NOSIGNAL));
        ++m_answers;
        if (step.then == Then::next) {
            continue;
        }
        if (step.then != Then::hold) {
            const linger now{1, 0};
            if (step.then == Then::reset) {
                ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
            }
            const std::lock_guard lock(m_mutex);
            ::close(connection);
            m_held.pop_back();
        }
        connection = -1;
    }
}

void ScriptedServer::send(const std::string& bytes) {
    const std::lock_guard lock(m_mutex);
    static_cast<void>(::send(m_held.back(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

bool ScriptedServer::sawTheEnd() {
    const std::lock_guard lock(m_mutex);
    pollfd wait{m_held.back(), POLLIN, 0};
    std::array<char, 4096> ignored{};
    while (::poll(&wait, 1, 10'000) == 1) {
        if (::recv(m_held.back(), ignored.data(), ignored.size(), 0) <= 0) {
            return true;
        }
    }
    return false;
}

std::uint16_t ScriptedServer::portThatRefuses() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    // Bound but not listening: nobody else gets it while the test runs.
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("cannot bind");
    }
    return ntohs(address.sin_port);
}

} // namespace pilothouse::http::test
