// SPDX-License-Identifier: GPL-3.0-or-later
// /auth/token as clients ask it.
#include "admin_fixture.h"
#include "base/encoding.h"
#include "replica/http/url.h"
#include "rig.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

namespace pilothouse::registry {
namespace {

using admin::test::Answer;
using admin::test::Ask;
using testing::HasSubstr;

class TokenRoutesTest : public admin::test::AdminTest {
protected:
    [[nodiscard]] Answer get(const std::string& query, const std::string& authorization = {}) const {
        return ask("GET", "/auth/token" + query, Ask{authorization, {}, {}, {}});
    }
    [[nodiscard]] Answer post(const std::string& form,
                              const std::string& type = "application/x-www-form-urlencoded") const {
        return ask("POST", "/auth/token", Ask{{}, form, type, {}});
    }
    static boost::json::object bodyOf(const Answer& answer) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.header("content-type"), "application/json");
        EXPECT_EQ(answer.header("cache-control"), "no-store");
        return boost::json::parse(answer.body).as_object();
    }
    static std::string textIn(const boost::json::object& body, std::string_view name) {
        const auto* value = body.if_contains(name);
        return value != nullptr ? std::string(value->as_string()) : std::string();
    }
    // The claim `access` of a token.
    static std::string accessIn(const boost::json::object& body) {
        const auto token = textIn(body, "token");
        EXPECT_EQ(token, textIn(body, "access_token"));
        const auto first = token.find('.') + 1;
        const auto claims = fromBase64Url(token.substr(first, token.rfind('.') - first)).value_or("{}");
        return boost::json::serialize(boost::json::parse(claims).at("access"));
    }
    static void expectRefused(const Answer& answer, int status, const std::string& code) {
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_THAT(answer.body, HasSubstr("\"code\":\"" + code + '"'));
        EXPECT_EQ(answer.header("cache-control"), "no-store");
        if (status == 401) {
            EXPECT_THAT(answer.header("www-authenticate"), testing::StartsWith("Basic realm="));
        }
    }
};

TEST_F(TokenRoutesTest, ALoginWithoutAScopeIsAskedForByDockerAndPodman) {
    createUser("rex", "reader");
    const auto body = bodyOf(get("?service=s&account=rex&client_id=docker", login("rex")));
    EXPECT_EQ(accessIn(body), "[]");
    EXPECT_EQ(body.at("expires_in").as_int64(), 300);
    EXPECT_TRUE(parseRfc3339(textIn(body, "issued_at")));
    EXPECT_FALSE(body.contains("refresh_token"));
    expectRefused(get("?service=s&account=rex", admin::test::basic("rex", "wrong")), 401, "UNAUTHORIZED");
    expectRefused(get("", "Basic !"), 401, "UNAUTHORIZED");
    expectRefused(get("", "Bearer x.y.z"), 401, "UNAUTHORIZED");
}

TEST_F(TokenRoutesTest, SeveralScopesAreCutDownToWhatIsAllowed) {
    createUser("rex", "reader");
    const std::string pull =
        R"([{"type":"repository","name":"a","actions":["pull"]},{"type":"repository","name":"b/c","actions":["pull"]}])";
    EXPECT_EQ(accessIn(bodyOf(get("?scope=repository:a:pull,push&scope=repository:b/c:pull", login("rex")))),
              pull);
    const auto body =
        bodyOf(get("?scope=repository%3Aa%3Apull%2Cpush%20repository%3Ab%2Fc%3A%2A", login("rex")));
    EXPECT_EQ(accessIn(body), pull);
    EXPECT_EQ(textIn(body, "scope"), "repository:a:pull repository:b/c:pull");
}

TEST_F(TokenRoutesTest, WithoutALoginThereIsATokenForAnybody) {
    EXPECT_EQ(accessIn(bodyOf(get("?service=s&scope=repository:a:pull"))), "[]");
}

TEST_F(TokenRoutesTest, AnAccessTokenStandsForThePassword) {
    createUser("ada", "writer");
    const auto secret = createToken("ada");
    EXPECT_THAT(accessIn(bodyOf(get("?scope=repository:a:push", admin::test::basic("ada", secret)))),
                HasSubstr("push"));
    EXPECT_THAT(
        accessIn(bodyOf(post("grant_type=password&username=ada&scope=repository:a:push&password=" + secret))),
        HasSubstr("push"));
}

TEST_F(TokenRoutesTest, AFormGivesWhatAQueryDoes) {
    createUser("ada", "writer");
    const std::string form = "grant_type=password&service=s&client_id=containerd-client&username=ada"
                             "&password=password+of%20ada&scope=repository%3Aa%3Apull%2Cpush";
    const auto body = bodyOf(post(form));
    EXPECT_EQ(accessIn(body), R"([{"type":"repository","name":"a","actions":["pull","push"]}])");
    EXPECT_FALSE(body.contains("refresh_token"));
    EXPECT_FALSE(textIn(bodyOf(post(form + "&access_type=offline")), "refresh_token").empty());
    expectRefused(post("grant_type=password&username=ada&password=wrong"), 401, "UNAUTHORIZED");
    expectRefused(post("grant_type=password"), 401, "UNAUTHORIZED");
}

TEST_F(TokenRoutesTest, ARefreshTokenStandsForThePasswordUntilItsUserIsChanged) {
    createUser("ada", "writer");
    const auto refresh =
        textIn(bodyOf(get("?offline_token=true&client_id=docker", login("ada"))), "refresh_token");
    ASSERT_FALSE(refresh.empty());
    const auto form =
        "grant_type=refresh_token&service=s&scope=repository:a:pull,push&refresh_token=" + refresh;
    const auto body = bodyOf(post(form));
    EXPECT_THAT(accessIn(body), HasSubstr("push"));
    EXPECT_EQ(textIn(body, "refresh_token"), refresh);
    expectRefused(post("grant_type=refresh_token&refresh_token=" + textIn(body, "token")), 401,
                  "UNAUTHORIZED");
    expectRefused(post("grant_type=refresh_token"), 401, "UNAUTHORIZED");
    ASSERT_EQ(ask("PATCH", "/api/v0/users/ada", R"({"role":"reader","operation_id":""})").status, 200);
    expectRefused(post(form), 401, "UNAUTHORIZED");
}

TEST_F(TokenRoutesTest, WhatIsNoFormIsRefused) {
    expectRefused(post("grant_type=else"), 400, "UNSUPPORTED");
    expectRefused(post("service=s"), 400, "UNSUPPORTED");
    expectRefused(post("%zz"), 400, "UNSUPPORTED");
    expectRefused(post("{}", "application/json"), 415, "UNSUPPORTED");
    expectRefused(post(std::string(70'000, 'x')), 413, "UNSUPPORTED");
    EXPECT_EQ(ask("PUT", "/auth/token", Ask{}).status, 405);
}

TEST_F(TokenRoutesTest, GuessingIsSlowedDownHereToo) {
    for (int i = 0; i < 8; ++i) {
        (void)post("grant_type=password&username=admin&password=guess");
    }
    const auto answer = post("grant_type=password&username=admin&password=guess");
    expectRefused(answer, 429, "TOOMANYREQUESTS");
    EXPECT_FALSE(answer.header("retry-after").empty());
}

TEST_F(TokenRoutesTest, AGrantCountsAtOnce) {
    createUser("ci", "guest");
    EXPECT_EQ(accessIn(bodyOf(get("?scope=repository:team/app:pull,push", login("ci")))), "[]");
    const auto granted =
        ask("PUT", "/api/v0/users/ci/grants/team%2F*", R"({"role":"writer","operation_id":""})");
    ASSERT_EQ(granted.status, 200) << granted.body;
    EXPECT_THAT(granted.body, HasSubstr(R"("grants":[{"repository":"team/*","role":"writer"}])"));
    EXPECT_THAT(accessIn(bodyOf(get("?scope=repository:team/app:pull,push", login("ci")))),
                HasSubstr("push"));
    ASSERT_EQ(ask("DELETE", "/api/v0/users/ci/grants/team%2F*").status, 200);
    EXPECT_EQ(accessIn(bodyOf(get("?scope=repository:team/app:pull,push", login("ci")))), "[]");
}

} // namespace
} // namespace pilothouse::registry
