// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica's host should have, when it joins and as long as it runs.
#pragma once

#include "base/clock.h"

#include <cstdint>

namespace pilothouse::domain {

inline constexpr Milliseconds blockingClock{30'000};
inline constexpr Milliseconds noticedClock{1000};
inline constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
inline constexpr std::int64_t spareBytes = 1024 * mebibyte; // below which a replica reports itself unhealthy
inline constexpr std::int64_t leastMemory =
    1024 * mebibyte;                                 // a busy replica and its engine take a fifth of that
inline constexpr std::int64_t leastOpenFiles = 4096; // as many clients at once have one each
inline constexpr std::int64_t usualCores = 2;
inline constexpr double slowSyncMs = 20;      // the engine syncs every write before it answers
inline constexpr double verySlowSyncMs = 500; // half of the time after which an election begins

} // namespace pilothouse::domain
