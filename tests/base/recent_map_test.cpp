// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/recent_map.h"

#include <gtest/gtest.h>

#include <string>

namespace pilothouse {
namespace {

TEST(RecentMap, ForgetsWhatWasNotUsedForLongest) {
    RecentMap<std::string, int> map(3);
    map.put("a", 1);
    map.put("b", 2);
    map.put("c", 3);
    ASSERT_NE(map.find("a"), nullptr);
    map.put("d", 4);
    EXPECT_EQ(map.find("b"), nullptr);
    for (const char* kept : {"a", "c", "d"}) {
        EXPECT_NE(map.find(kept), nullptr) << kept;
    }
    EXPECT_EQ(map.size(), 3U);
}

TEST(RecentMap, CountsByWeight) {
    RecentMap<int, std::string> map(10);
    map.put(1, "four", 4);
    map.put(2, "five", 5);
    map.put(3, "two", 2);
    EXPECT_EQ(map.find(1), nullptr) << "it made room";
    EXPECT_EQ(map.weight(), 7U);
    map.put(2, "light", 1);
    EXPECT_EQ(map.weight(), 3U) << "the new one counts, not the old";
    ASSERT_NE(map.find(2), nullptr);
    EXPECT_EQ(*map.find(2), "light");
    map.put(4, "heavy", 11);
    EXPECT_EQ(map.find(4), nullptr);
    EXPECT_EQ(map.size(), 2U) << "what cannot be kept pushes nothing out";
    map.put(2, "too heavy now", 11);
    EXPECT_EQ(map.find(2), nullptr) << "the old value is not left in its place";
}

TEST(RecentMap, ErasesAndClears) {
    RecentMap<int, int> map(4);
    map.put(1, 1, 2);
    map.put(2, 2, 2);
    map.erase(1);
    map.erase(7);
    EXPECT_EQ(map.find(1), nullptr);
    EXPECT_EQ(map.weight(), 2U);
    map.clear();
    EXPECT_EQ(map.size(), 0U);
    EXPECT_EQ(map.weight(), 0U);
}

} // namespace
} // namespace pilothouse
