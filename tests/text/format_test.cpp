// SPDX-License-Identifier: GPL-3.0-or-later
#include "print.h"
#include "text/format.h"

#include <gtest/gtest.h>

#include <limits>

namespace pilothouse::text {
namespace {

using namespace std::chrono_literals;

TEST(Format, CountsAreGroupedWithThinSpaces) {
    EXPECT_EQ(count(0), QStringLiteral("0"));
    EXPECT_EQ(count(999), QStringLiteral("999"));
    EXPECT_EQ(count(1000), QStringLiteral("1\u202F000"));
    EXPECT_EQ(count(1'204'883), QStringLiteral("1\u202F204\u202F883"));
    EXPECT_EQ(count(-48'211), QStringLiteral("\u221248\u202F211"));
    EXPECT_EQ(count(std::numeric_limits<std::int64_t>::max()),
              QStringLiteral("9\u202F223\u202F372\u202F036\u202F854\u202F775\u202F807"));
    EXPECT_EQ(count(std::numeric_limits<std::int64_t>::min()),
              QStringLiteral("\u22129\u202F223\u202F372\u202F036\u202F854\u202F775\u202F808"));
}

TEST(Format, SmallNumbersHaveWords) {
    EXPECT_EQ(numeral(1), QStringLiteral("one"));
    EXPECT_EQ(numeral(3), QStringLiteral("three"));
    EXPECT_EQ(numeral(9), QStringLiteral("nine"));
    EXPECT_EQ(numeral(10), QStringLiteral("10"));
    EXPECT_EQ(numeral(0), QStringLiteral("0"));
}

TEST(Format, DurationsHaveTwoUnitsAtMost) {
    EXPECT_EQ(duration(-5s), QStringLiteral("0.0 s"));
    EXPECT_EQ(duration(400ms), QStringLiteral("0.4 s"));
    EXPECT_EQ(duration(1400ms), QStringLiteral("1.4 s"));
    EXPECT_EQ(duration(9949ms), QStringLiteral("9.9 s"));
    EXPECT_EQ(duration(9999ms), QStringLiteral("9.9 s")) << "an age is not rounded up to the next unit";
    EXPECT_EQ(duration(10s), QStringLiteral("10 s"));
    EXPECT_EQ(duration(38s), QStringLiteral("38 s"));
    EXPECT_EQ(duration(59'999ms), QStringLiteral("59 s"));
    EXPECT_EQ(duration(4min), QStringLiteral("4 min"));
    EXPECT_EQ(duration(2h + 14min), QStringLiteral("2 h 14 min"));
    EXPECT_EQ(duration(3h), QStringLiteral("3 h"));
    EXPECT_EQ(duration(25h), QStringLiteral("1 d 1 h"));
    EXPECT_EQ(duration(6 * 24h), QStringLiteral("6 d"));
    EXPECT_EQ(duration(8 * 24h + 5h), QStringLiteral("8 d"));
    EXPECT_EQ(duration(1200 * 24h), QStringLiteral("1\u202F200 d"));
}

TEST(Format, SizesAndTimesOfAnswers) {
    EXPECT_EQ(bytes(0), QStringLiteral("0 B"));
    EXPECT_EQ(bytes(999), QStringLiteral("999 B"));
    EXPECT_EQ(bytes(1000), QStringLiteral("1 kB"));
    EXPECT_EQ(bytes(41'260'000'000), QStringLiteral("41.3 GB"));
    EXPECT_EQ(bytes(412'600'000'000), QStringLiteral("412.6 GB"));
    EXPECT_EQ(bytes(999'960'000), QStringLiteral("1 GB"));
    EXPECT_EQ(bytes(3'100'000'000), QStringLiteral("3.1 GB"));
    EXPECT_EQ(bytes(2'000'000'000'000), QStringLiteral("2 TB"));
    EXPECT_EQ(milliseconds(0.9), QStringLiteral("0.9 ms"));
    EXPECT_EQ(milliseconds(0.043), QStringLiteral("0.04 ms"));
    EXPECT_EQ(milliseconds(1.2), QStringLiteral("1.2 ms"));
    EXPECT_EQ(milliseconds(240), QStringLiteral("240 ms"));
}

TEST(Format, Lists) {
    EXPECT_EQ(list({}), QString());
    EXPECT_EQ(list({QStringLiteral("a")}), QStringLiteral("a"));
    EXPECT_EQ(list({QStringLiteral("a"), QStringLiteral("b")}), QStringLiteral("a and b"));
    EXPECT_EQ(list({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}),
              QStringLiteral("a, b and c"));
}

TEST(Format, TimesOfDayAreLocal) {
    ::setenv("TZ", "UTC-1", 1); // an hour ahead of UTC
    ::tzset();
    const WallTime time(12h + 2min + 11s);
    EXPECT_EQ(timeOfDay(time), QStringLiteral("13:02:11"));
    EXPECT_EQ(minuteOfDay(time), QStringLiteral("13:02"));
}

} // namespace
} // namespace pilothouse::text
