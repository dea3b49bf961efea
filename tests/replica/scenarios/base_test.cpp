// SPDX-License-Identifier: GPL-3.0-or-later
// "Determining Support", and what every client relies on before it asks for anything.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

class Base : public Scenario {};
INSTANTIATE_TEST_SUITE_P(Spec, Base, topologies(), nameOf);

TEST_P(Base, IsThere) {
    for (const char* method : {"GET", "HEAD"}) {
        const Answer answer = ask({method, "/v2/"});
        EXPECT_EQ(answer.status, 200) << method;
        EXPECT_EQ(answer.field("content-type"), "application/json");
    }
}

TEST_P(Base, AsksForALoginEverywhere) {
    for (const std::string& target : {std::string("/v2/"), std::string("/v2/_catalog"), at("/tags/list"),
                                      manifestAt("latest"), blobAt(digestOf("x"))}) {
        Ask anonymous{"GET", target};
        anonymous.anonymous = true;
        const Answer answer = ask(anonymous);
        EXPECT_EQ(answer.status, 401) << target;
        EXPECT_EQ(codeOf(answer), "UNAUTHORIZED");
        EXPECT_THAT(answer.field("www-authenticate"), testing::AnyOf(testing::StartsWith("Basic realm="),
                                                                     testing::StartsWith("Bearer realm=")));
    }
}

TEST_P(Base, RefusesAWrongPassword) {
    Ask wrong{"GET", "/v2/", {}, {{"Authorization", "Basic YWRtaW46d3Jvbmc="}}};
    wrong.anonymous = true;
    const Answer answer = ask(wrong);
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(codeOf(answer), "UNAUTHORIZED");
}

// A client that goes through a mirror adds ?ns=.
TEST_P(Base, IgnoresParametersThatItDoesNotKnow) {
    const Image image = pushImage("latest");
    for (const std::string& target :
         {std::string("/v2/"), std::string("/v2/_catalog"), at("/tags/list"), manifestAt("latest"),
          manifestAt(image.digest), blobAt(image.layer.digest), at("/referrers/" + image.digest)}) {
        EXPECT_EQ(get(target + "?ns=docker.io&unknown=%20&ns").status, 200) << target;
        EXPECT_EQ(head(target + "?ns=docker.io").status, 200) << target;
    }
    EXPECT_EQ(ask({"POST", at("/blobs/uploads/?ns=docker.io")}).status, 202);
}

} // namespace
} // namespace pilothouse::registry::test
