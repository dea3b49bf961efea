// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/admin.h"
#include "api/json.h"
#include "replica/http/loop.h"
#include "replica/http/parties.h"
#include "replica/http/server.h"
#include "replica/program/seed_call.h"
#include "replica/security/certificates.h"

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
            }
            static_cast<void>(co_await exchange.respond(std::move(response)));
        };
        server = std::make_unique<http::Server>(loop.executor(), options, handler);
        ASSERT_TRUE(server->start());
    }

    [[nodiscard]] Result<api::JoinAnswer> ask() const {
        provision::PreparedJoin prepared;
        prepared.token.ca_sha256 = security::parseCertificate(cluster.pem())->sha256;
        prepared.request.secret = secret;
        SeedCall call;
        return askSeed("https://127.0.0.1:" + std::to_string(server->port()), prepared, call);
    }

    const test::TestAuthority cluster{"The cluster"};
    const test::TestAuthority stranger{"Somebody on the way"};
    std::atomic<bool> heardSecret = false;
    test::Loop loop; // after what its threads use
    std::unique_ptr<http::Server> server;
};

TEST_F(SeedCall, AsksAReplicaOfTheTokensCluster) {
    serve(cluster.pem(), cluster);
    const auto answer = ask();
    EXPECT_TRUE(answer) << answer.error().text();
    EXPECT_TRUE(heardSecret);
}

TEST_F(SeedCall, TellsNobodyElseTheSecret) {
    for (const auto& named : {stranger.pem(), cluster.pem(), cluster.pem() + stranger.pem(),
                              stranger.pem() + cluster.pem(), std::string("nothing")}) {
        serve(named, stranger);
        const auto answer = ask();
        EXPECT_FALSE(answer) << named;
        EXPECT_FALSE(heardSecret) << named;
    }
}

} // namespace
} // namespace pilothouse::program
