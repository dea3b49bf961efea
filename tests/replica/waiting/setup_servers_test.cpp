// SPDX-License-Identifier: GPL-3.0-or-later
// A waiting host's three ports, through real sockets.
#include "api/admin.h"
#include "api/json.h"
#include "replica/http/loop.h"
#include "replica/http/raw_client.h"
#include "replica/waiting/setup_desk.h"
#include "replica/waiting/setup_servers.h"
#include "samples.h"

#include <vector>

namespace pilothouse::waiting {
namespace {

using namespace pilothouse::test;
using http::test::Answer;
using http::test::RawClient;

class SetupServersTest : public testing::Test {
protected:
    void SetUp() override {
        lock.emplace(takeFolder(layout));
        ASSERT_TRUE(*lock);
        setup = beginSetup(layout, test::samplePlan(), security::systemRandom(), systemClock()).value();
        const Logger logger(
            [this](const LogRecord& r) {
                const std::lock_guard guard(mutex);
                log += formatText(r, "now") + "\n";
            },
            "replica", LogLevel::debug);
        desk.emplace(layout, setup, logger);
        servers = std::make_unique<SetupServers>(SetupServersOptions{layout,
                                                                     setup,
                                                                     {.host = "127.0.0.1",
                                                                      .https_port = 0,
                                                                      .http_port = 0,
                                                                      .engine_client_port = 0,
                                                                      .engine_peer_port = 0},
                                                                     folder / "no-engine",
                                                                     logger},
                                                 *desk);
        const Status started = servers->start();
        ASSERT_TRUE(started) << started.error().text();
    }
    [[nodiscard]] Answer ask(const std::string& request, const std::string& method = "GET") const {
        RawClient client(servers->httpsPort(), http::test::RawTlsOptions{setup.authority, {}, {}});
        EXPECT_EQ(client.tlsError(), "");
        return client.ask(request, method);
    }
    [[nodiscard]] static std::string get(const std::string& target) {
        return "GET " + target + " HTTP/1.1\r\nHost: reg-4\r\n\r\n";
    }
    [[nodiscard]] Answer post(const std::string& verb, const std::string& body,
                              const std::string& type = "application/json") const {
        return ask("POST /api/v0/setup/" + verb + " HTTP/1.1\r\nHost: reg-4\r\nContent-Type: " + type +
                       "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
                   "POST");
    }
    [[nodiscard]] Answer inspect(const std::string& secret, std::vector<api::PathQuery> paths = {}) const {
        return post("inspect", api::toJson(api::InspectHost{secret, std::string(32, 'c'), std::move(paths)}));
    }
    [[nodiscard]] Answer join(const std::string& secret, const std::string& token) const {
        return post("join", api::toJson(api::AdmitHost{secret, token}));
    }
    static void expectProblem(const Answer& answer, int status, const std::string& part) {
        EXPECT_EQ(answer.status, status) << answer.head << answer.body;
        EXPECT_EQ(answer.fields.at("content-type"), "application/problem+json");
        const auto problem = api::fromJson<api::Problem>(answer.body);
        ASSERT_TRUE(problem) << answer.body;
        EXPECT_EQ(problem->status, status);
        EXPECT_NE(problem->detail.find(part), std::string::npos) << answer.body;
    }
    [[nodiscard]] std::string logged() {
        const std::lock_guard guard(mutex);
        return log;
    }

    TemporaryFolder folder;
    provision::Layout layout{folder / "data"};
    std::optional<Result<node::LockFile>> lock;
    PendingSetup setup;
    std::mutex mutex;
    std::string log;
    std::optional<SetupDesk> desk;
    std::unique_ptr<SetupServers> servers;
};

TEST_F(SetupServersTest, ReportsTheHost) {
    const std::string own = "127.0.0.1:" + std::to_string(servers->peerPort());
    const Answer answer = inspect(setup.secret, {{"reg-1", "engine", own}, {"reg-2", "https", "nowhere"}});
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto report = api::fromJson<api::HostReport>(answer.body);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->name, "reg-4");
    EXPECT_EQ(report->url, "https://127.0.0.1:443");
    EXPECT_EQ(report->http_url, "http://127.0.0.1:80");
    EXPECT_EQ(report->peer_url, "https://127.0.0.1:7443");
    EXPECT_FALSE(report->version.empty());
    EXPECT_GE(report->feature_level, 1);
    EXPECT_EQ(report->engine_version, "");
    EXPECT_GT(report->open_files, 0);
    EXPECT_GE(report->host.disk_sync_ms.value_or(-1), 0);
    const auto at = parseRfc3339(report->at);
    ASSERT_TRUE(at) << report->at;
    EXPECT_LT(systemClock().wall() - *at, std::chrono::seconds(10));
    ASSERT_EQ(report->paths.size(), 2U);
    EXPECT_EQ(report->paths[0].reach, api::Reach::ok);
    EXPECT_EQ(report->paths[0].name, "reg-1");
    EXPECT_NE(report->paths[1].reach, api::Reach::ok);
    EXPECT_EQ(answer.body.find(setup.secret), std::string::npos);
}

TEST_F(SetupServersTest, FiveWrongCodesEndTheWait) {
    for (const char* left : {"4 tries", "3 tries", "2 tries", "1 try", "0 tries"}) {
        EXPECT_FALSE(desk->isOver());
        const bool even = left[0] % 2 == 0;
        const std::string wrong(64, 'e');
        const Answer answer = even ? inspect(wrong) : join(wrong, test::sampleToken());
        expectProblem(answer, 401, left);
        EXPECT_EQ(answer.field("www-authenticate").find("Basic"), std::string::npos) << "no browser asks";
    }
    EXPECT_TRUE(desk->isOver());
    expectProblem(inspect(setup.secret), 403, "waits no longer");
    expectProblem(join(setup.secret, test::sampleToken()), 403, "waits no longer");
    EXPECT_EQ(desk->tokenToTry(), std::nullopt);
    EXPECT_EQ(logged().find(setup.secret), std::string::npos);
}

TEST_F(SetupServersTest, TakesATokenAndTellsHowItGoes) {
    const std::string token = test::sampleToken();
    const auto stateOf = [&](const Answer& answer) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        return api::fromJson<api::SetupState>(answer.body).value_or(api::SetupState{});
    };
    EXPECT_EQ(stateOf(join(setup.secret, token)).phase, "joining");
    EXPECT_EQ(desk->tokenToTry(), token);
    EXPECT_EQ(stateOf(join(setup.secret, token)).phase, "joining");
    expectProblem(join(setup.secret, test::sampleToken('6')), 409, "another token");
    desk->failed({ErrorCode::unavailable, "no quorum", {}}, false);
    const auto told = stateOf(join(setup.secret, token));
    EXPECT_EQ(told.phase, "failed");
    EXPECT_EQ(told.error, "no quorum");
    EXPECT_EQ(stateOf(join(setup.secret, token)).phase, "joining");
    EXPECT_EQ(logged().find(token), std::string::npos);
    EXPECT_EQ(logged().find(std::string(64, '5')), std::string::npos);
}

TEST_F(SetupServersTest, WhatCannotBeReadCountsForNothing) {
    expectProblem(post("inspect", "hello"), 400, "");
    expectProblem(post("join", "{}"), 400, "secret");
    expectProblem(post("join", R"({"secret":7,"token":""})"), 400, "secret");
    expectProblem(post("inspect", "secret=x", "application/x-www-form-urlencoded"), 415, "JSON");
    expectProblem(post("inspect", "{\"secret\":\"" + std::string(100'000, 'x') + "\"}"), 413, "");
    expectProblem(join(setup.secret, "phjoin1.x"), 400, "token");
    expectProblem(
        post("inspect", R"({"secret":")" + setup.secret + R"(","cluster_id":"../../etc","paths":[]})"), 400,
        "cluster_id");
    expectProblem(ask(get("/api/v0/setup/join")), 405, "GET");
    expectProblem(ask(get("/v2/")), 404, "nothing");
    EXPECT_TRUE(desk->admit(setup.secret, "here"));
    EXPECT_FALSE(desk->isOver());
    EXPECT_NE(readWhole(layout.pendingSetup()).find("\"wrong_codes\":0"), std::string::npos);
}

TEST_F(SetupServersTest, IsUnhealthyOnEachPort) {
    const auto plain = [](std::uint16_t port, const std::string& target) {
        RawClient client(port);
        return client.ask(get(target));
    };
    for (const char* path :
         {"/_ping", "/health", "/load_balancer_status", "/load_balancer_status?format=csv"}) {
        const Answer secure = ask(get(path));
        EXPECT_EQ(secure.status, 503) << path;
        const Answer open = plain(servers->httpPort(), path);
        EXPECT_EQ(open.status, 503) << path;
        EXPECT_EQ(open.body, secure.body);
    }
    EXPECT_EQ(ask(get("/_ping")).body,
              R"({"Error":"This host waits to be joined to a cluster","Healthy":false})");
    EXPECT_NE(ask(get("/load_balancer_status")).body.find("replica\tdown"), std::string::npos);
    EXPECT_EQ(plain(servers->httpPort(), "/").status, 404);
    EXPECT_EQ(plain(servers->httpPort(), "/api/v0/setup/join").status, 404) << "no code goes over plain HTTP";
    EXPECT_EQ(plain(servers->peerPort(), "/").status, 503);
    EXPECT_EQ(ask(get("/ca")).body, setup.authority);
}

// More than a host in its wait can need: the rest is turned away, and what was there before goes on.
TEST_F(SetupServersTest, OneSourceHasFewConnections) {
    std::vector<std::unique_ptr<RawClient>> held;
    for (int i = 0; i < 16; ++i) {
        held.push_back(std::make_unique<RawClient>(servers->httpPort()));
        ASSERT_EQ(held.back()->ask(get("/_ping")).status, 503);
    }
    RawClient more(servers->httpPort());
    EXPECT_EQ(more.ask(get("/_ping")).status, 0);
    EXPECT_EQ(held.front()->ask(get("/_ping")).status, 503);
    EXPECT_EQ(ask(get("/_ping")).status, 503) << "the other ports have their own";
}

TEST_F(SetupServersTest, ATakenPortIsNamedAndTheOthersAreGivenBack) {
    SetupServersOptions options{
        layout,
        setup,
        {.host = "127.0.0.1", .https_port = 0, .http_port = servers->httpPort(), .engine_peer_port = 0},
        {},
        {}};
    SetupServers second(options, *desk);
    const Status started = second.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::conflict);
    EXPECT_NE(started.error().message.find(std::to_string(servers->httpPort())), std::string::npos);
}

TEST_F(SetupServersTest, StoppedItHoldsNoPort) {
    const auto port = servers->httpsPort();
    servers->stop();
    EXPECT_THROW(RawClient{port}, std::runtime_error) << "nobody listens";
    servers->stop();
}

} // namespace
} // namespace pilothouse::waiting
