// SPDX-License-Identifier: GPL-3.0-or-later
// The other side of a socket, byte by byte: what a script, a load balancer or a console sends and reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::admin::test {

struct Answer {
    int status = 0;                             // 0: none came
    std::map<std::string, std::string> headers; // names in lower case
    std::string body;                           // decoded from chunks
    [[nodiscard]] std::string header(const std::string& name) const;
};

// A plain TCP connection to 127.0.0.1. Every wait has a deadline of some seconds.
class Socket {
public:
    explicit Socket(std::uint16_t port);
    ~Socket();
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    void send(std::string_view bytes);
    // Waits until what has come holds `text`; false when it does not come in time or the server closes
    // before.
    [[nodiscard]] bool waitFor(std::string_view text,
                               std::chrono::milliseconds deadline = std::chrono::seconds(10));
    // Waits for the end of the stream.
    [[nodiscard]] bool waitForEnd(std::chrono::milliseconds deadline = std::chrono::seconds(10));
    // Everything since the last call.
    [[nodiscard]] std::string take();
    [[nodiscard]] const std::string& received() const { return m_received; }
    // One whole answer; `head`: to a HEAD request, which has no body.
    [[nodiscard]] Answer readAnswer(bool head = false);

private:
    // Whether something came; not at the end or after the deadline.
    [[nodiscard]] bool read(std::chrono::steady_clock::time_point deadline);
    [[nodiscard]] bool fill(std::size_t bytes);

    int m_socket = -1;
    bool m_ended = false;
    std::string m_received;
};

// "Basic …" of user and password.
[[nodiscard]] std::string basic(std::string_view user, std::string_view password);

} // namespace pilothouse::admin::test
