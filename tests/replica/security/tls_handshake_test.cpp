// SPDX-License-Identifier: GPL-3.0-or-later
// The certificates in a real TLS handshake, both ends of which show and demand one.
#include "replica/security/authority.h"
#include "replica/security/openssl.h"
#include "support/fixtures.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace pilothouse::security {
namespace {

using namespace std::chrono_literals;

using ContextPtr = std::unique_ptr<SSL_CTX, OpenSslDeleter<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, OpenSslDeleter<SSL_free>>;

const ClusterId clusterId(std::string(32, 'c'));

WallTime noon() {
    return parseRfc3339("2026-03-02T12:00:00Z").value();
}

struct Party {
    std::string keyPem;
    std::string certificatePem;
    std::string trustsPem;
};

Party party(const Authority& authority, const std::string& replica, WallTime issuedAt = noon()) {
    const PrivateKey key = PrivateKey::generate().value();
    const CertificateOrder order{
        Profile::node, {clusterId, ReplicaId(replica)}, subjectNamesForHost("localhost")};
    return {key.pem(), authority.issue(key, order, issuedAt).value(), authority.certificatePem()};
}

ContextPtr contextOf(const Party& who) {
    ContextPtr context(SSL_CTX_new(TLS_method()));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    const CertificatePtr own(PEM_read_bio_X509(bioOf(who.certificatePem).get(), nullptr, nullptr, nullptr));
    const CertificatePtr trusted(PEM_read_bio_X509(bioOf(who.trustsPem).get(), nullptr, nullptr, nullptr));
    EXPECT_EQ(SSL_CTX_use_certificate(context.get(), own.get()), 1);
    EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), PrivateKey::fromPem(who.keyPem)->native()), 1);
    EXPECT_EQ(X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), trusted.get()), 1);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(context.get()),
                               std::chrono::system_clock::to_time_t(noon()));
    return context;
}

struct Outcome {
    bool done = false;
    long clientVerdict = -1; // X509_V_OK or why the client refused the server
    std::optional<ReplicaName> serverSaw;
    std::optional<ReplicaName> clientSaw;
};

std::optional<ReplicaName> peerOf(SSL* ssl) {
    X509* const shown = SSL_get0_peer_certificate(ssl);
    const Result<CertificateFacts> facts =
        shown == nullptr ? Result<CertificateFacts>(fail(ErrorCode::notFound, "none")) : factsOf(shown);
    return facts ? replicaNameOf(*facts) : std::nullopt;
}

Outcome handshake(const Party& serverParty, const Party& clientParty, const char* host = "localhost") {
    const ContextPtr serverContext = contextOf(serverParty);
    const ContextPtr clientContext = contextOf(clientParty);
    const SslPtr server(SSL_new(serverContext.get()));
    const SslPtr client(SSL_new(clientContext.get()));
    BIO* serverEnd = nullptr;
    BIO* clientEnd = nullptr;
    BIO_new_bio_pair(&serverEnd, 0, &clientEnd, 0);
    SSL_set_bio(server.get(), serverEnd, serverEnd);
    SSL_set_bio(client.get(), clientEnd, clientEnd);
    SSL_set_accept_state(server.get());
    SSL_set_connect_state(client.get());
    SSL_set1_host(client.get(), host);
    for (int round = 0; round < 20; ++round) {
        SSL_do_handshake(client.get());
        SSL_do_handshake(server.get());
    }
    return {SSL_is_init_finished(server.get()) == 1 && SSL_is_init_finished(client.get()) == 1,
            SSL_get_verify_result(client.get()), peerOf(server.get()), peerOf(client.get())};
}

TEST(TlsHandshake, BothEndsLearnWhichReplicaTheOtherIs) {
    const Authority authority = Authority::create("test", noon()).value();
    const Outcome outcome = handshake(party(authority, "aaaaaaaaaaaa"), party(authority, "bbbbbbbbbbbb"));
    ASSERT_TRUE(outcome.done) << outcome.clientVerdict;
    EXPECT_EQ(outcome.clientSaw, (ReplicaName{clusterId, ReplicaId("aaaaaaaaaaaa")}));
    EXPECT_EQ(outcome.serverSaw, (ReplicaName{clusterId, ReplicaId("bbbbbbbbbbbb")}));
}

TEST(TlsHandshake, RefusesAnotherAuthority) {
    const Authority ours = Authority::create("test", noon()).value();
    const Authority theirs = Authority::create("test", noon()).value();
    EXPECT_FALSE(handshake(party(theirs, "aaaaaaaaaaaa"), party(ours, "bbbbbbbbbbbb")).done);
    Party intruder = party(theirs, "bbbbbbbbbbbb");
    intruder.trustsPem = ours.certificatePem();
    EXPECT_FALSE(handshake(party(ours, "aaaaaaaaaaaa"), intruder).done);
}

TEST(TlsHandshake, RefusesAnExpiredCertificateAndAnotherHost) {
    const Authority authority = Authority::create("test", noon() - 24h * 200).value();
    const Party good = party(authority, "aaaaaaaaaaaa");
    const Outcome expired = handshake(party(authority, "aaaaaaaaaaaa", noon() - 24h * 91), good);
    EXPECT_FALSE(expired.done);
    EXPECT_EQ(expired.clientVerdict, X509_V_ERR_CERT_HAS_EXPIRED);
    EXPECT_FALSE(handshake(good, party(authority, "bbbbbbbbbbbb", noon() - 24h * 91)).done);
    const Outcome elsewhere = handshake(good, good, "reg-2.example.org");
    EXPECT_FALSE(elsewhere.done);
    EXPECT_EQ(elsewhere.clientVerdict, X509_V_ERR_HOSTNAME_MISMATCH);
}

} // namespace
} // namespace pilothouse::security
