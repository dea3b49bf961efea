// SPDX-License-Identifier: GPL-3.0-or-later
// What the registry's limits are at the moment: settings of the cluster.
#pragma once

#include "base/clock.h"
#include "base/recent_map.h"
#include "replica/state/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

namespace pilothouse::registry {

struct Limits {
    std::size_t manifestBytes = 0;
    std::uint64_t blobBytes = 0;
    std::size_t uploadsPerUser = 0;
    std::int64_t requestsPerSecond = 0; // of one user; 0: any number
    std::uint64_t freeBytes = 0;        // that a push leaves on the disk
};
[[nodiscard]] Limits limitsOf(const state::Snapshot& snapshot);

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
