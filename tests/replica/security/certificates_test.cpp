// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/authority.h"
#include "replica/security/certificates.h"
#include "replica/security/files.h"
#include "support/fixtures.h"

#include <algorithm>

namespace pilothouse::security {
namespace {

using namespace pilothouse::test;
using namespace std::chrono_literals;

const ClusterId clusterId(std::string(32, 'c'));
const ReplicaId replicaId("0123456789ab");

WallTime noon() {
    return parseRfc3339("2026-03-02T12:00:00Z").value();
}

Authority newAuthority(const std::string& name = "Pilothouse cluster test") {
    return Authority::create(name, noon()).value();
}

CertificateOrder order(Profile profile, const std::string& host = "reg-1.example.org") {
    return {profile, {clusterId, replicaId}, subjectNamesForHost(host)};
}

std::string issue(const Authority& authority, const CertificateOrder& what, WallTime now = noon()) {
    return authority.issue(PrivateKey::generate().value(), what, now).value();
}

TEST(Keys, ComeBackFromTheirPem) {
    const PrivateKey key = PrivateKey::generate().value();
    const Result<PrivateKey> again = PrivateKey::fromPem(key.pem());
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(again->pem(), key.pem());
    EXPECT_EQ(again->publicKeySha256(), key.publicKeySha256());
    EXPECT_EQ(key.publicKeySha256().size(), 64U);
    EXPECT_NE(key.publicKeySha256(), PrivateKey::generate()->publicKeySha256());
}

TEST(Keys, RefusesOtherKindsAndRubbish) {
    EXPECT_EQ(PrivateKey::fromPem("").error().code, ErrorCode::invalid);
    EXPECT_EQ(PrivateKey::fromPem(newAuthority().certificatePem()).error().code, ErrorCode::invalid);
    for (const char* const kind : {"ED25519", "EC -pkeyopt ec_paramgen_curve:P-384"}) {
        const Ran made = run(std::string("openssl genpkey -algorithm ") + kind);
        ASSERT_EQ(made.code, 0) << made.output;
        const Result<PrivateKey> key = PrivateKey::fromPem(made.output);
        ASSERT_FALSE(key) << kind;
        EXPECT_NE(key.error().message.find("P-256"), std::string::npos) << key.error().text();
    }
}

TEST(Keys, DoesNotAskForThePassphraseOfAnEncryptedKey) {
    const Ran made =
        run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:secret");
    ASSERT_EQ(made.code, 0) << made.output;
    EXPECT_EQ(PrivateKey::fromPem(made.output).error().code, ErrorCode::invalid);
}

TEST(CertificateRequest, ShowsPossessionOfTheKey) {
    const PrivateKey key = PrivateKey::generate().value();
    const std::string pem = CertificateRequest::make(key, replicaId.str()).value();
    const Result<CertificateRequest> request = CertificateRequest::parse(pem);
    ASSERT_TRUE(request) << request.error().text();
    EXPECT_EQ(request->publicKeySha256(), key.publicKeySha256());
}

TEST(CertificateRequest, RefusesAChangedOne) {
    const std::string pem = CertificateRequest::make(PrivateKey::generate().value(), "0123456789ab").value();
    const std::string begin = "-----BEGIN CERTIFICATE REQUEST-----\n";
    std::string body = pem.substr(begin.size(), pem.find("-----END") - begin.size());
    body.erase(std::remove(body.begin(), body.end(), '\n'), body.end());
    const std::string der = fromBase64(body).value();
    for (std::size_t i = 0; i < der.size(); ++i) {
        std::string changed = der;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const std::string wrapped = begin + toBase64(changed) + "\n-----END CERTIFICATE REQUEST-----\n";
        EXPECT_FALSE(CertificateRequest::parse(wrapped)) << "byte " << i;
    }
    EXPECT_EQ(CertificateRequest::parse("").error().code, ErrorCode::invalid);
}

TEST(CertificateRequest, WhatItAsksForDoesNotMatter) {
    const TemporaryFolder folder;
    const Ran made = run("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " +
                         (folder / "key").string() +
                         " -subj /CN=root -addext subjectAltName=DNS:evil.example.org "
                         "-addext basicConstraints=CA:TRUE 2>/dev/null");
    ASSERT_EQ(made.code, 0) << made.output;
    const CertificateRequest request = CertificateRequest::parse(made.output).value();
    const CertificateFacts facts =
        parseCertificate(newAuthority().issue(request, order(Profile::node), noon()).value()).value();
    EXPECT_EQ(facts.subject, "CN=0123456789ab");
    EXPECT_EQ(facts.dnsNames, std::vector<std::string>{"reg-1.example.org"});
    EXPECT_FALSE(facts.authority);
}

TEST(Authority, IsSelfSignedForTenYears) {
    const Authority authority = newAuthority("Pilothouse cluster \"Ü, x\"");
    const CertificateFacts facts = parseCertificate(authority.certificatePem()).value();
    EXPECT_TRUE(facts.authority);
    EXPECT_EQ(facts.subject, facts.issuer);
    EXPECT_NE(facts.subject.find("Ü"), std::string::npos) << facts.subject;
    EXPECT_EQ(facts.notBefore, noon() - 5min);
    EXPECT_EQ(facts.notAfter, noon() + 24h * 3650);
    EXPECT_EQ(facts.serial.size(), 32U) << facts.serial;
    EXPECT_FALSE(Authority::create(std::string(65, 'x'), noon()))
        << "a common name has at most 64 characters";
}

TEST(Authority, ComesBackFromItsPemAndRefusesAStrangersKey) {
    const Authority authority = newAuthority();
    const Result<Authority> again = Authority::load(authority.certificatePem(), authority.keyPem());
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_TRUE(verifyCertificate(issue(*again, order(Profile::node)), authority.certificatePem(),
                                  Purpose::tlsServer, noon()));
    EXPECT_FALSE(Authority::load(authority.certificatePem(), newAuthority().keyPem()));
    const PrivateKey leafKey = PrivateKey::generate().value();
    const std::string leaf = authority.issue(leafKey, order(Profile::node), noon()).value();
    EXPECT_FALSE(Authority::load(leaf, leafKey.pem())) << "a leaf is no authority";
}

TEST(Authority, NodeCertificateNamesReplicaAndHost) {
    const Authority authority = newAuthority();
    const CertificateFacts facts =
        parseCertificate(issue(authority, order(Profile::node, "localhost"))).value();
    EXPECT_EQ(facts.uris,
              std::vector<std::string>{"pilothouse:cluster:" + clusterId.str() + ":replica:0123456789ab"});
    EXPECT_EQ(replicaNameOf(facts), (ReplicaName{clusterId, replicaId}));
    EXPECT_EQ(facts.dnsNames, std::vector<std::string>{"localhost"});
    EXPECT_EQ(facts.ipAddresses, (std::vector<std::string>{"127.0.0.1", "::1"}));
    EXPECT_EQ(facts.notBefore, noon() - 5min);
    EXPECT_EQ(facts.notAfter, noon() + 24h * 90);
    EXPECT_FALSE(facts.authority);
    EXPECT_EQ(facts.issuer, parseCertificate(authority.certificatePem())->subject);
}

TEST(Authority, EngineClientAndSetupLeavesLiveAsLongAsTheirAuthorityAndNameNoReplica) {
    const Authority authority = newAuthority();
    for (const Profile profile : {Profile::engineClient, Profile::setup}) {
        const CertificateFacts facts = parseCertificate(issue(authority, order(profile, "::1"))).value();
        EXPECT_TRUE(facts.uris.empty());
        EXPECT_EQ(facts.notAfter, parseCertificate(authority.certificatePem())->notAfter);
        EXPECT_EQ(replicaNameOf(facts), std::nullopt);
    }
}

TEST(Authority, NoLeafOutlivesIt) {
    const Authority authority = newAuthority();
    const WallTime late = noon() + 24h * 3640;
    EXPECT_EQ(parseCertificate(issue(authority, order(Profile::node), late))->notAfter,
              parseCertificate(authority.certificatePem())->notAfter);
}

TEST(Authority, RefusesNamesThatSmuggleInOthers) {
    const Authority authority = newAuthority();
    const PrivateKey key = PrivateKey::generate().value();
    for (const char* const name : {"a,DNS:evil", "", "a b", "*.example.org", "a\nb"}) {
        EXPECT_FALSE(authority.issue(key, {Profile::node, {clusterId, replicaId}, {{name}, {}}}, noon()))
            << name;
    }
    for (const char* const address : {"1.2.3", "1.2.3.4,DNS:evil", "", "host"}) {
        EXPECT_FALSE(authority.issue(key, {Profile::node, {clusterId, replicaId}, {{}, {address}}}, noon()))
            << address;
    }
    const ReplicaId evil("0123456789ab,DNS:evil");
    EXPECT_FALSE(authority.issue(key, {Profile::node, {clusterId, evil}, {{"a"}, {}}}, noon()));
    EXPECT_FALSE(authority.issue(key, {Profile::engineClient, {}, {}}, noon())) << "no name at all";
}

TEST(SubjectNames, FollowTheHostAsItStandsInAnAddress) {
    EXPECT_EQ(subjectNamesForHost("reg-1.example.org"), (SubjectNames{{"reg-1.example.org"}, {}}));
    EXPECT_EQ(subjectNamesForHost("192.0.2.7"), (SubjectNames{{}, {"192.0.2.7"}}));
    EXPECT_EQ(subjectNamesForHost("[2001:db8::1]"), (SubjectNames{{}, {"2001:db8::1"}}));
    const SubjectNames loopback{{"localhost"}, {"127.0.0.1", "::1"}};
    for (const char* const host : {"localhost", "127.0.0.1", "::1", "[::1]"}) {
        EXPECT_EQ(subjectNamesForHost(host), loopback) << host;
    }
    EXPECT_EQ(subjectNamesForHost("127.0.0.5"),
              (SubjectNames{{"localhost"}, {"127.0.0.1", "::1", "127.0.0.5"}}));
    EXPECT_EQ(subjectNamesForHost("127.example.org"), (SubjectNames{{"127.example.org"}, {}}));
}

TEST(Certificates, VerifyOnlyUnderTheirAuthorityAndInTheirTime) {
    const Authority authority = newAuthority();
    const Authority stranger = newAuthority(); // with the same name
    const std::string leaf = issue(authority, order(Profile::node));
    for (const Purpose purpose : {Purpose::tlsServer, Purpose::tlsClient}) {
        EXPECT_TRUE(verifyCertificate(leaf, authority.certificatePem(), purpose, noon()));
        EXPECT_TRUE(
            verifyCertificate(leaf, stranger.certificatePem() + authority.certificatePem(), purpose, noon()))
            << "a bundle while one authority replaces another";
    }
    const Status wrong = verifyCertificate(leaf, stranger.certificatePem(), Purpose::tlsServer, noon());
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::unauthorized);
    const Status expired =
        verifyCertificate(leaf, authority.certificatePem(), Purpose::tlsServer, noon() + 24h * 90 + 1s);
    ASSERT_FALSE(expired);
    EXPECT_NE(expired.error().message.find("expired"), std::string::npos) << expired.error().text();
    EXPECT_TRUE(verifyCertificate(leaf, authority.certificatePem(), Purpose::tlsServer, noon() - 5min));
    EXPECT_FALSE(verifyCertificate(leaf, authority.certificatePem(), Purpose::tlsServer, noon() - 6min));
    EXPECT_EQ(verifyCertificate(leaf, "rubbish", Purpose::tlsServer, noon()).error().code,
              ErrorCode::invalid);
    EXPECT_EQ(
        verifyCertificate("rubbish", authority.certificatePem(), Purpose::tlsServer, noon()).error().code,
        ErrorCode::invalid);
}

TEST(Certificates, ALeafCannotSignAnother) {
    const Authority authority = newAuthority();
    const PrivateKey leafKey = PrivateKey::generate().value();
    const std::string leaf = authority.issue(leafKey, order(Profile::node), noon()).value();
    const TemporaryFolder folder;
    writeFile(folder / "leaf.crt", leaf);
    writeFile(folder / "leaf.key", leafKey.pem());
    writeFile(folder / "csr", CertificateRequest::make(PrivateKey::generate().value(), "evil").value());
    const Ran forged =
        run("openssl x509 -req -in " + (folder / "csr").string() + " -CA " + (folder / "leaf.crt").string() +
            " -CAkey " + (folder / "leaf.key").string() + " -CAcreateserial -days 1 2>/dev/null");
    ASSERT_EQ(forged.code, 0) << forged.output;
    EXPECT_FALSE(
        verifyCertificate(forged.output, authority.certificatePem() + leaf, Purpose::tlsServer, noon()));
}

TEST(Certificates, RenewalIsDueAtTwoThirdsOfLife) {
    CertificateFacts facts;
    facts.notBefore = noon();
    facts.notAfter = noon() + 24h * 90;
    EXPECT_EQ(renewalTime(facts), noon() + 24h * 60);
    EXPECT_FALSE(renewalDue(facts, noon() + 24h * 60 - 1s));
    EXPECT_TRUE(renewalDue(facts, noon() + 24h * 60));
}

TEST(Certificates, ReplicaUriIsReadStrictly) {
    const std::string cluster(32, 'a');
    EXPECT_TRUE(parseReplicaUri("pilothouse:cluster:" + cluster + ":replica:0123456789ab"));
    for (const std::string& uri :
         {std::string(), std::string("pilothouse:cluster:"), "pilothouse:cluster:" + cluster,
          "pilothouse:cluster:" + cluster + ":replica:",
          "pilothouse:cluster:" + cluster + ":replica:0123456789AB",
          "pilothouse:cluster:" + cluster + ":replica:0123456789abc",
          "x:cluster:" + cluster + ":replica:0123456789ab",
          "pilothouse:cluster:" + cluster.substr(1) + ":replica:0123456789ab",
          "pilothouse:cluster:" + std::string(32, 'A') + ":replica:0123456789ab"}) {
        EXPECT_FALSE(parseReplicaUri(uri)) << uri;
    }
    CertificateFacts facts;
    facts.uris = {"https://example.org", replicaUri({ClusterId(cluster), replicaId})};
    EXPECT_TRUE(replicaNameOf(facts));
    facts.uris.push_back(replicaUri({ClusterId(cluster), ReplicaId("ba9876543210")}));
    EXPECT_EQ(replicaNameOf(facts), std::nullopt) << "two names are none";
}

// The openssl command is the second opinion.
TEST(Certificates, OpensslCommandAgrees) {
    const TemporaryFolder folder;
    const Authority authority = newAuthority();
    const std::string leaf = issue(authority, order(Profile::enginePeer, "127.0.0.1"));
    writeFile(folder / "ca.crt", authority.certificatePem());
    writeFile(folder / "leaf.crt", leaf);
    const std::string at = " -attime " + std::to_string(std::chrono::system_clock::to_time_t(noon())) +
                           " -x509_strict -CAfile " + (folder / "ca.crt").string() + " ";
    for (const char* const purpose : {"sslserver", "sslclient"}) {
        const Ran verified =
            run("openssl verify -purpose " + std::string(purpose) + at + (folder / "leaf.crt").string());
        EXPECT_EQ(verified.code, 0) << verified.output;
    }
    EXPECT_EQ(run("openssl verify -verify_ip 127.0.0.1" + at + (folder / "leaf.crt").string()).code, 0);
    EXPECT_NE(run("openssl verify -verify_ip 127.0.0.2" + at + (folder / "leaf.crt").string()).code, 0);

    const CertificateFacts facts = parseCertificate(leaf).value();
    const Ran text =
        run("openssl x509 -noout -text -fingerprint -sha256 -in " + (folder / "leaf.crt").string());
    EXPECT_NE(text.output.find(formatFingerprint(facts.sha256)), std::string::npos) << text.output;
    EXPECT_NE(text.output.find("URI:" + facts.uris.at(0)), std::string::npos) << text.output;
    EXPECT_NE(text.output.find("TLS Web Server Authentication, TLS Web Client Authentication"),
              std::string::npos);
    EXPECT_NE(text.output.find("CA:FALSE"), std::string::npos);
    EXPECT_NE(text.output.find("ecdsa-with-SHA256"), std::string::npos);
    EXPECT_NE(text.output.find("NIST CURVE: P-256"), std::string::npos);
}

TEST(Certificates, APinnedOneComesAlone) {
    const std::string pinned = newAuthority().certificatePem();
    const std::string stranger = newAuthority("stranger").certificatePem();
    const std::string fingerprint = parseCertificate(pinned)->sha256;
    EXPECT_EQ(pinnedCertificate(pinned, fingerprint), pinned);
    EXPECT_EQ(pinnedCertificate("words\n" + pinned + pinned + "more", fingerprint), pinned);
    for (const auto& text : {stranger, pinned + stranger, stranger + pinned}) {
        const auto refused = pinnedCertificate(text, fingerprint);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
        EXPECT_NE(refused.error().message.find(formatFingerprint(fingerprint)), std::string::npos);
    }
    EXPECT_EQ(pinnedCertificate("", fingerprint).error().code, ErrorCode::invalid);
}

TEST(Certificates, FingerprintIsWrittenAsPeopleCompareIt) {
    EXPECT_EQ(formatFingerprint("0aff10"), "0A:FF:10");
    EXPECT_EQ(formatFingerprint(""), "");
}

} // namespace
} // namespace pilothouse::security
