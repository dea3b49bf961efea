// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates that renew by themselves, seen by real TLS clients. The clusters are made by a clock of the
// past, so that their certificates are old now.
#include "api/events.h"
#include "replica/node/issuer.h"
#include "replica/node/last_known_state.h"
#include "replica/provision/identity.h"
#include "replica/security/sealed_box.h"
#include "replica/support/cluster.h"
#include "tls_peek.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <tuple>

namespace pilothouse::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::chrono::hours day{24};

class ReplicaCertificatesTest : public ClusterTest {
protected:
    [[nodiscard]] std::uint16_t port(const char* of, int member = 1) const {
        const auto& options = create.members.at(static_cast<std::size_t>(member) - 1);
        return static_cast<std::uint16_t>(std::string(of) == "https" ? options.https_port
                                                                     : options.peer_port);
    }
    [[nodiscard]] provision::Layout layout(int member = 1) const {
        return provision::Layout(dataDir(member));
    }
    [[nodiscard]] Result<security::CertificateFacts> shownByServer(int member = 1) const {
        return peekTls(port("https", member), readWhole(layout(member).clusterCa()));
    }
    [[nodiscard]] Result<security::CertificateFacts> shownByEngine(int member = 1) const {
        return peekTls(port("peer", member), readWhole(layout(member).peerCa()),
                       {layout(member).peerCertificate().string(), layout(member).peerKey().string()});
    }
    // New certificates for the member's keys, as if signed at `at`.
    void reissue(int member, WallTime at) const {
        const provision::Layout files = layout(member);
        const auto identity = provision::loadIdentity(files);
        const auto box = security::SealedBox::create(readWhole(files.clusterKey()));
        ASSERT_TRUE(identity && box);
        const auto known = node::readLastKnownState(files, *identity, Logger());
        const std::tuple<security::Profile, std::filesystem::path, std::filesystem::path> leaves[] = {
            {security::Profile::node, files.nodeKey(), files.nodeCertificate()},
            {security::Profile::enginePeer, files.peerKey(), files.peerCertificate()}};
        for (const auto& [profile, keyFile, file] : leaves) {
            const auto authority = node::openAuthority(*known, *box, profile);
            ASSERT_TRUE(authority) << authority.error().text();
            const auto key = security::PrivateKey::fromPem(readWhole(keyFile));
            ASSERT_TRUE(key);
            const auto pem = authority->issue(*key,
                                              {profile,
                                               {ClusterId(identity->cluster_id), ReplicaId(identity->id)},
                                               node::namesFor(identity->url)},
                                              at);
            ASSERT_TRUE(pem) << pem.error().text();
            writeFile(file, *pem);
        }
    }
    [[nodiscard]] static bool isFresh(const security::CertificateFacts& facts) {
        return facts.notAfter > systemClock().wall() + 89 * day;
    }
};

TEST_F(ReplicaCertificatesTest, FreshOnesStay) {
    makeCluster();
    const std::string before = readWhole(layout().nodeCertificate());
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    EXPECT_EQ(readWhole(layout().nodeCertificate()), before);
    EXPECT_EQ(log.text().find("renewed"), std::string::npos);
}

// A new folder has no read model yet: the keys come from the engine, after both servers began to listen.
TEST_F(ReplicaCertificatesTest, RunningServersTakeTheNewOneWithoutARestart) {
    makeCluster(1, ShiftedClock(-61 * day));
    const auto old = security::parseCertificate(readWhole(layout().nodeCertificate()));
    ASSERT_TRUE(old && !isFresh(*old));
    auto wanted = options();
    std::mutex mutex;
    std::vector<std::string> told;
    wanted.onEvent = [&](const api::Event& event) {
        const std::lock_guard lock(mutex);
        if (event.kind == api::event::certificateRenewed) {
            told.push_back(event.message);
        }
    };
    const auto replica = Replica::start(wanted);
    ASSERT_TRUE(replica) << replica.error().text();
    EXPECT_TRUE(eventually([&] {
        const auto shown = shownByServer();
        return shown && isFresh(*shown);
    })) << "the server still shows the old certificate";
    EXPECT_TRUE(eventually([&] {
        const auto shown = shownByEngine();
        return shown && isFresh(*shown);
    })) << "the engine still shows the old certificate";

    const auto shown = shownByServer();
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_EQ(shown->uris, old->uris);
    EXPECT_EQ(shown->ipAddresses, old->ipAddresses);
    EXPECT_EQ(shown->publicKeySha256, old->publicKeySha256);
    EXPECT_EQ(modeOf(layout().nodeCertificate()), 0600U);
    EXPECT_EQ(modeOf(layout().peerCertificate()), 0600U);
    EXPECT_TRUE(eventually([&] {
        const auto certificates = (*replica)->status().self.certificates;
        return std::any_of(certificates.begin(), certificates.end(),
                           [&](const auto& each) { return each.sha256 == shown->sha256; });
    })) << "the status names the old certificate";
    EXPECT_TRUE(eventually([&] {
        const std::lock_guard lock(mutex);
        return told.size() == 2;
    }));
    EXPECT_TRUE((*replica)->stop());
    const std::lock_guard lock(mutex);
    EXPECT_THAT(told, testing::UnorderedElementsAre(HasSubstr("The node certificate of reg-1 was renewed"),
                                                    HasSubstr("The engine-peer certificate of reg-1")));
}

// All of a cluster's certificates have expired, so its engines would refuse each other: there is no quorum to
// ask.
TEST_F(ReplicaCertificatesTest, AClusterWhoseCertificatesExpiredComesBackByItself) {
    makeCluster(3, ShiftedClock(-61 * day));
    {
        std::vector<std::unique_ptr<Replica>> replicas;
        for (int i = 1; i <= 3; ++i) {
            replicas.push_back(start(i));
        }
        for (const auto& replica : replicas) {
            ASSERT_NE(replica, nullptr);
            EXPECT_TRUE(replica->waitUntilHealthy(20s)) << replica->status().self.health.reason;
        }
    }
    // As if they had been off for months.
    for (int i = 1; i <= 3; ++i) {
        reissue(i, systemClock().wall() - 91 * day);
    }
    std::vector<std::unique_ptr<Replica>> replicas;
    for (int i = 1; i <= 3; ++i) {
        replicas.push_back(start(i));
        ASSERT_NE(replicas.back(), nullptr);
    }
    for (int i = 1; i <= 3; ++i) {
        const auto healthy = replicas[static_cast<std::size_t>(i) - 1]->waitUntilHealthy(20s);
        EXPECT_TRUE(healthy) << "reg-" << i << ": " << healthy.error().text();
        const auto shown = shownByServer(i);
        EXPECT_TRUE(shown && isFresh(*shown)) << "reg-" << i;
    }
}

// Alone, it reads the keys from its engine: that needs nobody else's trust.
TEST_F(ReplicaCertificatesTest, AnExpiredOneIsToldAndReplacedWithoutAReadModel) {
    makeCluster();
    ASSERT_NE(startHealthy(), nullptr);
    reissue(1, systemClock().wall() - 91 * day);
    std::filesystem::remove(layout().projection());
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    EXPECT_THAT(log.text(), HasSubstr("the node certificate of reg-1 expired at"));
    EXPECT_TRUE(eventually([&] {
        const auto server = shownByServer();
        const auto engine = shownByEngine();
        return server && engine && isFresh(*server) && isFresh(*engine);
    }));
}

// A host whose clock was ahead made it; now the clock is right.
TEST_F(ReplicaCertificatesTest, OnesOfTheFutureAreReplaced) {
    makeCluster();
    ASSERT_NE(startHealthy(), nullptr);
    reissue(1, systemClock().wall() + 30 * day);
    EXPECT_FALSE(shownByServer()) << "nothing runs";
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    const auto shown = shownByServer();
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_LT(shown->notBefore, systemClock().wall());
}

TEST_F(ReplicaCertificatesTest, AMissingOneIsMadeAnew) {
    makeCluster();
    ASSERT_NE(startHealthy(), nullptr);
    std::filesystem::remove(layout().nodeCertificate());
    writeFile(layout().peerCertificate(), "nothing");
    const auto replica = startHealthy();
    ASSERT_NE(replica, nullptr);
    EXPECT_TRUE(shownByServer());
    EXPECT_TRUE(shownByEngine());
}

} // namespace
} // namespace pilothouse::test
