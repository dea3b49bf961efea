// SPDX-License-Identifier: GPL-3.0-or-later
// A server that takes each request whole, sends the bytes that it was told to, and then does what it was
// told.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pilothouse::http::test {

class ScriptedServer {
public:
    enum class Then {
        next,  // takes another request on the same connection
        close, // closes; the next request comes on another connection
        reset, // the same, impolitely
        hold   // keeps the connection open, silent; the next request comes on another
    };
    struct Step {
        std::string answer;
        Then then = Then::hold;
    };
    struct NeverAccepts {};
    static constexpr NeverAccepts neverAccepts{};

    explicit ScriptedServer(std::vector<Step> steps);
    explicit ScriptedServer(NeverAccepts); // its queue of connections is full
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] int requests() const { return m_requests; }
    [[nodiscard]] int answers() const { return m_answers; } // that were sent
    [[nodiscard]] int connections() const { return m_connections; }
    // On the connection that is held.
    void send(const std::string& bytes);
    // Whether the client closes the connection that is held, within 10 s.
    [[nodiscard]] bool sawTheEnd();

    // A port at which nobody listens.
    [[nodiscard]] static std::uint16_t portThatRefuses();

private:
    void listen(int backlog);
    void serve();
    [[nodiscard]] bool takeRequest(int connection);

    const std::vector<Step> m_steps;
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::atomic<int> m_requests{0};
    std::atomic<int> m_answers{0};
    std::atomic<int> m_connections{0};
    std::mutex m_mutex; // guards what follows
    std::vector<int> m_held;
    std::thread m_thread;
};

} // namespace pilothouse::http::test
