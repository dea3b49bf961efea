// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

#include <functional>
#include <vector>

namespace pilothouse::waiting {
namespace {

TEST(HostPlan, AddressesHaveTheirPorts) {
    HostPlan plan = test::samplePlan();
    plan.listen.http_port = 8080;
    EXPECT_EQ(plan.url(), "https://127.0.0.1:443");
    EXPECT_EQ(plan.httpUrl(), "http://127.0.0.1:8080");
    EXPECT_EQ(plan.peerUrl(), "https://127.0.0.1:7443");
    plan.host = "2001:db8::1";
    EXPECT_EQ(plan.url(), "https://[2001:db8::1]:443");
}

TEST(HostPlan, WhatIsWrongIsNamedByItsOption) {
    EXPECT_TRUE(checkHostPlan(test::samplePlan()));
    const std::vector<std::pair<std::string, std::function<void(HostPlan&)>>> faults{
        {"join-host", [](HostPlan& p) { p.host = "a b"; }},
        {"join-host", [](HostPlan& p) { p.host = "https://reg-4"; }},
        {"join-name", [](HostPlan& p) { p.name = "-x"; }},
        {"join-name", [](HostPlan& p) { p.name.clear(); }},
        {"listen-host", [](HostPlan& p) { p.listen.host = "reg-4"; }},
        {"same port", [](HostPlan& p) { p.listen.http_port = p.listen.https_port; }},
        {"same port", [](HostPlan& p) { p.listen.engine_client_port = p.listen.engine_peer_port; }},
    };
    for (const auto& [word, spoil] : faults) {
        HostPlan plan = test::samplePlan();
        spoil(plan);
        const Status status = checkHostPlan(plan);
        ASSERT_FALSE(status) << word;
        EXPECT_EQ(status.error().code, ErrorCode::invalid);
        EXPECT_NE(status.error().message.find(word), std::string::npos) << status.error().text();
    }
}

TEST(HostPlan, TheNameOfAHostIsItsFirstLabel) {
    EXPECT_FALSE(ownHostLabel().empty());
    EXPECT_EQ(ownHostLabel().find('.'), std::string::npos);
}

} // namespace
} // namespace pilothouse::waiting
