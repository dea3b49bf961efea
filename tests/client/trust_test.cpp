// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/first_contact.h"
#include "client/trust.h"
#include "samples.h"

#include <QSignalSpy>

namespace pilothouse::client {
namespace {

using test::LeafOptions;
using test::runFor;
using test::ScriptedCluster;
using test::TestAuthority;
using test::waitUntil;

// One connection to a replica whose certificate a test chooses.
class TrustTest : public testing::Test {
protected:
    // What came of it; waits until the connection has failed or has a status.
    domain::Reach connectTo(const test::Leaf& leaf, const QList<QSslCertificate>& chain = {}) {
        auto& replica = m_cluster.replica(0);
        replica.setCertificate(leaf, chain);
        replica.kill();
        EXPECT_TRUE(replica.start());
        m_connection.reset(); // its stream belongs to its network
        m_network = std::make_unique<ClusterNetwork>(test::anchorOf(m_cluster.authority()));
        m_network->setCredentials({QStringLiteral("admin"), QStringLiteral("secret")});
        m_connection = std::make_unique<ReplicaConnection>(
            *m_network, Endpoint{test::urlOf(replica), ReplicaId(replica.id())}, systemClock(), Timing());
        m_connection->start();
        EXPECT_TRUE(waitUntil([&] { return m_connection->observation().reach != domain::Reach::unknown; }));
        return m_connection->observation().reach;
    }
    [[nodiscard]] TrustProblem problem() const {
        const auto& failure = m_connection->failure();
        return failure && failure->trust ? *failure->trust : TrustProblem();
    }
    void expectNothingSent() {
        runFor(std::chrono::milliseconds(500)); // nor at the next attempts
        EXPECT_TRUE(m_cluster.replica(0).requests().empty())
            << m_cluster.replica(0).requests().front().path.toStdString() << " was asked";
    }

    ScriptedCluster m_cluster{3};
    std::unique_ptr<ClusterNetwork> m_network;
    std::unique_ptr<ReplicaConnection> m_connection;
};

TEST_F(TrustTest, AcceptsTheClustersOwn) {
    EXPECT_EQ(connectTo(m_cluster.authority().issueReplica(ScriptedCluster::idOf(0))), domain::Reach::ok);
    EXPECT_TRUE(test::hasCredentials(m_cluster.replica(0)));
}

TEST_F(TrustTest, AcceptsTheRightIdUnderAnyHostName) {
    LeafOptions options;
    options.uris = {TestAuthority::uriOf(ScriptedCluster::idOf(0))};
    options.dns = "behind-a-tunnel.example";
    options.loopback = false;
    EXPECT_EQ(connectTo(m_cluster.authority().issue(options)), domain::Reach::ok)
        << problem().message.toStdString();
}

TEST_F(TrustTest, SendsNothingToAnotherAuthoritysReplica) {
    const TestAuthority other("another");
    EXPECT_EQ(connectTo(other.issueReplica(ScriptedCluster::idOf(0)), {other.certificate()}),
              domain::Reach::tls);
    EXPECT_EQ(problem().fault, TrustFault::authority);
    EXPECT_EQ(problem().expected, fingerprintOf(m_cluster.authority().certificate()));
    EXPECT_EQ(problem().presented, fingerprintOf(other.certificate()));
    expectNothingSent();
}

TEST_F(TrustTest, SendsNothingToASystemAuthoritysNameAlone) {
    const TestAuthority other("test"); // the same name, other keys
    EXPECT_EQ(connectTo(other.issueReplica(ScriptedCluster::idOf(0))), domain::Reach::tls);
    EXPECT_EQ(problem().fault, TrustFault::authority) << problem().message.toStdString();
    expectNothingSent();
}

TEST_F(TrustTest, SendsNothingToAnotherReplica) {
    EXPECT_EQ(connectTo(m_cluster.authority().issueReplica(ScriptedCluster::idOf(1))),
              domain::Reach::wrongId);
    EXPECT_EQ(problem().fault, TrustFault::identity);
    EXPECT_EQ(problem().expected.toStdString(), ScriptedCluster::idOf(0));
    EXPECT_EQ(problem().presented.toStdString(), ScriptedCluster::idOf(1));
    expectNothingSent();
}

TEST_F(TrustTest, SendsNothingToAnotherClustersReplica) {
    LeafOptions options;
    options.uris = {TestAuthority::uriOf(ScriptedCluster::idOf(0), "ffffffffffffffffffffffffffffffff")};
    EXPECT_EQ(connectTo(m_cluster.authority().issue(options)), domain::Reach::wrongId);
    EXPECT_EQ(problem().fault, TrustFault::identity);
    expectNothingSent();
}

TEST_F(TrustTest, SendsNothingWhereThereIsNoIdOrMoreThanOne) {
    const auto right = TestAuthority::uriOf(ScriptedCluster::idOf(0));
    for (const auto& uris : {std::vector<std::string>{}, std::vector<std::string>{right, right},
                             std::vector<std::string>{"pilothouse:cluster:1:replica:2"}}) {
        LeafOptions options;
        options.uris = uris;
        EXPECT_EQ(connectTo(m_cluster.authority().issue(options)), domain::Reach::wrongId)
            << uris.size() << " URIs";
        expectNothingSent();
    }
}

TEST_F(TrustTest, SendsNothingBeforeOrAfterTheCertificatesTime) {
    LeafOptions options;
    options.uris = {TestAuthority::uriOf(ScriptedCluster::idOf(0))};
    options.validFrom = -std::chrono::hours(48);
    options.validTo = -std::chrono::hours(24);
    EXPECT_EQ(connectTo(m_cluster.authority().issue(options)), domain::Reach::tls);
    EXPECT_EQ(problem().fault, TrustFault::date) << problem().message.toStdString();
    expectNothingSent();

    options.validFrom = std::chrono::hours(24);
    options.validTo = std::chrono::hours(48);
    EXPECT_EQ(connectTo(m_cluster.authority().issue(options)), domain::Reach::tls);
    EXPECT_EQ(problem().fault, TrustFault::date) << problem().message.toStdString();
    expectNothingSent();
}

TEST(Trust, ARenewedCertificateIsSilent) {
    ScriptedCluster cluster(3);
    ClusterWatcher watcher(test::targetOf(cluster), systemClock());
    QSignalSpy problems(&watcher, &ClusterWatcher::trustProblemFound);
    const auto answers = [&] {
        const auto* status = watcher.status(ReplicaId(ScriptedCluster::idOf(0)));
        return status != nullptr && watcher.observation().replicas.front().reach == domain::Reach::ok;
    };
    watcher.start();
    ASSERT_TRUE(waitUntil(answers));
    const int handshakes = cluster.replica(0).handshakes();
    cluster.replica(0).setCertificate(cluster.authority().issueReplica(ScriptedCluster::idOf(0)));
    cluster.kill(0);
    cluster.restart(0);
    ASSERT_TRUE(waitUntil([&] { return cluster.replica(0).handshakes() > handshakes && answers(); }));
    EXPECT_EQ(problems.count(), 0);
}

TEST(Trust, AChangedAuthorityStopsThatConnectionAlone) {
    ScriptedCluster cluster(3);
    const TestAuthority other("another");
    cluster.replica(2).setCertificate(other.issueReplica(ScriptedCluster::idOf(2)), {other.certificate()});
    cluster.replica(2).kill();
    ASSERT_TRUE(cluster.replica(2).start());
    ClusterWatcher watcher(test::targetOf(cluster), systemClock());
    std::vector<LinkInfo> told;
    QObject::connect(&watcher, &ClusterWatcher::trustProblemFound, &watcher,
                     [&](const LinkInfo& link) { told.push_back(link); });
    watcher.start();
    ASSERT_TRUE(waitUntil([&] {
        const auto seen = watcher.observation().replicas;
        return seen.size() == 3 && seen[0].reach == domain::Reach::ok && seen[1].reach == domain::Reach::ok &&
               seen[2].reach == domain::Reach::tls;
    }));
    runFor(std::chrono::milliseconds(1000)); // it is tried again, and told once
    ASSERT_FALSE(told.empty());
    EXPECT_LE(told.size(), 2U) << "for its address, and again for the member that lives there";
    EXPECT_EQ(told.front().trustProblem->presented, fingerprintOf(other.certificate()));
    EXPECT_TRUE(cluster.replica(2).requests().empty());
}

// --- the first contact

Result<PresentedAuthority> look(const QUrl& url,
                                std::chrono::milliseconds deadline = std::chrono::seconds(8)) {
    auto future = lookAtAuthority(url, deadline);
    EXPECT_TRUE(waitUntil([&] { return future.isFinished(); }, deadline + std::chrono::seconds(5)));
    return future.isFinished() ? future.result() : fail(ErrorCode::internal, "never ended");
}

TEST(FirstContact, ShowsTheFingerprintThatTheHostShowsAndSendsNoSecret) {
    ScriptedCluster cluster(1, "shown");
    const auto presented = look(test::urlOf(cluster.replica(0)));
    ASSERT_TRUE(presented) << presented.error().text();
    EXPECT_EQ(presented->fingerprint, fingerprintOf(cluster.authority().certificate()));
    EXPECT_EQ(presented->fingerprint.size(), 32 * 3 - 1);
    EXPECT_EQ(presented->name, QStringLiteral("shown"));
    EXPECT_EQ(presented->replica.replica, ReplicaId(ScriptedCluster::idOf(0)));
    EXPECT_EQ(presented->anchor.cluster, ClusterId(TestAuthority::clusterId));
    EXPECT_FALSE(test::hasCredentials(cluster.replica(0)));
}

TEST(FirstContact, RefusesAnAuthorityThatDidNotSignTheReplica) {
    ScriptedCluster cluster(1);
    const TestAuthority other("named");
    cluster.replica(0).setAnswer("GET /ca", {200, other.pem(), "application/x-pem-file"});
    const auto presented = look(test::urlOf(cluster.replica(0)));
    ASSERT_FALSE(presented) << "it was shown as " << presented->name.toStdString();
    EXPECT_EQ(presented.error().code, ErrorCode::corrupt) << presented.error().text();
}

TEST(FirstContact, SaysWhatIsWrongWithAnAddress) {
    ScriptedCluster cluster(1);
    auto& replica = cluster.replica(0);
    const auto url = test::urlOf(replica);

    replica.setAnswer("GET /ca", {200, "<html>", "text/html"});
    EXPECT_EQ(look(url).error().code, ErrorCode::corrupt) << look(url).error().text();
    replica.setAnswer("GET /ca", {404, "no", "text/plain"});
    EXPECT_EQ(look(url).error().code, ErrorCode::unavailable) << look(url).error().text();

    replica.setSilent(true);
    const auto silent = look(url, std::chrono::milliseconds(500));
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, ErrorCode::timeout) << silent.error().text();
    EXPECT_NE(silent.error().message.find("127.0.0.1"), std::string::npos) << silent.error().text();

    replica.kill();
    const auto dead = look(url);
    ASSERT_FALSE(dead);
    EXPECT_EQ(dead.error().code, ErrorCode::unavailable) << dead.error().text();
}

} // namespace
} // namespace pilothouse::client
