// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/setup_desk.h"
#include "samples.h"

namespace pilothouse::waiting {
namespace {

using namespace pilothouse::test;

class SetupDeskTest : public testing::Test {
protected:
    void SetUp() override {
        lock.emplace(takeFolder(layout));
        ASSERT_TRUE(*lock);
        open();
    }
    // As a process that is started does.
    void open() {
        setup = beginSetup(layout, test::samplePlan(), security::systemRandom(), systemClock()).value();
        desk.emplace(layout, setup,
                     Logger([this](const LogRecord& r) { log += formatText(r, "now") + "\n"; }, "replica"));
    }
    [[nodiscard]] std::string phase(const std::string& token) {
        const auto state = desk->take(token);
        return state ? state->phase : "error: " + state.error().text();
    }
    [[nodiscard]] ErrorCode refusal(const std::string& token) {
        const auto state = desk->take(token);
        EXPECT_FALSE(state);
        return state ? ErrorCode::internal : state.error().code;
    }

    TemporaryFolder folder;
    provision::Layout layout{folder / "data"};
    std::optional<Result<node::LockFile>> lock;
    PendingSetup setup;
    std::optional<SetupDesk> desk;
    std::string log;
    const std::string wrong = std::string(64, '0');
    const std::string one = test::sampleToken('1');
    const std::string two = test::sampleToken('2');
};

TEST_F(SetupDeskTest, FiveWrongCodesEndTheWait) {
    for (int left = 4; left >= 0; --left) {
        EXPECT_FALSE(desk->isOver());
        EXPECT_TRUE(desk->admit(setup.secret, "192.0.2.1")) << "the right one works, and forgives nothing";
        const Status refused = desk->admit(wrong, "192.0.2.1");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
        EXPECT_NE(refused.error().message.find(left == 1 ? "1 try is left" : std::to_string(left) + " tries"),
                  std::string::npos)
            << refused.error().text();
    }
    EXPECT_TRUE(desk->isOver());
    EXPECT_EQ(desk->admit(setup.secret, "192.0.2.1").error().code, ErrorCode::forbidden);
    EXPECT_NE(log.find("from=192.0.2.1"), std::string::npos) << log;
    EXPECT_EQ(log.find(setup.secret), std::string::npos);
    EXPECT_EQ(log.find(wrong), std::string::npos) << "it may be a mistyped right one";
}

TEST_F(SetupDeskTest, ARestartDoesNotGiveTriesBack) {
    for (const std::string& code : {std::string(), setup.secret.substr(1), setup.secret + "0", wrong}) {
        EXPECT_FALSE(desk->admit(code, "192.0.2.1")) << code;
        const std::string before = setup.secret;
        open();
        ASSERT_EQ(setup.secret, before);
    }
    EXPECT_FALSE(desk->isOver());
    EXPECT_FALSE(desk->admit(wrong, "192.0.2.1"));
    EXPECT_TRUE(desk->isOver());
}

TEST_F(SetupDeskTest, TellsAFailureOnceAndTriesAgain) {
    EXPECT_EQ(desk->tokenToTry(), std::nullopt);
    EXPECT_EQ(phase(one), "joining");
    EXPECT_EQ(desk->tokenToTry(), one);
    EXPECT_EQ(phase(" " + one + "\n"), "joining") << "the same token, asked for how it goes";
    EXPECT_EQ(refusal(two), ErrorCode::conflict);
    desk->failed({ErrorCode::unavailable, "the cluster has no quorum", "Start more replicas"}, false);
    EXPECT_EQ(desk->tokenToTry(), std::nullopt);
    const auto told = desk->take(one);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->phase, "failed");
    EXPECT_EQ(told->error, "the cluster has no quorum. Start more replicas");
    EXPECT_EQ(phase(one), "joining");
    EXPECT_EQ(desk->tokenToTry(), one);
}

TEST_F(SetupDeskTest, AnotherTokenIsTakenUnlessTheFirstMayBeUsedUp) {
    EXPECT_EQ(phase(one), "joining");
    desk->failed({ErrorCode::notFound, "the token has expired", {}}, false);
    EXPECT_EQ(phase(two), "joining");
    desk->failed({ErrorCode::timeout, "nothing came back", {}}, true);
    EXPECT_EQ(refusal(one), ErrorCode::conflict);
    EXPECT_EQ(phase(two), "failed");
    EXPECT_EQ(refusal(one), ErrorCode::conflict) << "also once it was told";
    EXPECT_EQ(phase(two), "joining");
}

TEST_F(SetupDeskTest, ARestartGoesOnWithTheToken) {
    EXPECT_EQ(phase(one), "joining");
    open();
    EXPECT_EQ(desk->tokenToTry(), one);
    EXPECT_EQ(phase(one), "joining");
    desk->failed({ErrorCode::notFound, "the token has expired", {}}, false);
    open();
    EXPECT_EQ(desk->tokenToTry(), std::nullopt) << "of no use any more";
}

TEST_F(SetupDeskTest, WhatIsNoTokenChangesNothing) {
    for (const char* nonsense : {"", "phjoin1.e30", "phsetup1.e30"}) {
        EXPECT_EQ(refusal(nonsense), ErrorCode::invalid) << nonsense;
    }
    EXPECT_EQ(desk->tokenToTry(), std::nullopt);
}

} // namespace
} // namespace pilothouse::waiting
