// SPDX-License-Identifier: GPL-3.0-or-later
// What load balancers and monitoring scripts ask, on both ports.
#include "admin_fixture.h"
#include "api/dtr.h"
#include "api/json.h"
#include "replica/admin/health_routes.h"
#include "rig.h"

#include <regex>

namespace pilothouse::admin {
namespace {

using test::Answer;

class HealthTest : public test::AdminTest {
protected:
    void drain(bool on) {
        ASSERT_EQ(
            ask("PUT", "/api/v0/replica/drain", on ? R"({"draining":true})" : R"({"draining":false})").status,
            204);
        ASSERT_TRUE(eventually([&] { return rig().board.snapshot()->status.self.health.healthy != on; }));
    }
    void expectPing(const Answer& answer, bool healthy, const std::string& error) {
        EXPECT_EQ(answer.status, healthy ? 200 : 503) << answer.body;
        EXPECT_EQ(answer.header("content-type"), "application/json");
        const auto ping = api::fromJson<api::dtr::Ping>(answer.body);
        ASSERT_TRUE(ping) << answer.body;
        EXPECT_EQ(ping->Healthy, healthy);
        EXPECT_EQ(ping->Error, error);
    }
    // Nothing on the HTTP port may tell who this is.
    static void expectNameless(const Answer& answer) {
        std::string all = answer.body;
        for (const auto& [name, value] : answer.headers) {
            all += name + ": " + value + "\n";
        }
        for (const auto* word :
             {"aaaaaaaaaaaa", "reg-1", "prod", "0.1.0", "3.4.23", "pilothouse", "Pilothouse"}) {
            EXPECT_EQ(all.find(word), std::string::npos) << word << " in " << all;
        }
    }
};

TEST_F(HealthTest, BothPortsAnswerWithoutLoginToOldClientsAndToHead) {
    for (const bool https : {true, false}) {
        for (const std::string path : {"/_ping", "/health"}) {
            expectPing(raw("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", https), true, "");
            expectPing(raw("GET " + path + " HTTP/1.0\r\n\r\n", https), true, "");
            const auto head = raw("HEAD " + path + " HTTP/1.0\r\n\r\n", https);
            EXPECT_EQ(head.status, 200);
            EXPECT_NE(head.header("content-length"), "0") << "what GET would have";
            EXPECT_FALSE(head.header("date").empty());
        }
        EXPECT_EQ(raw("HEAD /load_balancer_status HTTP/1.0\r\n\r\n", https).status, 200);
        EXPECT_EQ(raw("HEAD /nginx_status HTTP/1.0\r\n\r\n", https).status, 200);
    }
}

TEST_F(HealthTest, DrainingSaysSoOnBothPortsAndEndsAgain) {
    drain(true);
    expectPing(raw("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n"), false, "This replica is draining");
    expectPing(raw("GET /_ping HTTP/1.0\r\n\r\n", false), false, "draining");
    EXPECT_EQ(raw("HEAD /health HTTP/1.0\r\n\r\n", false).status, 503);
    EXPECT_EQ(ask("GET", "/api/v0/users").status, 200) << "what runs, and what still comes, is served";
    drain(false);
    expectPing(raw("GET /_ping HTTP/1.0\r\n\r\n", false), true, "");
}

// Drain is for the worst hour: it asks nobody else, and a load balancer hears of it.
TEST_F(HealthTest, DrainWorksWithoutQuorumWhileRequestsFinish) {
    test::Socket running(port());
    running.send(
        "PATCH /api/v0/users/admin HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: " + admin() +
        "\r\nContent-Type: application/json\r\nContent-Length: 35\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_TRUE(running.waitFor("100 Continue\r\n\r\n")) << "the request runs: its body is waited for";
    (void)running.take();
    drain(true);
    running.send(R"({"role":"admin","operation_id":"x"})");
    EXPECT_EQ(running.readAnswer().status, 200);
    rig().onThread([this] { rig().engine.noQuorum = true; });
    drain(false);
    ASSERT_EQ(ask("PUT", "/api/v0/replica/drain", R"({"draining":true})").status, 204);
    expectPing(raw("GET /_ping HTTP/1.0\r\n\r\n", false), false, "draining");
}

TEST_F(HealthTest, TheLoadBalancersStatusNamesTheParts) {
    const auto table = raw("GET /load_balancer_status HTTP/1.0\r\n\r\n", false);
    EXPECT_EQ(table.body, "component\tstatus\nengine\tup\nquorum\tup\nstate\tup\ndisk\tup\nreplica\tup\n");
    drain(true);
    const auto csv = raw("GET /load_balancer_status?format=csv HTTP/1.0\r\n\r\n");
    EXPECT_EQ(csv.status, 503);
    EXPECT_EQ(csv.header("content-type"), "text/csv");
    EXPECT_EQ(csv.body, "component,status\nengine,up\nquorum,up\nstate,up\ndisk,up\nreplica,down\n");
    const auto json = raw("GET /load_balancer_status?format=json HTTP/1.0\r\n\r\n");
    EXPECT_EQ(json.header("content-type"), "application/json");
    EXPECT_EQ(json.body,
              "{\"engine\":\"up\",\"quorum\":\"up\",\"state\":\"up\",\"disk\":\"up\",\"status\":\"down\"}\n");
    EXPECT_EQ(raw("GET /load_balancer_status?format=xml HTTP/1.0\r\n\r\n").status, 400);
}

TEST_F(HealthTest, LostQuorumIsToldWithoutBeingAskedFor) {
    rig().onThread([this] { rig().engine.noQuorum = true; });
    ASSERT_TRUE(eventually([this] { return raw("GET /_ping HTTP/1.0\r\n\r\n", false).status == 503; }));
    expectPing(raw("GET /_ping HTTP/1.0\r\n\r\n", false), false, "no quorum");
    EXPECT_TRUE(eventually([this] {
        return raw("GET /load_balancer_status HTTP/1.0\r\n\r\n").body.find("quorum\tdown") !=
               std::string::npos;
    }));
}

TEST_F(HealthTest, ThePlainPortSaysNoNamesAndNoVersions) {
    for (const std::string path : {"/_ping", "/health", "/load_balancer_status", "/nginx_status", "/ca",
                                   "/metrics", "/api/v0/openapi.json", "/api/v0/cluster", "/"}) {
        expectNameless(raw("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", false));
    }
    expectNameless(raw("nonsense\r\n\r\n", false));
    drain(true);
    expectNameless(raw("GET /_ping HTTP/1.0\r\n\r\n", false));
}

TEST_F(HealthTest, ThePlainPortElseRedirects) {
    const auto redirect = [this](const std::string& request) { return raw(request, false); };
    auto answer = redirect("GET /v2/?a=b HTTP/1.1\r\nHost: registry.example.test:8080\r\n\r\n");
    EXPECT_EQ(answer.status, 308);
    EXPECT_EQ(answer.header("location"), "https://registry.example.test:8443/v2/?a=b");
    answer = redirect("POST /v2/ HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(answer.header("location"), "https://[::1]:8443/v2/");
    answer = redirect("GET http://other.example.test/x?y HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(answer.header("location"), "https://a:8443/x?y");
    EXPECT_EQ(redirect("GET /v2/ HTTP/1.0\r\n\r\n").status, 400) << "nowhere to send it";
    EXPECT_EQ(redirect("GET /v2/ HTTP/1.1\r\nHost: user@registry.example.test\r\n\r\n").status, 400);
    EXPECT_EQ(redirect("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n").status, 308);

    http::Request request;
    request.target = "/v2/";
    request.rawPath = "/v2/";
    EXPECT_EQ(redirectToHttps(request, "https://lb.example.test/", 8443).headers.value("Location"),
              "https://lb.example.test/v2/")
        << "the external URL, also without a Host";
}

TEST_F(HealthTest, NginxStatusCountsWhatIsReal) {
    const std::regex form(
        "Active connections: (\\d+) \nserver accepts handled requests\n (\\d+) (\\d+) (\\d+) \n"
        "Reading: (\\d+) Writing: (\\d+) Waiting: (\\d+) \n");
    const auto numbers = [&] {
        const auto answer = raw("GET /nginx_status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        std::smatch match;
        EXPECT_TRUE(std::regex_match(answer.body, match, form)) << answer.body;
        std::vector<int> found;
        for (std::size_t i = 1; i < match.size(); ++i) {
            found.push_back(std::stoi(match[i]));
        }
        return found;
    };
    const auto before = numbers();
    ASSERT_EQ(before.size(), 7U);
    test::Socket waiting(plainPort());
    waiting.send("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\nGET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_EQ(waiting.readAnswer().status, 200);
    ASSERT_EQ(waiting.readAnswer().status, 200);
    test::Socket reading(port());
    reading.send("GET /half");
    std::vector<int> after;
    ASSERT_TRUE(eventually([&] {
        after = numbers();
        return after[4] == 1;
    })) << "the half of a request counts as reading";
    EXPECT_GE(after[0], 3);
    EXPECT_GE(after[1] - before[1], 3) << "two, and the one that asks";
    EXPECT_EQ(after[1], after[2]);
    EXPECT_GE(after[3] - before[3], 3) << "two requests, and the one that asks";
    EXPECT_EQ(after[5], 1) << "the one that asks";
    EXPECT_GE(after[6], 1);
}

TEST_F(HealthTest, AReplicaThatHangsIsNotHealthy) {
    node::StatusBoard::Look look;
    auto snapshot = std::make_shared<node::StatusSnapshot>();
    snapshot->status.self.health = {.healthy = true, .code = api::Unhealthy::none, .reason = {}};
    look.snapshot = snapshot;
    look.holdsFor = std::chrono::milliseconds(2000);
    look.uncheckedFor = std::chrono::milliseconds(2000);
    EXPECT_TRUE(currentHealth(look).healthy);
    look.uncheckedFor = std::chrono::milliseconds(2001);
    EXPECT_FALSE(currentHealth(look).healthy);
    EXPECT_EQ(currentHealth(look).reason, "This replica has not looked after itself for 2 s");

    const auto began = std::chrono::steady_clock::now();
    rig().hang();
    EXPECT_TRUE(eventually([this] { return raw("GET /_ping HTTP/1.0\r\n\r\n").status == 503; }));
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(4500))
        << "two election time-outs";
    EXPECT_EQ(raw("GET /load_balancer_status?format=csv HTTP/1.0\r\n\r\n").body,
              "component,status\nengine,down\nquorum,down\nstate,down\ndisk,down\nreplica,down\n")
        << "nobody knows";
}

TEST_F(HealthTest, TheCaIsForEverybodyOverHttps) {
    const auto answer = ask("GET", "/ca", test::Ask{});
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body.starts_with("-----BEGIN CERTIFICATE-----")) << answer.body;
    EXPECT_EQ(raw("GET /ca HTTP/1.1\r\nHost: a\r\n\r\n", false).status, 308)
        << "over plain HTTP anybody could put another in its place";
}

} // namespace
} // namespace pilothouse::admin
