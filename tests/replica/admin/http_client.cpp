// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_client.h"

#include "base/encoding.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace pilothouse::admin::test {
namespace {

constexpr std::chrono::seconds patience{10};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// "HTTP/1.1 200 OK\r\nName: value\r\n…"
Answer parseHead(const std::string& head) {
    Answer answer;
    answer.status = std::stoi(head.substr(head.find(' ') + 1));
    for (auto begin = head.find("\r\n") + 2; begin < head.size();) {
        const auto end = head.find("\r\n", begin);
        const auto line = head.substr(begin, end - begin);
        const auto colon = line.find(": ");
        if (colon != std::string::npos) {
            answer.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
        }
        begin = end + 2;
    }
    return answer;
}

} // namespace

std::string Answer::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found != headers.end() ? found->second : std::string();
}

Socket::Socket(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (m_socket < 0 || ::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
}

Socket::~Socket() {
    ::close(m_socket);
}

void Socket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return; // the answer, or its absence, tells
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool Socket::read(std::chrono::steady_clock::time_point deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd waiting{m_socket, POLLIN, 0};
    if (m_ended || left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) {
        return false;
    }
    std::array<char, 16384> bytes{};
    const auto count = ::recv(m_socket, bytes.data(), bytes.size(), 0);
    m_ended = count <= 0;
    m_received.append(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return !m_ended;
}

bool Socket::waitFor(std::string_view text, std::chrono::milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (m_received.find(text) == std::string::npos) {
        if (!read(end)) {
            return false;
        }
    }
    return true;
}

bool Socket::waitForEnd(std::chrono::milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (read(end)) {
    }
    return m_ended;
}

std::string Socket::take() {
    return std::exchange(m_received, {});
}

bool Socket::fill(std::size_t bytes) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (m_received.size() < bytes) {
        if (!read(end)) {
            return false;
        }
    }
    return true;
}

Answer Socket::readAnswer(bool head) {
    if (!waitFor("\r\n\r\n", patience)) {
        return {};
    }
    const auto headEnd = m_received.find("\r\n\r\n") + 4;
    auto answer = parseHead(m_received.substr(0, headEnd));
    m_received.erase(0, headEnd);
    if (head || answer.status == 204) {
        return answer;
    }
    if (const auto length = answer.header("content-length"); !length.empty()) {
        const auto bytes = std::stoul(length);
        if (!fill(bytes)) {
            return {};
        }
        answer.body = m_received.substr(0, bytes);
        m_received.erase(0, bytes);
    } else {
        (void)waitForEnd(patience);
        answer.body = take();
    }
    return answer;
}

std::string basic(std::string_view user, std::string_view password) {
    return "Basic " + toBase64(std::string(user) + ":" + std::string(password));
}

} // namespace pilothouse::admin::test
