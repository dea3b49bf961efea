// SPDX-License-Identifier: GPL-3.0-or-later
// A relay with TLS on both sides, where an end has more than one form.
#include "parties.h"
#include "relay_fixture.h"

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::patternSource;
using test::putting;

constexpr std::uint64_t endless = 1ULL << 60U;

class HttpsRelay : public test::RelayTest {
protected:
    HttpsRelay() {
        clientTls = test::clientTls(authority.pem());
        options.tls = test::serverTls(authority.issue("aaaaaaaaaaaa"));
        backOptions.tls = test::serverTls(authority.issue("bbbbbbbbbbbb"));
    }
    NetResult<Response> put(BodySource source) {
        const auto client = clientOf(port());
        return loop.run(client->request(putting(std::move(source)), within(10s)));
    }
    test::TestAuthority authority;
};

TEST_F(HttpsRelay, PassesOnAnAnswerThatComesBeforeTheBodysEnd) {
    startBack([](Exchange& exchange) -> Awaitable<void> {
        auto answer = textResponse(507, "full");
        static_cast<void>(co_await exchange.respond(std::move(answer)));
    });
    for (const bool announced : {true, false}) {
        const auto response = put(patternSource(endless, 100'000, announced));
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_EQ(response->status, 507);
        EXPECT_EQ(response->body, "full\n");
    }
    EXPECT_TRUE(eventually([&] { return back->connections() == 0 && server->connections() == 0; }));
}

TEST_F(HttpsRelay, CutsAnAnswerThatTheServerDidNotFinish) {
    startBack([](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        if (exchange.request().path == "/announced") {
            head.headers.set("Content-Length", "10");
        }
        static_cast<void>(co_await exchange.start(std::move(head)));
        static_cast<void>(co_await exchange.write("hello")); // and no finish(): TLS ends in good order
    });
    for (const std::string path : {"/announced", "/chunked"}) {
        const auto client = clientOf(port());
        ClientRequest request;
        request.target = path;
        const auto response = loop.run(client->request(std::move(request), within(10s)));
        ASSERT_FALSE(response) << path;
        EXPECT_EQ(response.error().how, ConnectFailure::broken) << response.error().text();
        EXPECT_EQ(kindOfOutcome(), "cut");
    }
}

TEST_F(HttpsRelay, ReportsAServerThatIsNotProven) {
    const test::TestAuthority stranger;
    backOptions.tls = test::serverTls(stranger.issue("bbbbbbbbbbbb"));
    startBack([](Exchange&) -> Awaitable<void> { co_return; });
    const auto response = put(patternSource(1000, 100, true));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 404);
    const auto last = outcome();
    ASSERT_TRUE(last && last->error);
    EXPECT_EQ(last->kind, RelayOutcome::Kind::unavailable);
    EXPECT_EQ(last->error->how, ConnectFailure::tls);
}

} // namespace
} // namespace pilothouse::http
