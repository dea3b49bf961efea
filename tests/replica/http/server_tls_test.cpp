// SPDX-License-Identifier: GPL-3.0-or-later
// The server's side of TLS against clients that do not play by the rules.
#include "http_fixture.h"
#include "parties.h"

#include <openssl/ssl.h>

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::get;
using test::post;
using test::RawClient;
using test::RawTlsOptions;

class HttpsServer : public test::ServerTest {
protected:
    HttpsServer() { options.tls = test::serverTls(authority.issue("aaaaaaaaaaaa")); }
    [[nodiscard]] RawTlsOptions trusting() const { return {authority.pem(), {}, {}, 0}; }
    // Answers with the client's proven identity.
    void startWhoAmI() {
        start([](Exchange& exchange) -> Awaitable<void> {
            const auto* peer = exchange.request().peer;
            const std::string who = peer == nullptr      ? "nobody"
                                    : peer->uris.empty() ? peer->subject
                                                         : peer->uris.front();
            static_cast<void>(co_await exchange.respond(textResponse(200, who)));
        });
    }
    test::TestAuthority authority;
};

TEST_F(HttpsServer, ServesManyRequestsOnAConnection) {
    startEcho();
    RawClient client(port(), trusting());
    ASSERT_EQ(client.tlsError(), "");
    for (int i = 0; i < 10; ++i) {
        const std::string body(static_cast<std::size_t>(i) * 10'000, 'x');
        EXPECT_EQ(client.ask(post("/", body)).body, "POST / " + body);
    }
    client.send(get("/1") + get("/2"));
    EXPECT_EQ(client.answer().body, "GET /1 ");
    EXPECT_EQ(client.answer().body, "GET /2 ") << "what came in one record is served in order";
}

TEST_F(HttpsServer, SpeaksTls12And13AndNothingOlder) {
    startEcho();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        RawTlsOptions tls = trusting();
        tls.highestVersion = version;
        RawClient client(port(), tls);
        EXPECT_EQ(client.tlsError(), "") << version;
        EXPECT_EQ(client.ask(get("/")).status, 200) << version;
    }
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
        RawTlsOptions tls;
        tls.highestVersion = version;
        const RawClient client(port(), tls);
        EXPECT_NE(client.tlsError().find("protocol version"), std::string::npos) << client.tlsError();
    }
    EXPECT_TRUE(eventually([&] { return server->connections() <= 2; }));
}

TEST_F(HttpsServer, TellsPlainHttpWhatToDo) {
    startEcho();
    RawClient client(port());
    const auto answer = client.ask(get("/"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("https://"), std::string::npos) << answer.body;
}

TEST_F(HttpsServer, GivesUpHandshakesThatDoNotEnd) {
    options.limits.handshake = 200ms;
    startEcho();
    RawClient silent(port());
    RawClient half(port());
    half.send(std::string("\x16\x03\x01\x02\x00\x01", 6)); // the beginning of a ClientHello
    const auto began = std::chrono::steady_clock::now();
    EXPECT_TRUE(silent.atEnd());
    static_cast<void>(half.receiveAll());
    EXPECT_FALSE(half.timedOut());
    EXPECT_GE(std::chrono::steady_clock::now() - began, 100ms);
    EXPECT_TRUE(eventually([&] { return server->connections() == 0; }));
}

TEST_F(HttpsServer, SurvivesWhatIsNoTls) {
    startEcho();
    for (const auto& bytes :
         {std::string(2000, '\0'), std::string("\x16\x03\x01\xff\xff") + std::string(5000, 'x'),
          std::string("\x80\x2e\x01\x00\x02"), std::string("\r\n\r\n"), std::string("\x15\x03\x03")}) {
        RawClient client(port());
        client.send(bytes);
        client.halfClose();
        static_cast<void>(client.receiveAll());
        EXPECT_FALSE(client.timedOut());
    }
    RawClient client(port(), trusting());
    EXPECT_EQ(client.ask(get("/")).status, 200);
    EXPECT_TRUE(eventually([&] { return server->connections() == 1; }));
}

TEST_F(HttpsServer, ASlowReaderLosesNothing) {
    start([](Exchange& exchange) -> Awaitable<void> {
        Response response;
        for (int i = 0; response.body.size() < 20'000'000; ++i) {
            response.body += std::to_string(i) + " ";
        }
        static_cast<void>(co_await exchange.respond(std::move(response)));
    });
    RawClient client(port(), trusting());
    const auto answer = client.ask(get("/"));
    EXPECT_GE(answer.body.size(), 20'000'000U);
    EXPECT_EQ(answer.field("content-length"), std::to_string(answer.body.size()));
}

TEST_F(HttpsServer, KnowsAClientByItsCertificate) {
    options.tls =
        test::serverTls(authority.issue("aaaaaaaaaaaa"), authority.pem(), ClientCertificate::optional);
    startWhoAmI();
    RawClient nobody(port(), trusting());
    EXPECT_EQ(nobody.ask(get("/")).body, "nobody\n");
    const auto replica = authority.issue("bbbbbbbbbbbb");
    RawClient known(port(), {authority.pem(), replica.certificate, replica.key, 0});
    EXPECT_EQ(known.ask(get("/")).body, test::uriOf("bbbbbbbbbbbb") + "\n");
}

// One that is offered must be good, even where none is needed.
TEST_F(HttpsServer, RefusesCertificatesThatDoNotProveAnything) {
    const test::TestAuthority stranger("Another cluster");
    const auto wrong = stranger.issue("bbbbbbbbbbbb");
    const auto expired = authority.issue("bbbbbbbbbbbb", "127.0.0.1", 24h * 91);
    for (const auto wanted : {ClientCertificate::optional, ClientCertificate::required}) {
        options.tls = test::serverTls(authority.issue("aaaaaaaaaaaa"), authority.pem(), wanted);
        startWhoAmI();
        for (const auto& party : {wrong, expired}) {
            RawClient client(port(), {authority.pem(), party.certificate, party.key, 0});
            EXPECT_EQ(client.ask(get("/")).status, 0);
            EXPECT_FALSE(client.timedOut());
        }
        RawClient nobody(port(), trusting());
        EXPECT_EQ(nobody.ask(get("/")).status, wanted == ClientCertificate::optional ? 200 : 0);
    }
    EXPECT_TRUE(logged("TLS handshake failed"));
}

TEST_F(HttpsServer, UsesARenewedCertificateForNewConnections) {
    startEcho();
    RawClient before(port(), trusting());
    ASSERT_EQ(before.ask(get("/")).status, 200);
    const test::TestAuthority next("Next authority");
    const auto renewed = next.issue("aaaaaaaaaaaa");
    ASSERT_FALSE(options.tls->reload({"no certificate", renewed.key, {}, ClientCertificate::none}));
    EXPECT_EQ(RawClient(port(), trusting()).tlsError(), "") << "a failed reload changes nothing";
    ASSERT_TRUE(options.tls->reload({renewed.certificate, renewed.key, {}, ClientCertificate::none}));
    EXPECT_EQ(before.ask(get("/")).status, 200) << "running connections keep theirs";
    EXPECT_NE(RawClient(port(), trusting()).tlsError(), "");
    RawClient after(port(), {next.pem(), {}, {}, 0});
    EXPECT_EQ(after.ask(get("/")).status, 200);
}

TEST(TlsContext, RefusesWhatDoesNotFit) {
    const test::TestAuthority authority;
    const auto one = authority.issue("aaaaaaaaaaaa");
    const auto other = authority.issue("bbbbbbbbbbbb");
    EXPECT_FALSE(TlsContext::server({one.certificate, other.key, {}, ClientCertificate::none}));
    EXPECT_FALSE(TlsContext::server({one.certificate, "no key", {}, ClientCertificate::none}));
    EXPECT_FALSE(TlsContext::server({"", one.key, {}, ClientCertificate::none}));
    EXPECT_FALSE(TlsContext::server({one.certificate, one.key, "", ClientCertificate::required}));
    EXPECT_FALSE(TlsContext::client({{}, {}, "no authority", ClientCertificate::none}))
        << "a client never falls back to the system's authorities";
    const auto failed = TlsContext::server({one.certificate, other.key, {}, ClientCertificate::none});
    EXPECT_EQ(failed.error().message.find(other.key.substr(40, 20)), std::string::npos);
}

} // namespace
} // namespace pilothouse::http
