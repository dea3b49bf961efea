// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/fair_queue.h"

#include <gmock/gmock.h>

#include <memory>
#include <random>

namespace pilothouse::security {
namespace {

using testing::ElementsAre;

TEST(FairQueue, SourcesTakeTurns) {
    FairQueue<std::string> queue(8);
    for (const char* job : {"a1", "a2", "a3", "b1", "c1", "b2"}) {
        EXPECT_EQ(queue.push(std::string(1, job[0]), job), std::nullopt);
    }
    EXPECT_THAT(queue.takeAll(), ElementsAre("a1", "b1", "c1", "a2", "b2", "a3"));
    EXPECT_TRUE(queue.empty());
}

TEST(FairQueue, ANewcomerTakesAPlaceFromWhoHasMost) {
    FairQueue<std::string> queue(4);
    for (const char* job : {"a1", "a2", "a3", "b1"}) {
        EXPECT_EQ(queue.push(std::string(1, job[0]), job), std::nullopt);
    }
    EXPECT_EQ(queue.push("a", "a4"), "a4") << "who has most gets no more";
    EXPECT_EQ(queue.push("c", "c1"), "a3");
    EXPECT_EQ(queue.push("b", "b2"), "b2") << "that would only turn it round";
    EXPECT_EQ(queue.push("d", "d1"), "a2");
    EXPECT_EQ(queue.push("e", "e1"), "e1") << "everybody has one";
    EXPECT_THAT(queue.takeAll(), ElementsAre("a1", "b1", "c1", "d1"));
}

TEST(FairQueue, LosesNothingAndHoldsNoMoreThanItsLimit) {
    std::mt19937 random(7);
    for (const std::size_t limit : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{32}}) {
        FairQueue<std::unique_ptr<int>> queue(limit);
        std::size_t held = 0;
        for (int i = 0; i < 5000; ++i) {
            if (random() % 3 != 0) {
                const auto refused =
                    queue.push(std::to_string(random() % 6 * (random() % 2)), std::make_unique<int>(i));
                ASSERT_TRUE(!refused || *refused != nullptr);
                held += refused ? 0 : 1;
            } else if (!queue.empty()) {
                ASSERT_NE(queue.pop(), nullptr);
                --held;
            }
            ASSERT_LE(held, limit);
            ASSERT_EQ(queue.empty(), held == 0);
        }
        EXPECT_EQ(queue.takeAll().size(), held);
    }
}

} // namespace
} // namespace pilothouse::security
