// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/missing_blobs.h"

#include <gtest/gtest.h>

#include <random>

namespace pilothouse::replication {
namespace {

using namespace std::chrono_literals;

blobs::BlobId idOf(int number, const std::string& incarnation = "0123456789abcdef") {
    return {blobs::Digest::of(std::to_string(number)), blobs::Incarnation::parse(incarnation).value()};
}

const MonotonicTime start = MonotonicTime() + 1h;

class MissingBlobsTest : public testing::Test {
protected:
    void add(int number, std::int64_t recorded, MonotonicTime notBefore = start) {
        missing.add(idOf(number), 100, Revision(recorded), notBefore);
    }
    MissingBlobs missing{1s, 30s};
};

TEST_F(MissingBlobsTest, TheNewestComesFirstAndEachOnce) {
    add(1, 10);
    add(2, 30);
    add(3, 20);
    EXPECT_EQ(missing.count(), 3U);
    EXPECT_EQ(missing.bytes(), 300);
    EXPECT_EQ(missing.oldest(), Revision(10));
    EXPECT_EQ(missing.take(start), idOf(2));
    EXPECT_EQ(missing.take(start), idOf(3));
    EXPECT_EQ(missing.take(start), idOf(1));
    EXPECT_EQ(missing.take(start), std::nullopt);
    missing.came(idOf(1));
    EXPECT_EQ(missing.oldest(), Revision(20)) << "what is being fetched is still missing";
}

TEST_F(MissingBlobsTest, WhatMayBeOnItsWayIsWaitedFor) {
    add(1, 10, start + 2s);
    EXPECT_EQ(missing.take(start + 1999ms), std::nullopt);
    EXPECT_EQ(missing.take(start + 2s), idOf(1));
}

TEST_F(MissingBlobsTest, WhatIsWantedComesFirstAndAtOnce) {
    add(1, 10, start + 2s);
    add(2, 30);
    missing.want(idOf(1));
    EXPECT_EQ(missing.take(start), idOf(1));
    EXPECT_EQ(missing.take(start), idOf(2));
}

TEST_F(MissingBlobsTest, AFailureIsFollowedByLongerAndLongerPauses) {
    add(1, 10);
    MonotonicTime now = start;
    for (const auto pause : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
        ASSERT_EQ(missing.take(now), idOf(1));
        missing.failed(idOf(1), now);
        EXPECT_EQ(missing.take(now + pause - 1ms), std::nullopt) << pause.count();
        now += pause;
    }
}

TEST_F(MissingBlobsTest, AnotherIncarnationTakesTheOldOnesPlace) {
    add(1, 10);
    ASSERT_EQ(missing.take(start), idOf(1));
    const auto anew = idOf(1, "ffffffffffffffff");
    missing.add(anew, 100, Revision(50), start);
    EXPECT_EQ(missing.count(), 1U);
    missing.came(idOf(1));
    missing.failed(idOf(1), start);
    EXPECT_EQ(missing.take(start), anew) << "what became of the old one is no matter";
    missing.came(anew);
    EXPECT_EQ(missing.count(), 0U);
    EXPECT_EQ(missing.bytes(), 0);
    EXPECT_EQ(missing.oldest(), std::nullopt);
}

// Whatever is done in whatever order: the sums fit, and nothing is given out twice.
TEST_F(MissingBlobsTest, KeepsItsBooks) {
    std::mt19937 random(7);
    std::set<int> known;
    std::set<int> taken;
    for (int step = 0; step < 20'000; ++step) {
        const int number = static_cast<int>(random() % 20);
        switch (random() % 5) {
        case 0:
            add(number, 1 + static_cast<std::int64_t>(random() % 9));
            known.insert(number);
            break;
        case 1:
            missing.remove(idOf(number).digest.str());
            known.erase(number);
            taken.erase(number);
            break;
        case 2:
            missing.want(idOf(number));
            break;
        case 3:
            if (taken.erase(number) > 0) {
                missing.failed(idOf(number), start);
            }
            break;
        default:
            if (const auto given = missing.take(start + 1h)) {
                const auto which =
                    std::find_if(known.begin(), known.end(), [&](int one) { return idOf(one) == *given; });
                ASSERT_NE(which, known.end());
                EXPECT_TRUE(taken.insert(*which).second) << "given out twice";
            }
        }
        ASSERT_EQ(missing.count(), known.size());
        ASSERT_EQ(missing.bytes(), static_cast<std::int64_t>(known.size()) * 100);
    }
}

} // namespace
} // namespace pilothouse::replication
