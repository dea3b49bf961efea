// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/usage.h"

#include <gtest/gtest.h>

namespace pilothouse::cli {
namespace {

using Names = std::vector<std::string>;
const Names verbs{"start", "stop", "list", "kill", "pause", "resume", "restart", "status", "remove"};

TEST(Likely, KnowsALetterWrongMissingTooManyOrSwapped) {
    EXPECT_EQ(likely("strat", verbs), Names{"start"});
    EXPECT_EQ(likely("stopp", verbs), Names{"stop"});
    EXPECT_EQ(likely("kil", verbs), Names{"kill"});
    EXPECT_EQ(likely("removd", verbs).front(), "remove");
    EXPECT_EQ(likely("--jsno", {"--json", "--watch"}), Names{"--json"});
}

TEST(Likely, KnowsABeginning) {
    EXPECT_EQ(likely("stat", verbs), (Names{"start", "status"})) << "the nearest first";
    EXPECT_EQ(likely("pau", verbs), Names{"pause"});
}

TEST(Likely, MakesNothingUp) {
    EXPECT_EQ(likely("upgrade", verbs), Names{});
    EXPECT_EQ(likely("", verbs), Names{});
    EXPECT_EQ(likely("-", {"--json"}), Names{});
    EXPECT_EQ(likely("--", {"--json", "--watch"}), Names{});
}

TEST(Likely, NamesThreeAtMost) {
    EXPECT_EQ(likely("re", {"re-a", "re-b", "re-c", "re-d"}).size(), 3U);
}

} // namespace
} // namespace pilothouse::cli
