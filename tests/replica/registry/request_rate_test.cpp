// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/request_rate.h"

#include <gtest/gtest.h>

namespace pilothouse::registry {
namespace {

using namespace std::chrono_literals;

TEST(RequestRate, LetsASecondsWorthThroughAtOnceAndThenOneAfterTheOther) {
    RequestRate rate;
    MonotonicTime now(1h);
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(rate.take("ada", 10, now)) << i;
    }
    EXPECT_FALSE(rate.take("ada", 10, now));
    EXPECT_TRUE(rate.take("bob", 10, now)) << "each has a share of one's own";
    now += 99ms;
    EXPECT_FALSE(rate.take("ada", 10, now));
    now += 2ms;
    EXPECT_TRUE(rate.take("ada", 10, now));
    EXPECT_FALSE(rate.take("ada", 10, now));
    now += 1h;
    int passed = 0;
    while (rate.take("ada", 10, now)) {
        ++passed;
    }
    EXPECT_EQ(passed, 10) << "what was not used is not saved up";
}

TEST(RequestRate, HoldsOnAverage) {
    RequestRate rate;
    MonotonicTime now(1h);
    int passed = 0;
    for (int i = 0; i < 10'000; ++i, now += 1ms) {
        passed += rate.take("ada", 100, now) ? 1 : 0;
    }
    EXPECT_NEAR(passed, 1100, 2) << "ten seconds, and the first second's worth";
}

} // namespace
} // namespace pilothouse::registry
