// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the same thing again and again over kept-alive TLS connections, one request at a time on each, from
// one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace pilothouse::bench {

struct Load {
    std::uint16_t port = 0; // on 127.0.0.1
    std::string authority;  // PEM; the server's certificate must chain to it
    std::string target = "/";
    int connections = 16;
    std::chrono::milliseconds warmUp{500};
    std::chrono::milliseconds time{2000};
};

struct LoadResult {
    double perSecond = 0;
    double medianMicroseconds = 0; // from sending a request to the last byte of its answer
    double p99Microseconds = 0;
    std::size_t answers = 0; // in all, the warm-up's too
};

// Throws std::runtime_error when a connection fails or an answer is not 200.
[[nodiscard]] LoadResult applyLoad(const Load& load);

} // namespace pilothouse::bench
