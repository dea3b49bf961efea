// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin_fixture.h"
#include "replica/admin/metrics.h"
#include "replica/admin/metrics_text.h"
#include "rig.h"

#include <cmath>
#include <regex>
#include <set>
#include <sstream>

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
    EXPECT_EQ(samples.at("pilothouse_http_connections{state=\"writing\"}"), 1) << "the one that asks";
}

TEST_F(MetricsRoute, NeedsALogin) {
    expectProblem(ask("GET", "/metrics", test::Ask{}), 401, "unauthorized");
}

} // namespace
} // namespace pilothouse::admin
