// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/settings_file.h"

#include <gtest/gtest.h>

namespace pilothouse::program {
namespace {

TEST(SettingsFileTest, ReadsNamesAndValues) {
    const auto settings =
        parseSettings("# a comment\n\n  threads = 4\r\nlog-format=json\n"
                      "engine-program = /opt/my etcd/etcd  \nexternal-url = https://a?b=c#d\nempty =");
    ASSERT_TRUE(settings) << settings.error().text();
    ASSERT_EQ(settings->size(), 5U);
    EXPECT_EQ((*settings)[0].name, "threads");
    EXPECT_EQ((*settings)[0].value, "4");
    EXPECT_EQ((*settings)[0].line, 3);
    EXPECT_EQ((*settings)[1].value, "json");
    EXPECT_EQ((*settings)[2].value, "/opt/my etcd/etcd");
    EXPECT_EQ((*settings)[3].value, "https://a?b=c#d");
    EXPECT_EQ((*settings)[4].value, "");
    EXPECT_EQ((*settings)[4].line, 7);
}

TEST(SettingsFileTest, SaysWhichLineIsWrong) {
    const std::pair<const char*, const char*> cases[] = {
        {"threads = 4\nthreads", "line 2: \"threads\" is not of the form name = value"},
        {"\n= 4", "line 2: \"= 4\" is not of the form name = value"},
        {"[serve]\n", "line 1: \"[serve]\" is not of the form name = value"},
        {"threads = 4\n#\nthreads = 5\n", "line 3: threads was set before, in line 1"}};
    for (const auto& [text, message] : cases) {
        const auto settings = parseSettings(text);
        ASSERT_FALSE(settings) << text;
        EXPECT_EQ(settings.error().code, ErrorCode::invalid);
        EXPECT_EQ(settings.error().message, message);
    }
}

TEST(SettingsFileTest, AnEmptyFileSetsNothing) {
    EXPECT_TRUE(parseSettings("")->empty());
    EXPECT_TRUE(parseSettings("\n# nothing\n")->empty());
}

} // namespace
} // namespace pilothouse::program
