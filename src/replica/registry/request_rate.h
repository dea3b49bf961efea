// SPDX-License-Identifier: GPL-3.0-or-later
// How many requests users make of the registry a second.
#pragma once

#include "base/clock.h"
#include "base/recent_map.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace pilothouse::registry {

// Counts requests. Each user may make as many at once as in a second, and again as many with each second.
// Thread-safe.
class RequestRate {
public:
    // Whether one more is within the limit; it is counted then.
    [[nodiscard]] bool take(const std::string& who, std::int64_t perSecond, MonotonicTime now);

private:
    struct Bucket {
        double left = 0; // requests
        MonotonicTime at;
    };
    static constexpr std::size_t mostUsers = 10'000; // who is forgotten begins anew
    std::mutex m_mutex;
    RecentMap<std::string, Bucket> m_buckets{mostUsers};
};

} // namespace pilothouse::registry
