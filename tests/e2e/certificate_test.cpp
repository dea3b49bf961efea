// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates that are expired, of another authority or another replica's are refused: by clients, between
// replicas, and by the engines.
#include "hand_fixture.h"
#include "replica/http/server.h"
#include "replica/provision/bootstrap.h"
#include "replica/security/authority.h"
#include "replica/security/sealed_box.h"

#include <QFile>
#include <QJsonArray>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>

namespace pilothouse::test {

using namespace std::chrono_literals;

namespace {

using security::Authority;
using security::Profile;

struct Pair {
    std::string certificate;
    std::string key;
};

constexpr std::chrono::hours longAgo{24 * 200}; // a certificate lives for 90 days

Pair issue(const Authority& authority, Profile profile, const std::string& cluster,
           const std::string& replica, std::chrono::hours before = std::chrono::hours(0)) {
    const auto key = security::PrivateKey::generate();
    const auto certificate = authority.issue(*key,
                                             {.profile = profile,
                                              .replica = {ClusterId(cluster), ReplicaId(replica)},
                                              .names = security::subjectNamesForHost("127.0.0.1")},
                                             systemClock().wall() - before);
    return {*certificate, key->pem()};
}

// Stands in a replica's place with a certificate of the test's, and counts what it is asked after the
// handshake.
class Impostor {
public:
    explicit Impostor(const Pair& pair) : m_work(boost::asio::make_work_guard(m_io)) {
        http::ServerOptions options;
        options.addresses = {{"127.0.0.2", 0}};
        auto tls = http::TlsContext::server(
            {.certificates = pair.certificate, .privateKey = pair.key, .authorities = {}});
        EXPECT_TRUE(tls) << (tls ? "" : tls.error().text());
        options.tls = tls ? *tls : nullptr;
        m_server = std::make_unique<http::Server>(m_io.get_executor(), std::move(options),
                                                  [this](http::Exchange&) -> http::Awaitable<void> {
                                                      ++m_requests;
                                                      co_return;
                                                  });
        const auto started = m_server->start();
        EXPECT_TRUE(started) << (started ? "" : started.error().text());
        m_thread = std::thread([this] { m_io.run(); });
    }
    ~Impostor() {
        m_io.stop();
        m_thread.join();
        m_server.reset();
    }
    Impostor(const Impostor&) = delete;
    Impostor& operator=(const Impostor&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }
    [[nodiscard]] int requests() const { return m_requests; }

private:
    boost::asio::io_context m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::atomic<int> m_requests = 0;
    std::unique_ptr<http::Server> m_server;
    std::thread m_thread;
};

int statusWith(const std::optional<Pair>& pair, const QString& url, const QByteArray& authority) {
    std::optional<ClientCertificate> who;
    if (pair) {
        who = {QByteArray::fromStdString(pair->certificate), QByteArray::fromStdString(pair->key)};
    }
    return certificateRequest(who, authority, url).status;
}

} // namespace

class Certificates : public HandFixture {
protected:
    // Three replicas behind the net, and the authorities of their cluster in the test's hands.
    void upWithAuthorities() {
        planAndInit(3, true);
        const provision::Layout layout(m_hands.front()->dir.toStdString());
        const auto bootstrap = provision::loadBootstrap(layout);
        ASSERT_TRUE(bootstrap && *bootstrap) << "bootstrap.json is to be read before the first start";
        const auto& b = **bootstrap;
        m_cluster = b.cluster_id;
        const auto box = security::SealedBox::create(
            contentOf(m_hands.front()->dir + QStringLiteral("/secrets/cluster.key")).toStdString());
        ASSERT_TRUE(box) << box.error().text();
        const auto key = box->open(b.sealed_cluster_ca_key, provision::clusterCaKeySecret);
        const auto peerKey = box->open(b.sealed_peer_ca_key, provision::peerCaKeySecret);
        ASSERT_TRUE(key && peerKey);
        m_authority = Authority::load(b.cluster_ca, *key).value();
        m_peerAuthority = Authority::load(b.peer_ca, *peerKey).value();
        serveAll();
    }
    [[nodiscard]] QByteArray peerCa() const {
        return QByteArray::fromStdString(m_peerAuthority->certificatePem());
    }
    [[nodiscard]] std::string idOf(const QString& name) { return hand(name).id.toStdString(); }

    std::string m_cluster;
    std::optional<Authority> m_authority;
    std::optional<Authority> m_peerAuthority;
};

TEST_F(Certificates, AnImpostorInAReplicasPlaceIsAskedNothing) {
    ASSERT_NO_FATAL_FAILURE(upWithAuthorities());
    const auto gone = QStringLiteral("reg-3");
    const auto stranger = Authority::create("Pilothouse cluster by-hand", systemClock().wall()).value();
    const std::string otherCluster(32, 'c');
    struct Case {
        const char* what;
        Pair pair;
        bool refusedByClients = true;
    };
    const Case cases[] = {
        {"expired", issue(*m_authority, Profile::node, m_cluster, idOf(gone), longAgo)},
        {"of another authority that calls itself the same",
         issue(stranger, Profile::node, m_cluster, idOf(gone))},
        {"another replica's", issue(*m_authority, Profile::node, m_cluster, idOf(QStringLiteral("reg-2")))},
        // --ca-file alone does not say which cluster: for the command line the authority stands for it.
        {"another cluster's", issue(*m_authority, Profile::node, otherCluster, idOf(gone)), false},
    };
    kill9(gone);
    // If it led, the others take themselves for healthy until they notice.
    const QString goneId = QString::fromStdString(idOf(gone));
    waitForStatus("the others go on", [&](const QJsonObject& s) {
        return s[QLatin1String("healthy_voters")] == 2 && s[QLatin1String("leader")].isString() &&
               s[QLatin1String("leader")] != goneId;
    });
    for (const auto& each : cases) {
        SCOPED_TRACE(each.what);
        const Impostor impostor(each.pair);
        m_net->redirect(number(gone), FaultyNet::Port::https, impostor.port());
        for (const auto& peer : {QStringLiteral("reg-1"), QStringLiteral("reg-2")}) {
            waitFor("its peers say that the certificate is wrong",
                    [&] { return peerAt(peer, gone)[QLatin1String("reach")] == QStringLiteral("tls"); });
            EXPECT_FALSE(peerAt(peer, gone)[QLatin1String("error")].toString().isEmpty());
        }
        const auto seen = statusFrom(hand(QStringLiteral("reg-1")).url());
        EXPECT_EQ(replicaIn(seen, gone)[QLatin1String("reachable")], false) << printed(seen).toStdString();
        EXPECT_EQ(seen[QLatin1String("healthy_voters")], 2) << printed(seen).toStdString();
        const auto people = statusText(hand(QStringLiteral("reg-1")).url());
        const QString said = people.out + people.err;
        EXPECT_TRUE(!each.refusedByClients || said.contains(QStringLiteral("certificate")) ||
                    said.contains(QStringLiteral("another replica")))
            << said.toStdString();
        EXPECT_TRUE(!each.refusedByClients || impostor.requests() == 0)
            << "something was sent to an impostor";
        m_net->redirect(number(gone), FaultyNet::Port::https, 0);
        waitFor("nobody is there again", [&] {
            return peerAt(QStringLiteral("reg-1"), gone)[QLatin1String("reach")] != QStringLiteral("tls");
        });
    }
    serve(gone);
    waitForVerdict(QStringLiteral("healthy"), 30s);
}

TEST_F(Certificates, AReplicaTakesOnlyItsPeersForPeers) {
    ASSERT_NO_FATAL_FAILURE(upWithAuthorities());
    const auto url = hand(QStringLiteral("reg-1")).url() + QStringLiteral("/api/v0/replica/heartbeat");
    const auto ca = contentOf(m_access.caFile);
    const auto id = idOf(QStringLiteral("reg-2"));
    const auto stranger = Authority::create("stranger", systemClock().wall()).value();
    EXPECT_EQ(statusWith(issue(*m_authority, Profile::node, m_cluster, id), url, ca), 200);
    EXPECT_EQ(statusWith(std::nullopt, url, ca), 401);
    EXPECT_EQ(statusWith(issue(*m_authority, Profile::node, m_cluster, id, longAgo), url, ca), 0)
        << "expired: the handshake ends";
    EXPECT_EQ(statusWith(issue(stranger, Profile::node, m_cluster, id), url, ca), 0)
        << "another authority: the handshake ends";
    const int foreign = statusWith(issue(*m_authority, Profile::node, std::string(32, 'c'), id), url, ca);
    EXPECT_TRUE(foreign == 401 || foreign == 403) << "another cluster's replica: " << foreign;
    const int unknown = statusWith(issue(*m_authority, Profile::node, m_cluster, "0123456789ab"), url, ca);
    EXPECT_TRUE(unknown == 401 || unknown == 403) << "no member: " << unknown;

    // The engines' own port takes certificates of the engines' authority alone.
    const auto engine =
        QStringLiteral("https://127.0.0.1:%1/version").arg(hand(QStringLiteral("reg-1")).peer);
    EXPECT_EQ(statusWith(issue(*m_peerAuthority, Profile::enginePeer, m_cluster, id), engine, peerCa()), 200);
    EXPECT_EQ(statusWith(std::nullopt, engine, peerCa()), 0);
    EXPECT_EQ(statusWith(issue(*m_authority, Profile::node, m_cluster, id), engine, peerCa()), 0)
        << "a node certificate must not open the engines' port";
    EXPECT_EQ(
        statusWith(issue(*m_peerAuthority, Profile::enginePeer, m_cluster, id, longAgo), engine, peerCa()),
        0);
}

TEST_F(Certificates, ACommandLineThatTrustsAnotherAuthoritySendsNoPassword) {
    ASSERT_NO_FATAL_FAILURE(upWithAuthorities());
    const auto stranger = Authority::create("Pilothouse cluster by-hand", systemClock().wall()).value();
    const auto right = m_access.caFile;
    m_access.caFile = path(QStringLiteral("stranger.crt"));
    QFile file(m_access.caFile);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(stranger.certificatePem()));
    file.close();
    const auto refused = statusText(m_hands.front()->url());
    EXPECT_NE(refused.exitCode, 0);
    EXPECT_TRUE((refused.out + refused.err).contains(QStringLiteral("certificate")) ||
                (refused.out + refused.err).contains(QStringLiteral("authority")))
        << refused.out.toStdString() << refused.err.toStdString();
    const auto seen = statusFrom(m_hands.front()->url());
    EXPECT_EQ(seen[QLatin1String("verdict")], QStringLiteral("unreachable")) << printed(seen).toStdString();
    EXPECT_TRUE(seen[QLatin1String("views")].toArray().isEmpty()) << "a view of whom we do not trust";
    m_access.caFile = right;
    EXPECT_EQ(statusFrom(m_hands.front()->url())[QLatin1String("verdict")], QStringLiteral("healthy"));
}

} // namespace pilothouse::test
