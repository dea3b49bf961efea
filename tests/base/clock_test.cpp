// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <gtest/gtest.h>

#include <random>
#include <tuple>

namespace pilothouse {
namespace {

using namespace std::chrono_literals;

WallTime at(std::chrono::sys_days day, std::chrono::nanoseconds time) {
    return WallTime(day) + std::chrono::duration_cast<WallTime::duration>(time);
}

constexpr std::chrono::sys_days secondOfMarch{std::chrono::year(2026) / 3 / 2};

TEST(Rfc3339, WritesUtcWithMilliseconds) {
    EXPECT_EQ(toRfc3339(at(secondOfMarch, 10h + 5ms)), "2026-03-02T10:00:00.005Z");
    EXPECT_EQ(toRfc3339(WallTime{}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(toRfc3339(at(secondOfMarch, 23h + 59min + 59s + 999'999'999ns)), "2026-03-02T23:59:59.999Z");
    EXPECT_EQ(toRfc3339(WallTime(-1ms)), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, ReadsEveryOffsetAndFraction) {
    const std::tuple<const char*, WallTime> cases[] = {
        {"2026-03-02T10:00:00Z", at(secondOfMarch, 10h)},
        {"2026-03-02t10:00:00z", at(secondOfMarch, 10h)},
        {"2026-03-02T12:00:00+02:00", at(secondOfMarch, 10h)},
        {"2026-03-02T00:30:00.5-09:30", at(secondOfMarch, 10h + 500ms)},
        {"2026-03-02T10:00:00.123456789Z", at(secondOfMarch, 10h + 123'456'789ns)},
        {"2026-03-02T10:00:00.000001Z", at(secondOfMarch, 10h + 1us)},
        {"2026-03-02T23:59:60Z", at(secondOfMarch, 24h)},
        {"2024-02-29T00:00:00Z", at(std::chrono::year(2024) / 2 / 29, 0h)},
    };
    for (const auto& [text, expected] : cases) {
        const auto time = parseRfc3339(text);
        ASSERT_TRUE(time.has_value()) << text;
        EXPECT_EQ(*time, expected) << text << " was read as " << toRfc3339(*time);
    }
}

TEST(Rfc3339, RefusesWhatIsNoTime) {
    const char* const wrong[] = {"",
                                 "now",
                                 "2026-03-02",
                                 "2026-03-02 10:00:00Z",
                                 "2026-03-02T10:00:00",
                                 "2026-03-02T10:00Z",
                                 "2026-3-2T10:00:00Z",
                                 "2026-02-29T10:00:00Z",
                                 "2026-13-01T10:00:00Z",
                                 "2026-00-01T10:00:00Z",
                                 "2026-03-02T24:00:00Z",
                                 "2026-03-02T10:60:00Z",
                                 "2026-03-02T10:00:61Z",
                                 "2026-03-02T10:00:00.Z",
                                 "2026-03-02T10:00:00.1234567890Z",
                                 "2026-03-02T10:00:00+0200",
                                 "2026-03-02T10:00:00+24:00",
                                 "2026-03-02T10:00:00+02:60",
                                 "2026-03-02T10:00:00Z ",
                                 "-026-03-02T10:00:00Z",
                                 "1066-10-14T09:00:00Z",
                                 "9999-12-31T23:59:59Z"};
    for (const char* const text : wrong) {
        const auto time = parseRfc3339(text);
        ASSERT_FALSE(time.has_value()) << text;
        EXPECT_EQ(time.error().code, ErrorCode::invalid) << text;
    }
}

TEST(Rfc3339, WhatWasWrittenIsReadBack) {
    std::mt19937_64 random(20260302); // NOLINT(cert-msc51-cpp): the same times in every run
    std::uniform_int_distribution<std::int64_t> milliseconds(-9'000'000'000'000, 9'000'000'000'000);
    for (int i = 0; i < 10'000; ++i) {
        const WallTime time{Milliseconds(milliseconds(random))};
        const auto again = parseRfc3339(toRfc3339(time));
        ASSERT_TRUE(again.has_value()) << toRfc3339(time);
        ASSERT_EQ(*again, time) << toRfc3339(time);
    }
}

TEST(Clock, TheSystemsClockGoesForward) {
    const auto before = systemClock().monotonic();
    EXPECT_LE(before, systemClock().monotonic());
    EXPECT_GT(systemClock().wall(), at(std::chrono::year(2020) / 1 / 1, 0h));
}

TEST(Clock, TheManualOneMovesOnlyWhenAsked) {
    ManualClock clock;
    const auto monotonic = clock.monotonic();
    const auto wall = clock.wall();
    EXPECT_EQ(clock.monotonic(), monotonic);
    clock.advance(1500ms);
    EXPECT_EQ(clock.monotonic() - monotonic, 1500ms);
    EXPECT_EQ(clock.wall() - wall, 1500ms);
}

} // namespace
} // namespace pilothouse
