// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/majorities.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pilothouse::replication {
namespace {

using Ids = std::vector<std::string>;

Majorities of(Ids voters, std::optional<Ids> next) {
    state::MembershipRecord record;
    record.voters = std::move(voters);
    record.next = std::move(next);
    return Majorities(record);
}

Ids subset(const Ids& all, unsigned bits) {
    Ids some;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if ((bits >> i & 1U) != 0) {
            some.push_back(all[i]);
        }
    }
    return some;
}

bool isMajority(const Ids& have, const Ids& of) {
    const auto count = std::count_if(of.begin(), of.end(), [&](const std::string& each) {
        return std::find(have.begin(), have.end(), each) != have.end();
    });
    return 2 * count > static_cast<std::ptrdiff_t>(of.size());
}

// All voters, all that may come after them, and all that may have the blob, of five.
TEST(Majorities, NeedBothMajoritiesWhateverTheChange) {
    const Ids all{"a", "b", "c", "d", "e"};
    for (unsigned voters = 1; voters < 32; ++voters) {
        for (unsigned next = 0; next < 32; ++next) {
            const auto after = next == 0 ? std::nullopt : std::optional(subset(all, next));
            for (unsigned have = 0; have < 32; ++have) {
                auto majorities = of(subset(all, voters), after);
                const Ids holders = subset(all, have);
                for (const auto& holder : holders) {
                    majorities.add(holder);
                }
                const bool enough =
                    isMajority(holders, subset(all, voters)) && (!after || isMajority(holders, *after));
                ASSERT_EQ(majorities.reached(), enough) << voters << ' ' << next << ' ' << have;
            }
        }
    }
}

TEST(Majorities, CountEachReplicaOnce) {
    auto majorities = of({"a", "b", "c"}, {{"b", "c", "d"}});
    EXPECT_EQ(majorities.replicas(), (Ids{"a", "b", "c", "d"}));
    majorities.add("b");
    majorities.add("stranger");
    EXPECT_EQ(majorities.count(), 1U);
    EXPECT_FALSE(majorities.reached());
    majorities.add("c");
    EXPECT_TRUE(majorities.reached()) << "two of three, before and after";
}

TEST(Majorities, WhoLeavesDoesNotCountAfterwards) {
    auto majorities = of({"a", "b", "c"}, {{"a", "b"}});
    majorities.add("a");
    majorities.add("c");
    EXPECT_FALSE(majorities.reached()) << "c takes its copy along";
    majorities.add("b");
    EXPECT_TRUE(majorities.reached());
}

} // namespace
} // namespace pilothouse::replication
