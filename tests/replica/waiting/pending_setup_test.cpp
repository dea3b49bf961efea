// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/pending_join.h"
#include "replica/security/certificates.h"
#include "replica/security/setup_code.h"
#include "replica/waiting/pending_setup.h"
#include "samples.h"

#include <functional>
#include <vector>

namespace pilothouse::waiting {
namespace {

using namespace pilothouse::test;

class PendingSetupTest : public testing::Test {
protected:
    [[nodiscard]] Result<PendingSetup> begin() const {
        return beginSetup(layout, plan, security::systemRandom(), clock);
    }
    [[nodiscard]] std::string code() const { return readWhole(layout.setupCode()); }
    [[nodiscard]] bool has(const std::filesystem::path& path) const { return std::filesystem::exists(path); }
    // Keys of an attempt to join.
    void startJoin() const {
        ASSERT_TRUE(
            provision::beginPendingJoin(layout, security::parseJoinToken(test::sampleToken()).value()));
    }

    TemporaryFolder folder;
    provision::Layout layout{folder / "data"};
    HostPlan plan = test::samplePlan();
    ManualClock clock;
    std::optional<Result<node::LockFile>> lock;
    void SetUp() override {
        lock.emplace(takeFolder(layout));
        ASSERT_TRUE(*lock) << lock->error().text();
    }
};

TEST_F(PendingSetupTest, TheCodeAuthenticatesBothEnds) {
    const auto setup = begin();
    ASSERT_TRUE(setup) << setup.error().text();
    const auto parsed = security::parseSetupCode(code());
    ASSERT_TRUE(parsed) << parsed.error().text();
    EXPECT_EQ(parsed->url, "https://127.0.0.1:443");
    EXPECT_EQ(parsed->secret, setup->secret);
    EXPECT_GE(parsed->secret.size() * 4, 128U) << "random bits";
    EXPECT_EQ(parsed->ca_sha256, security::parseCertificate(setup->authority)->sha256);
    EXPECT_TRUE(security::verifyCertificate(setup->certificate, setup->authority,
                                            security::Purpose::tlsServer, clock.wall()));
    EXPECT_EQ(security::parseCertificate(setup->certificate)->ipAddresses,
              (std::vector<std::string>{"127.0.0.1", "::1"}));
    for (const auto& file : {layout.pendingSetup(), layout.setupCode()}) {
        EXPECT_EQ(modeOf(file), 0600U) << file;
    }
    EXPECT_EQ(modeOf(layout.root()), 0700U);
}

TEST_F(PendingSetupTest, ARestartShowsTheSameCodeAndKeepsWhatWasCounted) {
    auto setup = begin().value();
    const std::string shown = code();
    setup.wrong_codes = mostWrongCodes - 1;
    setup.token = test::sampleToken();
    ASSERT_TRUE(savePendingSetup(layout, setup));
    std::filesystem::remove(layout.setupCode());
    const auto again = begin();
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(code(), shown);
    EXPECT_EQ(again->wrong_codes, mostWrongCodes - 1);
    EXPECT_EQ(again->token, test::sampleToken());
    EXPECT_EQ(modeOf(layout.pendingSetup()), 0600U);
    plan.listen.host = "127.0.0.2";
    plan.listen.engine_client_port = 17444;
    ASSERT_TRUE(begin());
    EXPECT_EQ(code(), shown) << "where it listens is nobody else's affair";
}

TEST_F(PendingSetupTest, AnotherPlanNeedsAnotherCode) {
    const std::vector<std::function<void(HostPlan&)>> changes{
        [](HostPlan& p) { p.name = "reg-5"; },
        [](HostPlan& p) { p.host = "reg-4.example.org"; },
        [](HostPlan& p) { p.listen.https_port = 8443; },
        [](HostPlan& p) { p.listen.http_port = 8080; },
        [](HostPlan& p) { p.listen.engine_peer_port = 17443; },
    };
    for (const auto& change : changes) {
        auto before = begin().value();
        before.token = test::sampleToken();
        ASSERT_TRUE(savePendingSetup(layout, before));
        startJoin();
        const std::string shown = code();
        change(plan);
        const auto after = begin();
        ASSERT_TRUE(after) << after.error().text();
        EXPECT_NE(after->secret, before.secret);
        EXPECT_NE(after->key, before.key);
        EXPECT_EQ(after->token, "");
        EXPECT_NE(code(), shown);
        EXPECT_FALSE(has(layout.pendingJoin())) << "the token was for the address that it had";
    }
}

TEST_F(PendingSetupTest, ACodeThatIsUsedUpOrOutOfDateIsReplaced) {
    auto setup = begin().value();
    setup.wrong_codes = mostWrongCodes;
    ASSERT_TRUE(savePendingSetup(layout, setup)); // and a crash before the files were removed
    const auto next = begin().value();
    EXPECT_NE(next.secret, setup.secret);
    EXPECT_EQ(next.wrong_codes, 0);
    clock.advance(-std::chrono::hours(24));
    EXPECT_NE(begin()->secret, next.secret) << "the clock was put right: the certificate is of the future";
}

TEST_F(PendingSetupTest, ADamagedFileIsToldWithoutItsSecrets) {
    const auto setup = begin().value();
    const std::string good = readWhole(layout.pendingSetup());
    const auto spoilt = [&](const std::string& part, const std::string& with) {
        std::string text = good;
        return text.replace(text.find(part), part.size(), with);
    };
    for (const std::string& text :
         {std::string(), std::string("{}"), good.substr(0, good.size() / 2), spoilt(setup.secret, "12"),
          spoilt("BEGIN CERTIFICATE", "BEGIN"), spoilt("BEGIN PRIVATE KEY", "BEGIN")}) {
        writeFile(layout.pendingSetup(), text);
        const auto read = begin();
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, ErrorCode::corrupt);
        EXPECT_NE(read.error().message.find("setup.pending cannot be used"), std::string::npos);
        EXPECT_FALSE(read.error().hint.empty());
        EXPECT_EQ(read.error().text().find(setup.secret), std::string::npos);
    }
    writeFile(layout.pendingSetup(), spoilt("\"schema\":1", "\"schema\":2"));
    EXPECT_EQ(begin().error().code, ErrorCode::conflict);
    writeFile(layout.pendingSetup(), good);
    std::filesystem::permissions(layout.pendingSetup(), std::filesystem::perms(0644));
    EXPECT_EQ(begin().error().code, ErrorCode::forbidden) << "others may have read it";
}

TEST_F(PendingSetupTest, OneProcessWaitsOnAFolder) {
    const auto second = takeFolder(layout);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_NE(second.error().message.find("in use by process"), std::string::npos);
}

TEST_F(PendingSetupTest, AFolderWithOtherThingsIsLeftAlone) {
    for (const char* name : {"blobs", "replica.json", "join.pending", "photos"}) {
        const auto root = folder / (std::string("with-") + name);
        std::filesystem::create_directory(root);
        std::filesystem::permissions(root, std::filesystem::perms(0755));
        writeFile(root / name, "precious");
        const auto taken = takeFolder(provision::Layout(root));
        ASSERT_FALSE(taken) << name;
        EXPECT_EQ(taken.error().code, ErrorCode::conflict) << name;
        EXPECT_EQ(modeOf(root), 0755U) << name;
        EXPECT_FALSE(has(root / "lock")) << name;
    }
}

TEST_F(PendingSetupTest, AJoinMayBeginInTheFolderOfAWait) {
    ASSERT_TRUE(begin());
    writeFile(layout.diskProbe(), "the disk is being tried");
    startJoin();
    std::filesystem::remove(layout.pendingJoin());
    std::filesystem::create_directory(layout.blobs());
    const auto token = security::parseJoinToken(test::sampleToken()).value();
    EXPECT_EQ(provision::beginPendingJoin(layout, token).error().code, ErrorCode::conflict);
}

TEST_F(PendingSetupTest, TheEndLeavesNoSecret) {
    ASSERT_TRUE(begin());
    startJoin();
    endSetup(layout);
    EXPECT_FALSE(has(layout.pendingSetup()) || has(layout.setupCode()));
    EXPECT_TRUE(has(layout.pendingJoin())) << "that is the join's own";
    std::filesystem::remove(layout.pendingJoin());
    ASSERT_TRUE(begin());
    startJoin();
    abandonSetup(layout);
    EXPECT_FALSE(has(layout.pendingSetup()) || has(layout.setupCode()) || has(layout.pendingJoin()));
}

} // namespace
} // namespace pilothouse::waiting
