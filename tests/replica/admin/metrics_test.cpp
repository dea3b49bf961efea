// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin_fixture.h"
#include "replica/admin/metrics.h"
#include "replica/admin/metrics_text.h"
#include "rig.h"

#include <cmath>
#include <regex>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

namespace pilothouse::admin {
namespace {

// Every sample as "name{labels}" with its value; fails the test where the text breaks the format or the
// naming rules.
std::map<std::string, double> parse(const std::string& text) {
    static const std::regex sample(R"(([a-z_]+)(\{[^}]*\})? (\S+))");
    std::map<std::string, double> samples;
    std::map<std::string, std::string> types;
    std::set<std::string> helped;
    std::istringstream lines(text);
    std::string family;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string mark;
        std::string what;
        words >> mark >> what;
        if (mark == "#" && what == "HELP") {
            words >> family;
            EXPECT_TRUE(helped.insert(family).second) << "twice: " << line;
            EXPECT_EQ(line.back(), '.') << "a sentence: " << line;
        } else if (mark == "#") {
            std::string name;
            std::string type;
            words >> name >> type;
            EXPECT_EQ(name, family) << line;
            types[name] = type;
            EXPECT_EQ(type == "counter", name.ends_with("_total")) << "by convention: " << line;
            EXPECT_TRUE(name.starts_with("pilothouse_")) << line;
            EXPECT_EQ(name.find("_ms"), std::string::npos) << "base units: " << line;
        } else {
            std::smatch match;
            EXPECT_TRUE(std::regex_match(line, match, sample)) << line;
            EXPECT_TRUE(match[1].str().starts_with(family)) << line << " under " << family;
            EXPECT_TRUE(samples.emplace(match[1].str() + match[2].str(), std::stod(match[3])).second)
                << "twice: " << line;
        }
    }
    EXPECT_EQ(text.back(), '\n');
    return samples;
}

TEST(MetricsText, EscapesAndWritesNumbersShortly) {
    MetricsText text;
    text.family("pilothouse_x", "gauge", "A \\ and\na line.");
    text.sample(0.25, {{"a", "q\"b\\c\nd"}, {"b", ""}});
    text.sample(3);
    EXPECT_EQ(text.take(), "# HELP pilothouse_x A \\\\ and\\na line.\n# TYPE pilothouse_x gauge\n"
                           "pilothouse_x{a=\"q\\\"b\\\\c\\nd\",b=\"\"} 0.25\npilothouse_x 3\n");
    EXPECT_EQ(MetricsText::number(-0.0), "0");
    EXPECT_EQ(MetricsText::number(INFINITY), "+Inf");
    EXPECT_EQ(MetricsText::number(NAN), "NaN");
}

TEST(RequestMeter, CountsByPortStatusAndDuration) {
    RequestMeter meter;
    meter.answered(RequestMeter::Port::https, 200);
    meter.answered(RequestMeter::Port::https, 200);
    meter.answered(RequestMeter::Port::http, 0);
    meter.answered(RequestMeter::Port::http, 100'000);
    EXPECT_EQ(meter.answers(RequestMeter::Port::https), (std::map<int, std::uint64_t>{{200, 2}}));
    EXPECT_EQ(meter.answers(RequestMeter::Port::http), (std::map<int, std::uint64_t>{{0, 1}, {599, 1}}));
    meter.took(std::chrono::milliseconds(1)); // bounds belong to their bucket
    meter.took(std::chrono::milliseconds(2));
    meter.took(std::chrono::hours(1));
    const auto durations = meter.durations();
    EXPECT_EQ(durations.buckets.front(), 1U);
    EXPECT_EQ(durations.buckets[1], 1U);
    EXPECT_EQ(durations.buckets.back(), 1U);
    EXPECT_NEAR(durations.seconds, 3600.003, 1e-6);
}

class Finished {
public:
    Finished(const char* method, int status) : m_status(status) { m_request.method = method; }
    // With bodies of so many bytes, after a time.
    [[nodiscard]] http::ExchangeReport report(std::uint64_t received, std::uint64_t sent,
                                              std::chrono::nanoseconds duration) const {
        return {m_request, m_status, received, sent, duration};
    }

private:
    http::Request m_request;
    int m_status;
};

TEST(RouteMeter, CountsByRouteAndMethod) {
    using namespace std::chrono_literals;
    RouteMeter meter;
    EXPECT_TRUE(meter.figures().empty());
    meter.finished(Route::blob, Finished("GET", 200).report(0, 4096, 2ms), true);
    meter.finished(Route::blob, Finished("GET", 404).report(0, 100, 1ms),
                   true); // bounds belong to their bucket
    meter.finished(Route::blob, Finished("GET", 0).report(0, 10, 1h), true);
    meter.finished(Route::upload, Finished("PATCH", 202).report(1000, 0, 5ms), true);
    meter.finished(Route::admin, Finished("GET", 200).report(0, 7, 9h), false);
    meter.finished(Route::unknown, Finished("PROPFIND", 405).report(0, 1, 1ms), true);
    meter.finished(Route::unknown, Finished("other", 99'999).report(0, 1, -1ms), true);
    const auto figures = meter.figures();
    ASSERT_EQ(figures.size(), 4U);
    EXPECT_EQ(nameOf(figures[0].route), "blob");
    EXPECT_EQ(figures[0].method, "GET");
    EXPECT_EQ(figures[0].answers, (std::array<std::uint64_t, 6>{1, 0, 1, 0, 1, 0}));
    EXPECT_EQ(figures[0].buckets, (std::array<std::uint64_t, 9>{1, 1, 0, 0, 0, 0, 0, 0, 1}));
    EXPECT_NEAR(figures[0].seconds, 3600.003, 1e-6);
    EXPECT_EQ(figures[0].sent, 4206U);
    EXPECT_EQ(figures[1].method, "PATCH");
    EXPECT_EQ(figures[1].received, 1000U);
    EXPECT_EQ(figures[2].method, "other") << "whatever clients send";
    EXPECT_EQ(figures[2].answers, (std::array<std::uint64_t, 6>{0, 0, 0, 0, 1, 1}));
    EXPECT_EQ(nameOf(figures[3].route), "admin");
    EXPECT_EQ(figures[3].buckets, (std::array<std::uint64_t, 9>{})) << "not timed";
}

TEST(RouteMeter, CountsFromManyThreads) {
    RouteMeter meter;
    constexpr int threads = 4;
    constexpr int each = 10'000;
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i) {
        running.emplace_back([&meter] {
            const Finished put("PUT", 201);
            for (int n = 0; n < each; ++n) {
                meter.finished(Route::manifest, put.report(3, 2, std::chrono::nanoseconds(5)), true);
            }
        });
    }
    for (auto& thread : running) {
        thread.join();
    }
    const auto figures = meter.figures();
    ASSERT_EQ(figures.size(), 1U);
    EXPECT_EQ(figures[0].answers[2], std::uint64_t{threads} * each);
    EXPECT_EQ(figures[0].buckets[0], std::uint64_t{threads} * each);
    EXPECT_EQ(figures[0].received, std::uint64_t{3} * threads * each);
}

TEST(Metrics, RoutesAndMethodsThatOccurredAreThere) {
    RequestMeter requests;
    requests.byRoute().finished(Route::blob,
                                Finished("GET", 200).report(0, 4096, std::chrono::milliseconds(2)), true);
    const api::ClusterStatus status;
    const auto samples = parse(metricsOf({.status = status,
                                          .self = {},
                                          .now = systemClock().wall(),
                                          .stateBehind = Milliseconds(0),
                                          .connections = {},
                                          .requests = requests}));
    const std::string labels = R"(route="blob",method="GET")";
    EXPECT_EQ(samples.at("pilothouse_route_requests_total{" + labels + R"(,code="2xx"})"), 1);
    EXPECT_EQ(samples.count("pilothouse_route_requests_total{" + labels + R"(,code="4xx"})"), 0U);
    const std::string durations = "pilothouse_route_request_duration_seconds";
    EXPECT_EQ(samples.at(durations + "_bucket{" + labels + R"(,le="0.001"})"), 0);
    EXPECT_EQ(samples.at(durations + "_bucket{" + labels + R"(,le="0.005"})"), 1);
    EXPECT_EQ(samples.at(durations + "_bucket{" + labels + R"(,le="+Inf"})"), 1);
    EXPECT_EQ(samples.at(durations + "_count{" + labels + "}"), 1);
    EXPECT_NEAR(samples.at(durations + "_sum{" + labels + "}"), 0.002, 1e-9);
    EXPECT_EQ(samples.at("pilothouse_route_received_bytes_total{" + labels + "}"), 0);
    EXPECT_EQ(samples.at("pilothouse_route_sent_bytes_total{" + labels + "}"), 4096);
    for (const auto& [name, value] : samples) {
        EXPECT_EQ(name.find("route=\"manifest\""), std::string::npos) << name;
    }
}

TEST(Metrics, WhatIsNotKnownHasNoSample) {
    api::ClusterStatus status;
    status.peers.emplace_back().id = "bbbbbbbbbbbb";
    const RequestMeter requests;
    const auto samples = parse(metricsOf({.status = status,
                                          .self = {},
                                          .now = systemClock().wall(),
                                          .stateBehind = Milliseconds(0),
                                          .connections = {},
                                          .requests = requests}));
    for (const auto& [name, value] : samples) {
        EXPECT_FALSE(name.starts_with("pilothouse_peer_")) << name;
        EXPECT_FALSE(name.starts_with("pilothouse_disk_")) << name;
    }
    EXPECT_EQ(samples.at("pilothouse_healthy"), 0);
    EXPECT_EQ(samples.at("pilothouse_http_request_duration_seconds_count"), 0);
}

class MetricsRoute : public test::AdminTest {};

TEST_F(MetricsRoute, TellsWhatIsReal) {
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(ask("GET", "/api/v0/cluster").status, 200);
    }
    ASSERT_EQ(ask("GET", "/api/v0/cluster", test::Ask{}).status, 401);
    rig().onThread([this] {
        rig().answers[state::test::idC] = {
            .reach = api::Reach::timeout, .error = "no answer within 1 s", .heartbeat = {}};
    });
    std::map<std::string, double> samples;
    const std::string lost = R"({peer="cccccccccccc",peer_name="reg-3"})";
    ASSERT_TRUE(eventually([&] {
        const auto answer = ask("GET", "/metrics");
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        samples = parse(answer.body);
        const auto reachable = samples.find("pilothouse_peer_reachable" + lost);
        return reachable != samples.end() && reachable->second == 0;
    }));
    const std::string kept = R"({peer="bbbbbbbbbbbb",peer_name="reg-2"})";
    EXPECT_EQ(samples.at("pilothouse_peer_reachable" + kept), 1);
    EXPECT_EQ(samples.at("pilothouse_peer_healthy" + kept), 1);
    EXPECT_EQ(samples.count("pilothouse_peer_healthy" + lost), 0U) << "nobody knows";
    EXPECT_LT(samples.at("pilothouse_peer_round_trip_seconds" + kept), 5);
    EXPECT_EQ(samples.at("pilothouse_healthy"), 1);
    EXPECT_EQ(samples.at("pilothouse_unhealthy{reason=\"draining\"}"), 0);
    EXPECT_EQ(samples.at("pilothouse_quorum"), 1);
    EXPECT_EQ(samples.at("pilothouse_term"), 3);
    EXPECT_EQ(samples.at("pilothouse_log_held_index"), 100);
    EXPECT_EQ(samples.at("pilothouse_members{kind=\"voter\"}"), 3);
    EXPECT_EQ(samples.at("pilothouse_quorum_size"), 2);
    EXPECT_EQ(samples.at("pilothouse_engine_up"), 1);
    EXPECT_EQ(
        samples.at("pilothouse_build_info{version=\"0.1.0\",feature_level=\"1\",engine_version=\"3.4.23\"}"),
        1);
    EXPECT_GT(samples.at("pilothouse_certificate_expiry_seconds{use=\"node\"}"), 86400);
    EXPECT_GT(samples.at("pilothouse_disk_free_bytes"), 0);
    EXPECT_GE(samples.at("pilothouse_http_requests_total{port=\"https\",code=\"200\"}"), 3);
    EXPECT_GE(samples.at("pilothouse_http_requests_total{port=\"https\",code=\"401\"}"), 1);
    EXPECT_GE(samples.at("pilothouse_http_request_duration_seconds_bucket{le=\"+Inf\"}"), 4);
    EXPECT_GE(samples.at(R"(pilothouse_route_requests_total{route="admin",method="GET",code="2xx"})"), 3);
    EXPECT_GT(samples.at(R"(pilothouse_route_sent_bytes_total{route="admin",method="GET"})"), 0);
    EXPECT_EQ(samples.at("pilothouse_http_connections{state=\"writing\"}"), 1) << "the one that asks";
}

TEST_F(MetricsRoute, NeedsALogin) {
    expectProblem(ask("GET", "/metrics", test::Ask{}), 401, "unauthorized");
}

} // namespace
} // namespace pilothouse::admin
