// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/answers/health_answer.h"

#include <gtest/gtest.h>

namespace pilothouse::answers {
namespace {

TEST(PingAnswer, HasBothKeysAlways) {
    EXPECT_EQ(pingAnswer(true, "").status, 200);
    EXPECT_EQ(pingAnswer(true, "").body, R"({"Error":"","Healthy":true})");
    EXPECT_EQ(pingAnswer(false, "no quorum").status, 503);
    EXPECT_EQ(pingAnswer(false, "no quorum").body, R"({"Error":"no quorum","Healthy":false})");
}

TEST(LoadBalancerAnswer, ComesInThreeForms) {
    const std::vector<Component> components{{"engine", true}, {"disk", false}};
    http::Request request;
    EXPECT_EQ(loadBalancerAnswer(false, components, request).body,
              "component\tstatus\nengine\tup\ndisk\tdown\nreplica\tdown\n");
    request.query = {{"format", "csv"}};
    EXPECT_EQ(loadBalancerAnswer(true, components, request).body,
              "component,status\nengine,up\ndisk,down\nreplica,up\n");
    request.query = {{"format", "json"}};
    const auto json = loadBalancerAnswer(false, components, request);
    EXPECT_EQ(json.status, 503);
    EXPECT_EQ(json.body, "{\"engine\":\"up\",\"disk\":\"down\",\"status\":\"down\"}\n");
    request.query = {{"format", "xml"}};
    EXPECT_EQ(loadBalancerAnswer(true, components, request).status, 400);
}

} // namespace
} // namespace pilothouse::answers
