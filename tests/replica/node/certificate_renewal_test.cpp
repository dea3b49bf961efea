// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/bootstrapper.h"
#include "replica/node/certificate_renewal.h"
#include "replica/node/issuer.h"
#include "replica/provision/create_cluster.h"
#include "replica/security/authority.h"
#include "replica/state/initial_state.h"
#include "store_engine.h"
#include "support.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

namespace pilothouse::node {
namespace {

constexpr std::chrono::hours day{24};

class CertificateRenewalTest : public testing::Test {
protected:
    void SetUp() override {
        provision::CreateOptions options;
        options.clusterName = "Test";
        options.members = {{"reg-1", "reg-1.example.com", {}, 443, 80, 7443, 7444, folder / "reg-1"}};
        const auto made = provision::createCluster(options, clock);
        ASSERT_TRUE(made) << made.error().text();
        identity = made->members[0];
        box = security::SealedBox::create(pilothouse::test::readWhole(layout.clusterKey())).value();
        // The state as the first member puts it there.
        const auto bootstrap = provision::loadBootstrap(layout);
        ASSERT_TRUE(bootstrap && *bootstrap);
        boost::asio::io_context context;
        state::test::StoreEngine engine;
        ASSERT_TRUE(
            state::test::run(context, state::createState(engine, initialStateOf(**bootstrap),
                                                         ReplicaId(identity.id), Milliseconds(1000))));
        engine::WatchBatch batch;
        for (const auto& [key, entry] : engine.content()) {
            batch.changes.push_back({false, entry});
        }
        batch.revision = engine.revision();
        known = state::Snapshot().after(batch);
    }
    RenewalOutcome look() { return CertificateRenewal(clock, layout, identity, *box).renewDue(known); }
    security::CertificateFacts facts(const std::filesystem::path& file) const {
        const auto read = security::parseCertificate(pilothouse::test::readWhole(file));
        EXPECT_TRUE(read) << read.error().text();
        return read.value_or(security::CertificateFacts());
    }
    [[nodiscard]] bool trusted(const std::filesystem::path& file,
                               const std::filesystem::path& authority) const {
        return security::verifyCertificate(pilothouse::test::readWhole(file),
                                           pilothouse::test::readWhole(authority),
                                           security::Purpose::tlsServer, clock.wall())
            .has_value();
    }

    pilothouse::test::TemporaryFolder folder;
    ManualClock clock;
    provision::Layout layout{folder / "reg-1"};
    provision::Identity identity;
    std::optional<security::SealedBox> box;
    state::Snapshot known;
};

TEST_F(CertificateRenewalTest, AtTwoThirdsOfTheirLife) {
    const auto before = facts(layout.nodeCertificate());
    clock.advance(59 * day);
    EXPECT_TRUE(look().renewed.empty());
    EXPECT_EQ(facts(layout.nodeCertificate()).sha256, before.sha256);
    clock.advance(1 * day);
    const auto outcome = look();
    EXPECT_FALSE(outcome.failure) << outcome.failure->text();
    ASSERT_EQ(outcome.renewed.size(), 2U);
    EXPECT_EQ(outcome.renewed[0].use, "node");
    EXPECT_EQ(outcome.renewed[1].use, "engine-peer");
    const auto after = facts(layout.nodeCertificate());
    EXPECT_EQ(outcome.renewed[0].sha256, after.sha256);
    EXPECT_NE(after.sha256, before.sha256);
    EXPECT_EQ(after.notAfter, clock.wall() + 90 * day);
    EXPECT_EQ(after.uris, before.uris);
    EXPECT_EQ(after.dnsNames, before.dnsNames);
    EXPECT_EQ(after.publicKeySha256, before.publicKeySha256) << "the key in the folder stays";
    EXPECT_EQ(pilothouse::test::modeOf(layout.nodeCertificate()), 0600U);
    EXPECT_TRUE(trusted(layout.nodeCertificate(), layout.clusterCa()));
    EXPECT_TRUE(trusted(layout.peerCertificate(), layout.peerCa()));
    EXPECT_FALSE(trusted(layout.peerCertificate(), layout.clusterCa()));
    EXPECT_TRUE(look().renewed.empty()) << "once";
}

TEST_F(CertificateRenewalTest, YearAfterYear) {
    int renewals = 0;
    for (int month = 0; month < 36; ++month) {
        clock.advance(30 * day);
        const auto outcome = look();
        ASSERT_FALSE(outcome.failure) << outcome.failure->text();
        renewals += static_cast<int>(outcome.renewed.size());
        ASSERT_TRUE(trusted(layout.nodeCertificate(), layout.clusterCa())) << "month " << month;
        ASSERT_TRUE(trusted(layout.peerCertificate(), layout.peerCa())) << "month " << month;
    }
    EXPECT_EQ(renewals, 2 * 18);
}

TEST_F(CertificateRenewalTest, OnesThatExpiredAreReplaced) {
    clock.advance(400 * day);
    EXPECT_FALSE(trusted(layout.nodeCertificate(), layout.clusterCa()));
    EXPECT_EQ(look().renewed.size(), 2U);
    EXPECT_TRUE(trusted(layout.nodeCertificate(), layout.clusterCa()));
}

TEST_F(CertificateRenewalTest, OnesThatAreMissingOrDamagedAreReplaced) {
    std::filesystem::remove(layout.nodeCertificate());
    pilothouse::test::writeFile(layout.peerCertificate(), "-----BEGIN CERTIFICATE-----\n");
    EXPECT_EQ(look().renewed.size(), 2U);
    EXPECT_TRUE(trusted(layout.nodeCertificate(), layout.clusterCa()));
    EXPECT_TRUE(trusted(layout.peerCertificate(), layout.peerCa()));
}

TEST_F(CertificateRenewalTest, WithoutTheStateNothingIsTouched) {
    const std::string before = pilothouse::test::readWhole(layout.nodeCertificate());
    clock.advance(70 * day);
    known = {};
    const auto outcome = look();
    EXPECT_TRUE(outcome.renewed.empty());
    ASSERT_TRUE(outcome.failure);
    EXPECT_EQ(outcome.failure->code, ErrorCode::unavailable);
    EXPECT_EQ(pilothouse::test::readWhole(layout.nodeCertificate()), before);
}

TEST_F(CertificateRenewalTest, AnotherClustersKeyOpensNothing) {
    clock.advance(70 * day);
    box = security::SealedBox::create(std::string(32, 'x')).value();
    ASSERT_TRUE(look().failure);
    EXPECT_EQ(look().failure->code, ErrorCode::corrupt);
}

TEST_F(CertificateRenewalTest, TheAuthoritysEndIsSaidAndNotSignedAnewEachTime) {
    clock.advance(security::Authority::authorityLife - 60 * day);
    EXPECT_EQ(look().renewed.size(), 2U);
    EXPECT_EQ(facts(layout.nodeCertificate()).notAfter, facts(layout.clusterCa()).notAfter);
    clock.advance(45 * day);
    const auto outcome = look();
    EXPECT_TRUE(outcome.renewed.empty());
    ASSERT_TRUE(outcome.failure);
    EXPECT_NE(outcome.failure->message.find("the authority that signs it ends on"), std::string::npos)
        << outcome.failure->text();
}

TEST_F(CertificateRenewalTest, OnesOfTheFutureAreReplaced) {
    clock.advance(-30 * day);
    EXPECT_TRUE(replacementDue(facts(layout.nodeCertificate()), clock.wall()));
    EXPECT_EQ(look().renewed.size(), 2U);
    EXPECT_LT(facts(layout.nodeCertificate()).notBefore, clock.wall());
}

} // namespace
} // namespace pilothouse::node
