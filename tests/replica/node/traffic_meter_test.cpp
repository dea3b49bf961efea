// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/traffic_meter.h"

#include <gtest/gtest.h>

namespace pilothouse::node {
namespace {

using namespace std::chrono_literals;

TEST(TrafficMeterTest, KnowsNothingAtFirst) {
    ManualClock clock;
    TrafficMeter meter(clock);
    const auto traffic = meter.report();
    EXPECT_EQ(traffic.requests_running, 0);
    EXPECT_EQ(traffic.writes_per_s, 0);
    EXPECT_FALSE(traffic.answer_p99_ms);
}

TEST(TrafficMeterTest, CountsRunningRequests) {
    ManualClock clock;
    TrafficMeter meter(clock);
    meter.requestStarted();
    meter.requestStarted();
    EXPECT_EQ(meter.report().requests_running, 2);
    meter.requestEnded(3ms);
    EXPECT_EQ(meter.report().requests_running, 1);
}

TEST(TrafficMeterTest, ThePercentileIsOfTheLastFiveSeconds) {
    ManualClock clock;
    TrafficMeter meter(clock);
    for (int i = 1; i <= 100; ++i) {
        meter.requestStarted();
        meter.requestEnded(std::chrono::milliseconds(i));
    }
    EXPECT_DOUBLE_EQ(meter.report().answer_p99_ms.value_or(0), 100);
    clock.advance(4s);
    meter.requestStarted();
    meter.requestEnded(7ms);
    clock.advance(2s);
    EXPECT_DOUBLE_EQ(meter.report().answer_p99_ms.value_or(0), 7) << "the hundred are 6 s old";
    clock.advance(4s);
    EXPECT_FALSE(meter.report().answer_p99_ms);
}

TEST(TrafficMeterTest, WritesPerSecondAreTheRevisionsGrowth) {
    ManualClock clock;
    TrafficMeter meter(clock);
    for (int i = 0; i <= 10; ++i) { // 20 writes a second
        meter.revisionSeen(Revision(100 + 10 * i));
        clock.advance(500ms);
    }
    EXPECT_NEAR(meter.report().writes_per_s, 20, 0.01);
    for (int i = 0; i < 12; ++i) { // then none
        meter.revisionSeen(Revision(200));
        clock.advance(500ms);
    }
    EXPECT_DOUBLE_EQ(meter.report().writes_per_s, 0);
}

TEST(TrafficMeterTest, AFloodKeepsTheNewest) {
    ManualClock clock;
    TrafficMeter meter(clock);
    for (int i = 0; i < 20'000; ++i) {
        meter.requestEnded(1000ms);
    }
    for (int i = 0; i < 20'000; ++i) {
        meter.requestEnded(1ms);
    }
    EXPECT_DOUBLE_EQ(meter.report().answer_p99_ms.value_or(0), 1);
}

} // namespace
} // namespace pilothouse::node
