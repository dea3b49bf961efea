// SPDX-License-Identifier: GPL-3.0-or-later
// What a server has served since its start, and what it is doing now.
#pragma once

#include <atomic>
#include <cstdint>

namespace pilothouse::http {

// At one moment, nearly: the numbers are read one after the other.
struct ServerCounts {
    std::uint64_t accepted = 0; // connections
    std::uint64_t handled = 0;  // of those, not turned away
    std::uint64_t requests = 0; // whose head was understood
    std::int64_t active = 0;    // connections now
    std::int64_t reading = 0;   // of those, in the handshake or within a request's head
    std::int64_t writing = 0;   // of those, with a request that is being answered
    // The rest waits for a request.
    [[nodiscard]] std::int64_t waiting() const {
        const auto rest = active - reading - writing;
        return rest > 0 ? rest : 0;
    }

    ServerCounts& operator+=(const ServerCounts& other) {
        accepted += other.accepted;
        handled += other.handled;
        requests += other.requests;
        active += other.active;
        reading += other.reading;
        writing += other.writing;
        return *this;
    }
};

// The counters behind it, shared by a server's connections.
struct ServerCounters {
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> handled{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::int64_t> reading{0};
    std::atomic<std::int64_t> writing{0};
};

// Counts one as long as it lives.
class CountedIn {
public:
    explicit CountedIn(std::atomic<std::int64_t>& counter) : m_counter(counter) { ++m_counter; }
    ~CountedIn() { --m_counter; }
    CountedIn(const CountedIn&) = delete;
    CountedIn& operator=(const CountedIn&) = delete;

private:
    std::atomic<std::int64_t>& m_counter;
};

} // namespace pilothouse::http
