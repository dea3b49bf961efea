// SPDX-License-Identifier: GPL-3.0-or-later
// What our client takes for proof of who the other side is.
#include "http_fixture.h"
#include "parties.h"
#include "replica/http/client.h"

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;

class HttpsClient : public test::ServerTest {
protected:
    void serveAs(const test::Party& party, const std::string& clientAuthorities = {},
                 ClientCertificate wanted = ClientCertificate::none) {
        options.tls = test::serverTls(party, clientAuthorities, wanted);
        startEcho();
    }
    NetResult<Response> ask(Origin origin, Milliseconds deadline = 10s) {
        origin.host = "127.0.0.1";
        origin.port = port();
        Client client(loop.executor(), std::move(origin), {});
        return loop.run(client.request({}, within(deadline)));
    }
    // The sentence of a refusal by TLS; nothing was sent.
    std::string refusal(Origin origin) {
        const auto response = ask(std::move(origin));
        if (response) {
            return "accepted";
        }
        EXPECT_EQ(response.error().how, ConnectFailure::tls) << response.error().text();
        EXPECT_EQ(response.error().code, ErrorCode::unavailable) << response.error().text();
        EXPECT_TRUE(reports().empty()) << "a request was sent to somebody unproven";
        return response.error().message;
    }
    [[nodiscard]] Origin trusting(const std::string& uri = {}, bool verifyName = true) const {
        return {.host = {},
                .port = 0,
                .tls = test::clientTls(authority.pem()),
                .verifyName = verifyName,
                .requiredUri = uri};
    }
    test::TestAuthority authority;
};

TEST_F(HttpsClient, TakesTheRightServer) {
    serveAs(authority.issue("aaaaaaaaaaaa"));
    EXPECT_TRUE(ask(trusting()));
    EXPECT_TRUE(ask(trusting(test::uriOf("aaaaaaaaaaaa"))));
}

TEST_F(HttpsClient, RefusesAnotherAuthority) {
    const test::TestAuthority stranger;
    serveAs(stranger.issue("aaaaaaaaaaaa"));
    EXPECT_NE(refusal(trusting()), "accepted");
    EXPECT_NE(refusal(trusting(test::uriOf("aaaaaaaaaaaa"), false)), "accepted") << "of the same name";
}

TEST_F(HttpsClient, RefusesAnExpiredCertificate) {
    serveAs(authority.issue("aaaaaaaaaaaa", "127.0.0.1", 24h * 91));
    const auto sentence = refusal(trusting());
    EXPECT_NE(sentence.find("expired"), std::string::npos) << sentence;
}

TEST_F(HttpsClient, RefusesACertificateOfTheFuture) {
    serveAs(authority.issue("aaaaaaaaaaaa", "127.0.0.1", -24h));
    EXPECT_NE(refusal(trusting()), "accepted");
}

TEST_F(HttpsClient, RefusesAnotherName) {
    serveAs(authority.issue("aaaaaaaaaaaa", "reg-1.example"));
    const auto sentence = refusal(trusting());
    EXPECT_NE(sentence.find("127.0.0.1"), std::string::npos) << sentence;
    EXPECT_TRUE(ask(trusting(test::uriOf("aaaaaaaaaaaa"), false)))
        << "the id is proof enough where it is asked for";
}

TEST_F(HttpsClient, RefusesAnotherReplica) {
    serveAs(authority.issue("bbbbbbbbbbbb"));
    const auto sentence = refusal(trusting(test::uriOf("aaaaaaaaaaaa"), false));
    EXPECT_NE(sentence.find("bbbbbbbbbbbb"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("aaaaaaaaaaaa"), std::string::npos) << sentence;
}

TEST_F(HttpsClient, ProvesItselfToAServerThatWantsIt) {
    serveAs(authority.issue("aaaaaaaaaaaa"), authority.pem(), ClientCertificate::required);
    auto origin = trusting();
    origin.tls = test::clientTls(authority.pem(), authority.issue("bbbbbbbbbbbb"));
    EXPECT_TRUE(ask(origin));
    const auto without = ask(trusting());
    ASSERT_FALSE(without);
    EXPECT_NE(without.error().message, "");
    const test::TestAuthority stranger;
    origin.tls = test::clientTls(authority.pem(), stranger.issue("bbbbbbbbbbbb"));
    EXPECT_FALSE(ask(origin));
}

TEST_F(HttpsClient, GivesUpAHandshakeAtTheDeadline) {
    startEcho(); // plain: it waits for a head and never answers a ClientHello
    const auto response = ask(trusting(), 300ms);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::unavailable) << response.error().text();
}

} // namespace
} // namespace pilothouse::http
