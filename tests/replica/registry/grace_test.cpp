// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/grace.h"

#include <gtest/gtest.h>

namespace pilothouse::registry {
namespace {

using namespace std::chrono_literals;

const MonotonicTime start{1h};
const Revision written{7};

TEST(GraceTest, CountsFromTheFirstRoundOn) {
    Grace grace;
    EXPECT_TRUE(grace.empty());
    for (const auto after : {0min, 5min, 60min}) {
        grace.beginRound();
        EXPECT_EQ(grace.seen("a", written, start + after), after);
        grace.endRound();
    }
    EXPECT_FALSE(grace.empty());
}

TEST(GraceTest, BeginsAnewWithEachWrite) {
    Grace grace;
    grace.beginRound();
    static_cast<void>(grace.seen("a", written, start));
    EXPECT_EQ(grace.seen("a", Revision(8), start + 5min), 0min);
    EXPECT_EQ(grace.seen("a", Revision(8), start + 7min), 2min);
}

TEST(GraceTest, ForgetsWhatARoundDidNotSee) {
    Grace grace;
    grace.beginRound();
    static_cast<void>(grace.seen("a", written, start));
    static_cast<void>(grace.seen("b", written, start));
    grace.endRound();
    grace.beginRound();
    EXPECT_EQ(grace.seen("b", written, start + 5min), 5min);
    grace.endRound();
    grace.beginRound();
    EXPECT_EQ(grace.seen("a", written, start + 9min), 0min);
    EXPECT_EQ(grace.seen("b", written, start + 9min), 9min);
}

TEST(GraceTest, ARoundThatCameToNothingForgetsNothing) {
    Grace grace;
    grace.beginRound();
    static_cast<void>(grace.seen("a", written, start));
    grace.endRound();
    grace.beginRound(); // and it fails before "a" is seen
    grace.beginRound();
    EXPECT_EQ(grace.seen("a", written, start + 5min), 5min);
}

} // namespace
} // namespace pilothouse::registry
