// SPDX-License-Identifier: GPL-3.0-or-later
// Registry logins over TLS: a token of one replica opens every other, until its user is changed.
#include "base/encoding.h"
#include "replica/http/client.h"
#include "replica/support/cluster.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>

#include <future>

namespace pilothouse::test {
namespace {

class ReplicaLoginTest : public ClusterTest {
protected:
    void startAll(int count) {
        makeCluster(count);
        for (int i = 1; i <= count; ++i) {
            replicas.push_back(start(i));
            ASSERT_NE(replicas.back(), nullptr);
        }
        for (const auto& replica : replicas) {
            const auto healthy = replica->waitUntilHealthy(std::chrono::seconds(20));
            ASSERT_TRUE(healthy) << healthy.error().text();
        }
    }
    [[nodiscard]] http::Response ask(std::size_t member, http::ClientRequest request) const {
        const auto& identity = cluster.members[member];
        auto tls =
            http::TlsContext::client({{}, {}, readWhole(cluster.caFile), http::ClientCertificate::none});
        EXPECT_TRUE(tls) << tls.error().text();
        boost::asio::io_context io;
        http::Client client(io.get_executor(),
                            {.host = "127.0.0.1",
                             .port = static_cast<std::uint16_t>(identity.listen.https_port),
                             .tls = std::move(*tls),
                             .verifyName = true,
                             .requiredUri = {}});
        auto answer =
            boost::asio::co_spawn(io, client.request(std::move(request), http::within(Milliseconds(5000))),
                                  boost::asio::use_future);
        while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            io.run_one(); // not all of it: the connection would be kept for the next request
        }
        auto response = answer.get();
        EXPECT_TRUE(response) << response.error().text();
        return response ? std::move(*response) : http::Response();
    }
    [[nodiscard]] http::Response get(std::size_t member, const std::string& target,
                                     const std::string& authorization) const {
        http::ClientRequest request;
        request.target = target;
        if (!authorization.empty()) {
            request.headers.set("Authorization", authorization);
        }
        return ask(member, std::move(request));
    }
    [[nodiscard]] std::string admin() const {
        std::string password = readWhole(cluster.passwordFile);
        password = password.substr(0, password.find('\n'));
        return "Basic " + toBase64(cluster.adminName + ':' + password);
    }

    std::vector<std::unique_ptr<Replica>> replicas;
};

TEST_F(ReplicaLoginTest, ATokenOfOneReplicaOpensEveryOtherUntilItsUserIsChanged) {
    ASSERT_NO_FATAL_FAILURE(startAll(3));
    const auto challenge = get(0, "/v2/", {});
    EXPECT_EQ(challenge.status, 401);
    EXPECT_TRUE(challenge.headers.value("WWW-Authenticate").starts_with("Bearer realm=\"https://127.0.0.1:"))
        << challenge.headers.value("WWW-Authenticate");
    const std::string target = "/auth/token?service=s&scope=repository:team/app:pull,push";
    // The leader makes the first key as soon as it leads.
    ASSERT_TRUE(eventually([&] { return get(0, target, admin()).status == 200; }));
    const auto answer = get(0, target, admin());
    ASSERT_EQ(answer.status, 200) << answer.body;
    const std::string token =
        "Bearer " + std::string(boost::json::parse(answer.body).at("token").as_string());
    for (std::size_t member = 0; member < replicas.size(); ++member) {
        EXPECT_EQ(get(member, "/v2/", token).status, 200) << member;
        EXPECT_EQ(get(member, "/v2/team/app/tags/list", token).status, 404) << member;
        EXPECT_EQ(get(member, "/v2/other/tags/list", token).status, 401) << member;
    }
    http::ClientRequest change;
    change.method = "PATCH";
    change.target = "/api/v0/users/" + cluster.adminName;
    change.headers.set("Authorization", admin());
    change.headers.set("Content-Type", "application/json");
    change.body = R"({"password":"another password","operation_id":""})";
    ASSERT_EQ(ask(1, std::move(change)).status, 200);
    EXPECT_EQ(get(1, "/v2/", token).status, 401) << "where it was changed, at once";
    EXPECT_TRUE(eventually([&] { return get(2, "/v2/", token).status == 401; }));
}

} // namespace
} // namespace pilothouse::test
