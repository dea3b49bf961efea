// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a disk fills, by how much was free over the last week.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

namespace pilothouse::node {

// Thread-safe. Forgets with the process: until it was watched for an hour nothing is known.
class DiskGrowth {
public:
    // So much is free now.
    void take(MonotonicTime at, std::int64_t freeBytes);
    // By how much it fills within a day; 0 when it does not.
    [[nodiscard]] std::optional<std::int64_t> bytesPerDay() const;

private:
    struct Sample {
        MonotonicTime at;
        std::int64_t freeBytes = 0;
    };
    mutable std::mutex m_mutex; // guards what follows
    std::deque<Sample> m_hourly;
    std::optional<Sample> m_last;
};

} // namespace pilothouse::node
