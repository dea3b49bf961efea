// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/join.h"
#include "replica/security/authority.h"
#include "replica/security/sealed_box.h"
#include "samples.h"

#include <functional>

namespace pilothouse::provision {
namespace {

using namespace provision::test;
using namespace pilothouse::test;
using namespace std::chrono_literals;

constexpr const char* newId = "0123456789ab";

// A cluster of one, and what its replica would answer to a join.
class Join : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(createCluster(sampleOptions(folder.path(), 1), clock, security::systemRandom()));
        const Layout first(folder / "reg-1");
        bootstrap = loadBootstrap(first).value().value();
        clusterKey = readWhole(first.clusterKey());
        const auto box = security::SealedBox::create(clusterKey).value();
        clusterCa =
            security::Authority::load(bootstrap.cluster_ca,
                                      box.open(bootstrap.sealed_cluster_ca_key, clusterCaKeySecret).value())
                .value();
        peerCa = security::Authority::load(bootstrap.peer_ca,
                                           box.open(bootstrap.sealed_peer_ca_key, peerCaKeySecret).value())
                     .value();
        options.data_dir = folder / "reg-2";
        options.token = tokenFor(std::string(64, '5'));
        options.engine_port = 20023;
    }

    [[nodiscard]] std::string tokenFor(const std::string& secret) const {
        return security::formatJoinToken(
            {.cluster_id = bootstrap.cluster_id,
             .epoch = 1,
             .replica_id = newId,
             .secret = secret,
             .ca_sha256 = security::parseCertificate(bootstrap.cluster_ca)->sha256,
             .seeds = {bootstrap.members[0].url},
             .expires_at = "2026-03-02T13:00:00Z"});
    }

    [[nodiscard]] PreparedJoin prepared() const {
        Result<PreparedJoin> join = prepareJoin(options, 1, clock);
        EXPECT_TRUE(join) << join.error().text();
        return std::move(*join);
    }

    [[nodiscard]] api::JoinAnswer answerTo(const api::JoinRequest& request) const {
        const auto issue = [&](const security::Authority& authority, const std::string& csr,
                               security::Profile profile) {
            const security::CertificateOrder order{
                profile,
                {ClusterId(bootstrap.cluster_id), ReplicaId(request.replica_id)},
                security::subjectNamesForHost("reg-2.example.org")};
            return authority.issue(security::CertificateRequest::parse(csr).value(), order, clock.wall())
                .value();
        };
        api::JoinAnswer answer;
        answer.cluster = {bootstrap.cluster_id, bootstrap.cluster_name, 1, 1, {}};
        answer.node_certificate = issue(*clusterCa, request.node_csr, security::Profile::node);
        answer.cluster_ca = bootstrap.cluster_ca;
        answer.peer_certificate = issue(*peerCa, request.peer_csr, security::Profile::enginePeer);
        answer.peer_ca = bootstrap.peer_ca;
        answer.cluster_key = toBase64(clusterKey);
        answer.initial_cluster = bootstrap.members[0].id + "=" + bootstrap.members[0].peer_url + "," + newId +
                                 "=https://reg-2.example.org:7443";
        answer.members = {{newId, "reg-2", "https://reg-2.example.org", "http://reg-2.example.org:8080",
                           false, api::Role::learner, "2026-03-02T12:00:00Z"}};
        return answer;
    }

    TemporaryFolder folder;
    ManualClock clock;
    Bootstrap bootstrap;
    std::string clusterKey;
    std::optional<security::Authority> clusterCa;
    std::optional<security::Authority> peerCa;
    JoinOptions options;
};

TEST_F(Join, AsksWithKeysThatStayHere) {
    const PreparedJoin join = prepared();
    EXPECT_EQ(join.request.replica_id, newId);
    EXPECT_EQ(join.request.secret, std::string(64, '5'));
    EXPECT_EQ(join.request.at, toRfc3339(clock.wall()));
    EXPECT_EQ(join.request.feature_level, 1);
    EXPECT_FALSE(join.request.version.empty());
    const auto node = security::CertificateRequest::parse(join.request.node_csr);
    const auto peer = security::CertificateRequest::parse(join.request.peer_csr);
    ASSERT_TRUE(node && peer);
    EXPECT_NE(node->publicKeySha256(), peer->publicKeySha256());
    EXPECT_EQ(treeOf(folder / "reg-2"), std::vector<std::string>{"join.pending"});
    EXPECT_EQ(modeOf(folder / "reg-2"), 0700U);
    EXPECT_EQ(modeOf(folder / "reg-2" / "join.pending"), 0600U);
    EXPECT_EQ(contentOfAll(folder / "reg-2").find(std::string(64, '5')), std::string::npos)
        << "the token's secret is not written down";
}

TEST_F(Join, CompletesTheFolder) {
    const PreparedJoin join = prepared();
    const Result<Identity> identity = finishJoin(join, answerTo(join.request), clock);
    ASSERT_TRUE(identity) << identity.error().text();
    EXPECT_EQ(treeOf(folder / "reg-2"),
              (std::vector<std::string>{"engine", "engine/client-ca.crt", "engine/client.crt",
                                        "engine/client.key", "engine/peer-ca.crt", "engine/peer.crt",
                                        "engine/peer.key", "replica.json", "secrets", "secrets/cluster.key",
                                        "tls", "tls/cluster-ca.crt", "tls/node.crt", "tls/node.key"}));
    const Identity read = loadIdentity(Layout(folder / "reg-2")).value();
    EXPECT_EQ(read.id, newId);
    EXPECT_EQ(read.name, "reg-2");
    EXPECT_EQ(read.url, "https://reg-2.example.org");
    EXPECT_EQ(read.peer_url, "https://reg-2.example.org:7443");
    EXPECT_EQ(read.listen.host, "0.0.0.0");
    EXPECT_EQ(read.listen.https_port, 443);
    EXPECT_EQ(read.listen.http_port, 8080);
    EXPECT_EQ(read.listen.engine_peer_port, 7443);
    EXPECT_EQ(read.listen.engine_client_port, 20023);
    EXPECT_EQ(read.initial_cluster_state, "existing");
    EXPECT_EQ(readWhole(Layout(folder / "reg-2").clusterKey()), clusterKey);
}

TEST_F(Join, ListensWhereTheOptionsSay) {
    options.listen_host = "192.0.2.7";
    options.https_port = 8443;
    options.peer_port = 17443;
    const PreparedJoin join = prepared();
    const Identity identity = finishJoin(join, answerTo(join.request), clock).value();
    EXPECT_EQ(identity.listen.host, "192.0.2.7");
    EXPECT_EQ(identity.listen.https_port, 8443);
    EXPECT_EQ(identity.listen.engine_peer_port, 17443);
    EXPECT_EQ(identity.url, "https://reg-2.example.org") << "behind a forwarded port the address stays";
    options.listen_host = "host";
    EXPECT_EQ(prepareJoin(options, 1, clock).error().code, ErrorCode::invalid);
}

TEST_F(Join, KeepsTheAuthorityAlone) {
    const PreparedJoin join = prepared();
    api::JoinAnswer answer = answerTo(join.request);
    answer.cluster_ca = "words in front\n" + answer.cluster_ca + answer.cluster_ca + "and behind\n";
    ASSERT_TRUE(finishJoin(join, answer, clock));
    EXPECT_EQ(readWhole(folder / "reg-2" / "tls" / "cluster-ca.crt"), bootstrap.cluster_ca);
}

// The answer was lost, or the host crashed before it came.
TEST_F(Join, RepeatsWithTheSameKeys) {
    const auto keyOf = [](const std::string& csr) {
        return security::CertificateRequest::parse(csr)->publicKeySha256();
    };
    const PreparedJoin once = prepared();
    const PreparedJoin again = prepared();
    EXPECT_EQ(keyOf(once.request.node_csr), keyOf(again.request.node_csr));
    EXPECT_EQ(keyOf(once.request.peer_csr), keyOf(again.request.peer_csr));
    EXPECT_TRUE(finishJoin(again, answerTo(once.request), clock));
    const Result<PreparedJoin> third = prepareJoin(options, 1, clock);
    ASSERT_FALSE(third) << "it is a replica now";
    EXPECT_EQ(third.error().code, ErrorCode::conflict);
}

TEST_F(Join, GoesOnAfterACrashHalfWay) {
    const PreparedJoin join = prepared();
    std::filesystem::create_directory(folder / "reg-2" / "tls");
    writeFile(folder / "reg-2" / "tls" / "node.crt", "half");
    const PreparedJoin again = prepared();
    ASSERT_TRUE(finishJoin(again, answerTo(again.request), clock));
    EXPECT_NE(readWhole(folder / "reg-2" / "tls" / "node.crt"), "half");
}

TEST_F(Join, AnotherTokenOrAFolderInUseIsRefused) {
    (void)prepared();
    options.token = tokenFor(std::string(64, '6'));
    EXPECT_EQ(prepareJoin(options, 1, clock).error().code, ErrorCode::conflict);
    options.data_dir = folder / "mine";
    std::filesystem::create_directory(folder / "mine");
    writeFile(folder / "mine" / "x", "precious");
    EXPECT_EQ(prepareJoin(options, 1, clock).error().code, ErrorCode::conflict);
    EXPECT_EQ(treeOf(folder / "mine"), std::vector<std::string>{"x"});
    options.data_dir = folder / "reg-1";
    EXPECT_EQ(prepareJoin(options, 1, clock).error().code, ErrorCode::conflict);
    options.token = "phjoin1.x";
    EXPECT_EQ(prepareJoin(options, 1, clock).error().code, ErrorCode::invalid);
}

TEST_F(Join, DistrustsAWrongAnswerAndStaysAsItWas) {
    const PreparedJoin join = prepared();
    const api::JoinAnswer good = answerTo(join.request);
    const security::Authority stranger = security::Authority::create("stranger", clock.wall()).value();
    api::JoinRequest other = join.request;
    other.replica_id = "ba9876543210";
    const api::JoinAnswer forOther = answerTo(other);
    const security::PrivateKey otherKey = security::PrivateKey::generate().value();
    other = join.request;
    other.node_csr = security::CertificateRequest::make(otherKey, newId).value();
    const api::JoinAnswer forOtherKey = answerTo(other);
    const std::vector<std::pair<std::string, std::function<void(api::JoinAnswer&)>>> faults{
        {"fingerprint", [&](api::JoinAnswer& a) { a.cluster_ca = stranger.certificatePem(); }},
        {"fingerprint", [&](api::JoinAnswer& a) { a.cluster_ca = stranger.certificatePem() + a.cluster_ca; }},
        {"fingerprint", [&](api::JoinAnswer& a) { a.cluster_ca += stranger.certificatePem(); }},
        {"no readable authority", [](api::JoinAnswer& a) { a.cluster_ca.clear(); }},
        {"another cluster", [](api::JoinAnswer& a) { a.cluster.id = std::string(32, 'd'); }},
        {"epoch", [](api::JoinAnswer& a) { a.cluster.epoch = 2; }},
        {"names another replica",
         [&](api::JoinAnswer& a) { a.node_certificate = forOther.node_certificate; }},
        {"for another key", [&](api::JoinAnswer& a) { a.node_certificate = forOtherKey.node_certificate; }},
        {"for another key", [&](api::JoinAnswer& a) { a.peer_certificate = a.node_certificate; }},
        {"the engine peer certificate", [&](api::JoinAnswer& a) { a.peer_ca = stranger.certificatePem(); }},
        {"cluster key", [](api::JoinAnswer& a) { a.cluster_key = toBase64("short"); }},
        {"cluster key", [](api::JoinAnswer& a) { a.cluster_key = "?"; }},
        {"among the members", [](api::JoinAnswer& a) { a.members.clear(); }},
        {"among the members", [](api::JoinAnswer& a) { a.initial_cluster = "x=https://y:1"; }},
        {"address", [](api::JoinAnswer& a) { a.members[0].url = "reg-2"; }},
    };
    for (const auto& [word, spoil] : faults) {
        api::JoinAnswer answer = good;
        spoil(answer);
        const Result<Identity> identity = finishJoin(join, answer, clock);
        ASSERT_FALSE(identity) << word;
        EXPECT_NE(identity.error().message.find(word), std::string::npos) << identity.error().text();
        EXPECT_EQ(treeOf(folder / "reg-2"), std::vector<std::string>{"join.pending"}) << word;
    }
    clock.advance(24h * 91);
    EXPECT_NE(finishJoin(join, good, clock).error().message.find("expired"), std::string::npos);
    clock.advance(-24h * 91);
    EXPECT_TRUE(finishJoin(join, good, clock)) << "the right answer still works";
}

} // namespace
} // namespace pilothouse::provision
