// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/login_throttle.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace pilothouse::security {
namespace {

using namespace std::chrono_literals;

constexpr MonotonicTime start{1h};

TEST(LoginThrottle, DelaysDoubleAfterAFewFreeFailures) {
    LoginThrottle throttle;
    MonotonicTime now = start;
    std::vector<std::chrono::milliseconds> delays;
    for (int i = 0; i < 13; ++i) {
        EXPECT_EQ(throttle.admit("10.0.0.1", "ada", now), 0ms);
        throttle.failed("10.0.0.1", "ada", now);
        delays.push_back(throttle.admit("10.0.0.1", "ada", now));
        now += delays.back();
    }
    EXPECT_EQ(delays, (std::vector<std::chrono::milliseconds>{0ms, 0ms, 0ms, 0ms, 1s, 2s, 4s, 8s, 16s, 32s,
                                                              60s, 60s, 60s}));
}

TEST(LoginThrottle, SuccessClearsTheSlate) {
    LoginThrottle throttle;
    for (int i = 0; i < 5; ++i) {
        throttle.failed("10.0.0.1", "ada", start);
    }
    EXPECT_EQ(throttle.admit("10.0.0.1", "ada", start + 1s), 0ms);
    throttle.succeeded("10.0.0.1", "ada");
    EXPECT_EQ(throttle.admit("10.0.0.1", "ada", start + 1s), 0ms);
    EXPECT_EQ(throttle.size(), 0U);
}

TEST(LoginThrottle, ManyAttemptsAtOnceGetOneSlot) {
    LoginThrottle throttle;
    for (int i = 0; i < 8; ++i) {
        throttle.failed("10.0.0.1", "ada", start);
    }
    const MonotonicTime later = start + 1min;
    int admitted = 0;
    for (int i = 0; i < 100; ++i) {
        admitted += throttle.admit("10.0.0.1", "ada", later) == 0ms ? 1 : 0;
    }
    EXPECT_EQ(admitted, 1);
}

TEST(LoginThrottle, WhoWaitsAsToldIsLetIn) {
    LoginThrottle throttle;
    for (int i = 0; i < 7; ++i) {
        throttle.failed("10.0.0.1", "ada", start);
    }
    const MonotonicTime asked = start + std::chrono::nanoseconds(1234567);
    const std::chrono::milliseconds wait = throttle.admit("10.0.0.1", "ada", asked);
    ASSERT_GT(wait, 0ms);
    EXPECT_EQ(throttle.admit("10.0.0.1", "ada", asked + wait), 0ms);
}

TEST(LoginThrottle, ForgetsAfterAnHourOfQuiet) {
    LoginThrottle throttle;
    for (int i = 0; i < 20; ++i) {
        throttle.failed("10.0.0.1", "ada", start);
    }
    EXPECT_EQ(throttle.admit("10.0.0.1", "ada", start + 1h), 0ms);
    EXPECT_EQ(throttle.size(), 0U);
}

// Whatever strangers do, however many they are and however full the table is: the owner comes in at once.
TEST(LoginThrottle, StrangersNeverDelayTheOwner) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        LoginThrottle throttle({.capacity = 64});
        MonotonicTime now = start;
        for (int step = 0; step < 5000; ++step) {
            now += std::chrono::milliseconds(random() % 50);
            const std::string source = "203.0.113." + std::to_string(random() % 200);
            const std::string account = random() % 2 == 0 ? "ada" : "user" + std::to_string(random() % 100);
            if (throttle.admit(source, account, now) == 0ms) {
                throttle.failed(source, account, now);
            }
            ASSERT_EQ(throttle.admit("10.0.0.1", "ada", now), 0ms) << "seed " << seed << " step " << step;
            ASSERT_LE(throttle.size(), 64U);
        }
    }
}

// One who guesses gets few tries: about a minute each once the delay has grown.
TEST(LoginThrottle, AGuesserGetsOneTryAMinute) {
    LoginThrottle throttle;
    MonotonicTime now = start;
    int tries = 0;
    for (; now < start + 1h; now += 100ms) {
        if (throttle.admit("203.0.113.1", "ada", now) == 0ms) {
            throttle.failed("203.0.113.1", "ada", now);
            ++tries;
        }
    }
    EXPECT_LE(tries, 4 + 6 + 60);
    EXPECT_GE(tries, 50) << "slowed down, not locked out";
}

TEST(LoginThrottle, TableIsBoundedAlsoForLongNames) {
    LoginThrottle throttle({.capacity = 8});
    for (int i = 0; i < 100; ++i) {
        throttle.failed("10.0.0.1", std::string(100000, 'x') + std::to_string(i), start);
        throttle.failed("10.0.0.1", std::to_string(i), start);
    }
    EXPECT_EQ(throttle.size(), 8U);
}

TEST(LoginThrottle, SourceIsAnIpv4AddressOrAnIpv6Network) {
    EXPECT_EQ(LoginThrottle::sourceOf("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(LoginThrottle::sourceOf("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(LoginThrottle::sourceOf("2001:db8:1:2::1"), LoginThrottle::sourceOf("2001:db8:1:2:ffff::9"));
    EXPECT_NE(LoginThrottle::sourceOf("2001:db8:1:2::1"), LoginThrottle::sourceOf("2001:db8:1:3::1"));
    EXPECT_EQ(LoginThrottle::sourceOf("fe80::1%eth0"), LoginThrottle::sourceOf("fe80::2"));
    EXPECT_EQ(LoginThrottle::sourceOf("not an address"), "not an address");
}

} // namespace
} // namespace pilothouse::security
