// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/registry_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pilothouse::domain::test {
namespace {

using testing::ElementsAre;

RegistryAccess demo() {
    return {.pushAt = "127.0.0.1:4001",
            .pullAt = "127.0.0.1:4002",
            .user = "admin",
            .passwordFile = "/home/ann/demo/password"};
}

TEST(RegistryLines, PushThroughOneAndPullThroughAnother) {
    EXPECT_THAT(
        registryLines(demo()),
        ElementsAre(
            RegistryLine{RegistryStep::login,
                         "for each in 127.0.0.1:4001 127.0.0.1:4002; do podman login --username admin "
                         "--password-stdin $each < /home/ann/demo/password; done"},
            RegistryLine{RegistryStep::tag, "podman tag IMAGE 127.0.0.1:4001/team/app:1"},
            RegistryLine{RegistryStep::push, "podman push 127.0.0.1:4001/team/app:1"},
            RegistryLine{RegistryStep::pull, "podman pull 127.0.0.1:4002/team/app:1"}));
}

TEST(RegistryLines, WhereThereIsNoOtherAddress) {
    for (const char* other : {"", "127.0.0.1:4001"}) {
        auto access = demo();
        access.pullAt = other;
        const auto lines = registryLines(access);
        ASSERT_EQ(lines.size(), 4U);
        EXPECT_EQ(lines[0].command, "podman login --username admin --password-stdin 127.0.0.1:4001 < "
                                    "/home/ann/demo/password");
        EXPECT_EQ(lines[3], (RegistryLine{RegistryStep::pullAgain, "podman pull 127.0.0.1:4001/team/app:1"}));
    }
}

TEST(RegistryLines, WithoutAPasswordFileTheClientAsks) {
    auto access = demo();
    access.passwordFile.reset();
    EXPECT_EQ(registryLines(access)[0].command,
              "for each in 127.0.0.1:4001 127.0.0.1:4002; do podman login --username admin $each; done");
    access.pullAt.clear();
    EXPECT_EQ(registryLines(access)[0].command, "podman login --username admin 127.0.0.1:4001");
}

TEST(RegistryLines, DockerTakesTheSameWords) {
    auto access = demo();
    access.client = "docker";
    for (const auto& line : registryLines(access)) {
        EXPECT_EQ(line.command.find("podman"), std::string::npos) << line.command;
        EXPECT_NE(line.command.find("docker "), std::string::npos) << line.command;
    }
}

TEST(RegistryLines, NoPasswordIsOnACommandLineAndNothingSwitchesVerificationOff) {
    for (const auto& line : registryLines(demo())) {
        EXPECT_EQ(line.command.find("--password "), std::string::npos) << line.command;
        EXPECT_EQ(line.command.find("tls-verify"), std::string::npos) << line.command;
        EXPECT_EQ(line.command.find("insecure"), std::string::npos) << line.command;
    }
}

TEST(RegistryLines, WhatAShellWouldTakeForItselfIsQuoted) {
    auto access = demo();
    access.user = "o'hara";
    access.passwordFile = "/home/ann lee/$x";
    access.pushAt = "[::1]:4001";
    access.pullAt = "";
    const auto lines = registryLines(access);
    EXPECT_EQ(lines[0].command,
              R"(podman login --username 'o'\''hara' --password-stdin '[::1]:4001' < '/home/ann lee/$x')");
    EXPECT_EQ(lines[2].command, "podman push '[::1]:4001/team/app:1'");
}

TEST(ShellWord, IsQuotedOnlyWhereItMustBe) {
    EXPECT_EQ(shellWord("/a-b_c/1.2:3@4+5=6,7%8"), "/a-b_c/1.2:3@4+5=6,7%8");
    EXPECT_EQ(shellWord(""), "''");
    for (const char c : std::string_view(" \t\n\"$`\\*?[]{}()<>|&;!#~^")) {
        EXPECT_EQ(shellWord(std::string("a") + c), std::string("'a") + c + "'");
    }
    EXPECT_EQ(shellWord("'"), R"(''\''')");
}

TEST(RegistryAddress, IsWhatStandsBeforeAnImagesName) {
    EXPECT_EQ(registryAddress("https://127.0.0.1:4001"), "127.0.0.1:4001");
    EXPECT_EQ(registryAddress("https://127.0.0.1:4001/"), "127.0.0.1:4001");
    EXPECT_EQ(registryAddress("https://Reg-1.Example.org:8443/v2/?a#b"), "reg-1.example.org:8443");
    EXPECT_EQ(registryAddress("https://reg-1.example.org:443"), "reg-1.example.org");
    EXPECT_EQ(registryAddress("https://reg-1.example.org"), "reg-1.example.org");
    EXPECT_EQ(registryAddress("https://reg:4430"), "reg:4430");
    EXPECT_EQ(registryAddress("https://[::1]:4001"), "[::1]:4001");
    EXPECT_EQ(registryAddress("https://[fd00::443]"), "[fd00::443]");
}

TEST(RegistryAddress, IsNeverWhatCouldLeadElsewhereOnDisk) {
    for (const char* url : {"", "https://", "http://reg-1", "reg-1:443", "https:///x", "https://:5000",
                            "https://..", "https://.", "https://a b", "https://user@reg-1", "https://a\\b",
                            "https://a%2fb", "https://a\"b", "https://a\nb"}) {
        EXPECT_EQ(registryAddress(url), std::nullopt) << url;
    }
}

} // namespace
} // namespace pilothouse::domain::test
