// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/disk_growth.h"

#include <gtest/gtest.h>

namespace pilothouse::node {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t gib = std::int64_t{1} << 30;

MonotonicTime at(std::chrono::minutes minutes) {
    return MonotonicTime(std::chrono::hours(1000) + minutes);
}

TEST(DiskGrowth, IsNotKnownBeforeAnHour) {
    DiskGrowth growth;
    EXPECT_EQ(growth.bytesPerDay(), std::nullopt);
    growth.take(at(0min), 100 * gib);
    growth.take(at(59min), 90 * gib);
    EXPECT_EQ(growth.bytesPerDay(), std::nullopt);
    growth.take(at(60min), 99 * gib);
    EXPECT_EQ(growth.bytesPerDay(), 24 * gib);
}

TEST(DiskGrowth, IsNoneWhereRoomIsMade) {
    DiskGrowth growth;
    growth.take(at(0min), 50 * gib);
    growth.take(at(120min), 60 * gib);
    EXPECT_EQ(growth.bytesPerDay(), 0);
}

// What was written two weeks ago does not say how it fills now.
TEST(DiskGrowth, GoesByTheLastWeek) {
    DiskGrowth growth;
    std::int64_t free = 1000 * gib;
    std::chrono::hours hour{0};
    for (; hour < 14 * 24h; ++hour) {
        growth.take(at(hour), free);
        free -= hour < 7 * 24h ? 2 * gib : 0;
    }
    EXPECT_EQ(growth.bytesPerDay(), 0);
}

} // namespace
} // namespace pilothouse::node
