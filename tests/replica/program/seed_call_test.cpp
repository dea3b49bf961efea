// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/admin.h"
#include "api/json.h"
#include "replica/http/loop.h"
#include "replica/http/parties.h"
#include "replica/http/server.h"
#include "replica/program/seed_call.h"
#include "replica/security/certificates.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <atomic>

namespace pilothouse::program {
namespace {

namespace test = http::test;

constexpr const char* secret = "the token's secret";

// A host that claims to be a replica of the cluster: what it names at /ca, and who signed its certificate.
class SeedCall : public testing::Test {
protected:
    void serve(const std::string& named, const test::TestAuthority& signer) {
        http::ServerOptions options;
        options.addresses = {{"127.0.0.1", 0}};
        options.tls = test::serverTls(signer.issue("0123456789ab"));
        const auto handler = [this, named](http::Exchange& exchange) -> http::Awaitable<void> {
            http::Response response;
            if (exchange.request().path == "/ca") {
                response.body = named;
            } else {
                const auto body = co_await exchange.readAll(64 * 1024);
                heardSecret = body && body->find(secret) != std::string::npos;
                response.body = api::toJson(api::JoinAnswer{});
                if (refusal != 0) {
                    response.status = refusal;
                    response.body = "refused";
                }
                if (silence) {
                    co_await silence();
                }
            }
            static_cast<void>(co_await exchange.respond(std::move(response)));
        };
        server = std::make_unique<http::Server>(loop.executor(), options, handler);
        ASSERT_TRUE(server->start());
    }

    [[nodiscard]] provision::PreparedJoin prepared() const {
        provision::PreparedJoin join;
        join.token.ca_sha256 = security::parseCertificate(cluster.pem())->sha256;
        join.token.seeds = {"https://127.0.0.1:" + std::to_string(server->port())};
        join.request.secret = secret;
        return join;
    }
    [[nodiscard]] Result<api::JoinAnswer> ask() {
        return askSeed(prepared().token.seeds.front(), prepared(), call);
    }

    const test::TestAuthority cluster{"The cluster"};
    const test::TestAuthority stranger{"Somebody on the way"};
    std::atomic<bool> heardSecret = false;
    std::atomic<int> refusal = 0; // status of the answer to a join; 0: it is none
    JoinCall call;
    std::function<http::Awaitable<void>()> silence; // before the answer to a join
    test::Loop loop;                                // after what its threads use
    std::unique_ptr<http::Server> server;
};

TEST_F(SeedCall, AsksAReplicaOfTheTokensCluster) {
    serve(cluster.pem(), cluster);
    const auto answer = ask();
    EXPECT_TRUE(answer) << answer.error().text();
    EXPECT_TRUE(heardSecret);
    EXPECT_TRUE(call.mayBeUsed);
}

TEST_F(SeedCall, TellsNobodyElseTheSecret) {
    for (const auto& named : {stranger.pem(), cluster.pem(), cluster.pem() + stranger.pem(),
                              stranger.pem() + cluster.pem(), std::string("nothing")}) {
        serve(named, stranger);
        call = {};
        const auto answer = ask();
        EXPECT_FALSE(answer) << named;
        EXPECT_FALSE(heardSecret) << named;
        EXPECT_EQ(call.mayBeUsed, named == cluster.pem()) << "it was about to be: " << named;
    }
}

// The keys of an earlier attempt are kept whatever a later one is told, unless the cluster has no such token.
TEST_F(SeedCall, KnowsWhetherTheTokenMayBeUsedUp) {
    const std::vector<std::tuple<int, bool, bool>> cases{
        {403, false, false}, {409, false, false}, {401, false, false}, {503, false, true},
        {500, false, true},  {403, true, true},   {409, true, true},   {401, true, false}};
    for (const auto& [status, before, after] : cases) {
        refusal = status;
        serve(cluster.pem(), cluster);
        call = {.mayBeUsed = before};
        EXPECT_FALSE(ask());
        EXPECT_EQ(call.mayBeUsed, after) << status << (before ? ", after an earlier attempt" : "");
    }
}

// A replica that takes the request and never answers.
TEST_F(SeedCall, EndsWhenItIsCancelled) {
    silence = []() -> http::Awaitable<void> {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::minutes(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
    };
    serve(cluster.pem(), cluster);
    const auto start = std::chrono::steady_clock::now();
    call = {.cancelled = [this] { return heardSecret.load(); }};
    const auto answer = askCluster(prepared(), call);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
    EXPECT_TRUE(call.mayBeUsed);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

} // namespace
} // namespace pilothouse::program
