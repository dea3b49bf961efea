// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/copies.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pilothouse::domain {
namespace {

using Voters = std::vector<std::optional<MissingBlobs>>;

const MissingBlobs nothing;

MissingBlobs lacks(std::vector<std::string> names) {
    const auto count = static_cast<std::int64_t>(names.size());
    return {count, std::move(names)};
}

TEST(CopiesOf, CountsByName) {
    EXPECT_EQ(copiesOf({nothing, nothing, nothing}), (Copies{3, 0, 2}));
    EXPECT_EQ(copiesOf({nothing, nothing, lacks({"a", "b"})}), (Copies{2, 2, 1}));
    EXPECT_EQ(copiesOf({nothing, lacks({"c"}), lacks({"a", "b"})}), (Copies{2, 3, 1})) << "not the same";
    EXPECT_EQ(copiesOf({nothing, lacks({"b"}), lacks({"a", "b"})}), (Copies{1, 2, 0})) << "the same";
    EXPECT_EQ(copiesOf({nothing}), (Copies{1, 0, 0}));
    EXPECT_EQ(copiesOf({lacks({"a"})}), (Copies{0, 1, 0, 1})) << "no voter that is well has it";
}

TEST(CopiesOf, WithoutNamesTheWorstIsTold) {
    EXPECT_EQ(copiesOf({nothing, nothing, MissingBlobs{5000, {}}}), (Copies{2, 5000, 1}));
    EXPECT_EQ(copiesOf({nothing, lacks({"a"}), MissingBlobs{5000, {}}}), (Copies{1, 5001, 0}));
}

TEST(CopiesOf, TellsHowManyNobodyHas) {
    EXPECT_EQ(copiesOf({lacks({"a", "b"}), lacks({"b", "c"})})->nowhere, 1);
    EXPECT_EQ(copiesOf({lacks({"a"}), lacks({"b"})})->nowhere, 0);
    EXPECT_EQ(copiesOf({MissingBlobs{5000, {}}, lacks({"a", "b"})})->nowhere, 2) << "at most";
    EXPECT_EQ(copiesOf({MissingBlobs{5000, {}}, nothing})->nowhere, 0);
}

TEST(CopiesOf, NothingIsSaidBeforeAllKnow) {
    EXPECT_EQ(copiesOf({}), std::nullopt);
    EXPECT_EQ(copiesOf({nothing, nothing, std::nullopt}), std::nullopt);
}

// Five voters, two blobs, and every way in which they may be missing.
TEST(CopiesOf, IsExactForEveryWayToLackTwoBlobs) {
    for (int code = 0; code < 1 << 10; ++code) {
        Voters voters;
        int without[2] = {0, 0};
        for (int voter = 0; voter < 5; ++voter) {
            std::vector<std::string> names;
            for (int blob = 0; blob < 2; ++blob) {
                if ((code >> (2 * voter + blob)) % 2 == 1) {
                    names.push_back(blob == 0 ? "a" : "b");
                    ++without[blob];
                }
            }
            voters.emplace_back(lacks(names));
        }
        const auto copies = copiesOf(voters);
        ASSERT_TRUE(copies);
        EXPECT_EQ(copies->fewest, 5 - std::max(without[0], without[1])) << code;
        EXPECT_EQ(copies->underReplicated, (without[0] > 0) + (without[1] > 0)) << code;
        EXPECT_EQ(copies->tolerates, std::max(0, copies->fewest - 1)) << code;
    }
}

} // namespace
} // namespace pilothouse::domain
