// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/repository_pattern.h"
#include "replica/state/settings.h"

#include <gtest/gtest.h>

#include <string>

namespace pilothouse::state {
namespace {

TEST(RepositoryPattern, IsANameAllBelowOneOrAll) {
    for (const auto* good : {"*", "app", "team/app", "team/*", "a/b/c/*", "team/app-2_x.y", "0"}) {
        EXPECT_TRUE(checkRepositoryPattern(good)) << good;
    }
    for (const auto* bad : {"", "/", "/*", "*/app", "team/", "team*", "te*/app", "team/**", "team//app",
                            "Team", "team app", "-app", "app-", "team/*/app", "\xc3\xa4", ","}) {
        EXPECT_FALSE(checkRepositoryPattern(bad)) << bad;
    }
    EXPECT_TRUE(checkRepositoryPattern(std::string(255, 'a')));
    EXPECT_FALSE(checkRepositoryPattern(std::string(256, 'a')));
}

TEST(RepositoryPattern, MatchesWholeComponents) {
    EXPECT_TRUE(matchesRepository("*", "team/app"));
    EXPECT_TRUE(matchesRepository("team/app", "team/app"));
    EXPECT_FALSE(matchesRepository("team/app", "team/app2"));
    EXPECT_FALSE(matchesRepository("team/app", "team"));
    EXPECT_TRUE(matchesRepository("team/*", "team/app"));
    EXPECT_TRUE(matchesRepository("team/*", "team/app/deep"));
    EXPECT_FALSE(matchesRepository("team/*", "team"));
    EXPECT_FALSE(matchesRepository("team/*", "teams/app"));
}

TEST(RepositoryPattern, SeveralStandInASetting) {
    EXPECT_EQ(splitPatterns(" a , team/*,, b "), (std::vector<std::string_view>{"a", "team/*", "b"}));
    EXPECT_TRUE(splitPatterns("").empty());
    EXPECT_TRUE(splitPatterns(" , ").empty());
    EXPECT_TRUE(checkSetting(setting::anonymousPull, ""));
    EXPECT_TRUE(checkSetting(setting::anonymousPull, "hello, public/*"));
    const auto refused = checkSetting(setting::anonymousPull, "hello, Public/*");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("team/*"), std::string::npos) << refused.error().message;
    std::string many;
    for (int i = 0; i < 101; ++i) {
        many += "a" + std::to_string(i) + ",";
    }
    EXPECT_FALSE(checkSetting(setting::anonymousPull, many));
}

} // namespace
} // namespace pilothouse::state
