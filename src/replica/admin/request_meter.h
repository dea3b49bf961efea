// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what was answered since the start, for the metrics. Thread-safe, without locks: it is in the way of
// every request.
#pragma once

#include "replica/admin/route_meter.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>

namespace pilothouse::admin {

class RequestMeter {
public:
    enum class Port { https, http };
    // Upper bounds of the histogram, in seconds; one more bucket takes what is slower.
    static constexpr std::array<double, 11> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                   0.1,   0.25,   0.5,   1,    5};

    // `status` 0: the client went before the answer.
    void answered(Port port, int status);
    // Of a request that a person or a program waits for: neither streams nor health checks.
    void took(std::chrono::nanoseconds duration);

    struct Durations {
        std::array<std::uint64_t, bounds.size() + 1> buckets{}; // each for itself, not cumulative
        double seconds = 0;
    };
    [[nodiscard]] Durations durations() const;
    // By status, those that occurred; 0: abandoned by the client.
    [[nodiscard]] std::map<int, std::uint64_t> answers(Port port) const;

    // The same and more of the HTTPS port, by what the requests were about.
    [[nodiscard]] RouteMeter& byRoute() { return m_routes; }
    [[nodiscard]] const RouteMeter& byRoute() const { return m_routes; }

private:
    static constexpr std::size_t statuses = 600;
    std::array<std::array<std::atomic<std::uint64_t>, statuses>, 2> m_answers{};
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> m_buckets{};
    std::atomic<std::uint64_t> m_nanoseconds{0};
    RouteMeter m_routes;
};

} // namespace pilothouse::admin
