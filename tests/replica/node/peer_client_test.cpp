// SPDX-License-Identifier: GPL-3.0-or-later
// Streams and relays to another replica, which proves its id.
#include "replica/http/http_fixture.h"
#include "replica/http/parties.h"
#include "replica/http/relay.h"
#include "replica/http/sources.h"
#include "replica/node/peer_client.h"

namespace pilothouse::node {
namespace {

using namespace std::chrono_literals;
namespace test = http::test;

constexpr std::uint64_t large = 5'000'000;

// Answers 202 and the pattern, as long as the body was.
http::Awaitable<void> repeat(http::Exchange& exchange) {
    const auto body = co_await exchange.readAll(2 * large);
    http::Response response;
    response.status = 202;
    response.body = test::pattern(body.value_or("").size());
    static_cast<void>(co_await exchange.respond(std::move(response)));
}

struct Received {
    int status = 0;
    std::string body;
    std::string error;
};

http::Awaitable<Received> received(PeerClient& peers, api::Member peer, http::ClientRequest request) {
    Received all;
    auto answer = co_await peers.stream(std::move(peer), std::move(request), 10s);
    if (!answer) {
        all.error = answer.error().message;
        co_return all;
    }
    all.status = answer->head().status;
    std::vector<char> buffer(100'000);
    for (std::size_t count = 1; count > 0;) {
        count = (co_await answer->read(buffer, http::within(10s))).value_or(0);
        all.body.append(buffer.data(), count);
    }
    co_return all;
}

http::ClientRequest putting(std::uint64_t size) {
    http::ClientRequest request;
    request.method = "PUT";
    request.source = test::patternSource(size, 99'991, true);
    return request;
}

class PeerClientTest : public test::ServerTest {
protected:
    PeerClientTest() {
        options.tls = test::serverTls(authority.issue("bbbbbbbbbbbb"), authority.pem(),
                                      http::ClientCertificate::required);
        start(repeat);
    }
    [[nodiscard]] api::Member peer(const std::string& id) const {
        api::Member member;
        member.id = id;
        member.name = "reg-2";
        member.url = "https://127.0.0.1:" + std::to_string(port());
        return member;
    }
    test::TestAuthority authority;
    PeerClient peers{loop.executor(), test::clientTls(authority.pem(), authority.issue("aaaaaaaaaaaa")),
                     test::clusterId};
};

TEST_F(PeerClientTest, StreamsBothBodiesOverOneConnection) {
    for (int i = 0; i < 3; ++i) {
        const auto all = loop.run(received(peers, peer("bbbbbbbbbbbb"), putting(large)));
        EXPECT_EQ(all.status, 202) << all.error;
        EXPECT_TRUE(all.body == test::pattern(large));
    }
    EXPECT_EQ(server->connections(), 1U);
}

TEST_F(PeerClientTest, StreamsNothingToAnotherReplica) {
    const auto all = loop.run(received(peers, peer("cccccccccccc"), putting(large)));
    EXPECT_NE(all.error.find("is not"), std::string::npos) << all.error;
    EXPECT_TRUE(reports().empty());
    auto nowhere = peer("bbbbbbbbbbbb");
    nowhere.url = "nonsense";
    EXPECT_NE(loop.run(received(peers, nowhere, putting(large))).error, "");
}

TEST_F(PeerClientTest, GivesTheClientThatRelays) {
    http::ServerOptions frontOptions;
    frontOptions.addresses = {{"127.0.0.1", 0}};
    frontOptions.tls = test::serverTls(authority.issue("aaaaaaaaaaaa"));
    http::Server front(
        loop.executor(), std::move(frontOptions), [this](http::Exchange& exchange) -> http::Awaitable<void> {
            const auto client = peers.clientOf(peer("bbbbbbbbbbbb"));
            EXPECT_TRUE(client);
            const auto outcome = co_await http::relay(exchange, **client, http::RelayOptions());
            EXPECT_EQ(outcome.kind, http::RelayOutcome::Kind::answered);
        });
    ASSERT_TRUE(front.start());
    http::Client client(loop.executor(),
                        {"127.0.0.1", front.port(), test::clientTls(authority.pem()), true, {}});
    for (int i = 0; i < 3; ++i) {
        const auto answer = loop.run(client.request(putting(large), http::within(10s)));
        ASSERT_TRUE(answer) << answer.error().text();
        EXPECT_EQ(answer->status, 202);
        EXPECT_TRUE(answer->body == test::pattern(large));
    }
    EXPECT_EQ(front.connections(), 1U);
    EXPECT_EQ(server->connections(), 1U);
    const auto stopFront = [&]() -> http::Awaitable<bool> {
        co_await front.stop(0ms);
        co_return true;
    };
    EXPECT_TRUE(loop.run(stopFront()));
}

} // namespace
} // namespace pilothouse::node
