// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fixtures.h"

#include <gmock/gmock.h>

namespace pilothouse::test {
namespace {

using testing::HasSubstr;

Ran replica(const std::string& arguments) {
    return run(std::string(REPLICA_PROGRAM) + " " + arguments);
}

TEST(ReplicaHelpTest, NamesEveryCommand) {
    const auto help = replica("--help");
    EXPECT_EQ(help.code, 0);
    for (const char* command : {"init", "serve", "token", "join", "fingerprint", "local"}) {
        EXPECT_THAT(help.output, HasSubstr(std::string("\n  ") + command + " ")) << help.output;
        const auto own = replica(std::string(command) + " --help");
        EXPECT_EQ(own.code, 0) << command;
        EXPECT_THAT(own.output, HasSubstr("--help"));
    }
    EXPECT_EQ(replica("--version").output.rfind("pilothouse-replica ", 0), 0U);
}

TEST(ReplicaHelpTest, ServesOptionsAreGroupedWithUnitsAndDefaults) {
    const auto help = replica("serve --help").output;
    const auto joining = help.find("\nJoining:");
    const auto engine = help.find("\nEngine:");
    const auto log = help.find("\nLog:");
    ASSERT_NE(joining, std::string::npos) << help;
    ASSERT_NE(engine, std::string::npos) << help;
    ASSERT_NE(log, std::string::npos) << help;
    EXPECT_LT(help.find("--threads"), joining);
    EXPECT_GT(help.find("--join-host"), joining);
    EXPECT_LT(help.find("--engine-port"), engine);
    EXPECT_GT(help.find("--engine-quota"), engine);
    EXPECT_GT(help.find("--log-level"), log);
    for (const char* part :
         {"ms between the engine's heartbeats", "MiB that the engine's database may take", "1000",
          "PILOTHOUSE_ENGINE_ELECTION", "text|json", "wins over the environment", "Exit status"}) {
        EXPECT_THAT(help, HasSubstr(part));
    }
}

TEST(ReplicaHelpTest, WrongUseIsExitCode2) {
    for (const char* wrong : {"", "dance", "--dance", "serve --dance", "serve extra", "local", "local dance",
                              "local drain", "local drain maybe", "local reset-password", "init", "token"}) {
        const auto ran = replica(wrong);
        EXPECT_EQ(ran.code, 2) << "\"" << wrong << "\": " << ran.output;
        EXPECT_FALSE(ran.output.empty()) << wrong;
    }
}

} // namespace
} // namespace pilothouse::test
