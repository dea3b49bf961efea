// SPDX-License-Identifier: GPL-3.0-or-later
// Users, tokens, joining, verbs, and what is answered to whatever is wrong.
#include "admin_fixture.h"
#include "api/admin.h"
#include "api/json.h"
#include "rig.h"

namespace pilothouse::admin {
namespace {

class RoutesTest : public test::AdminTest {
protected:
    // Whatever the address, what is wrong with the body is told the same way.
    test::Answer post(const std::string& target, const std::string& body,
                      const std::string& type = "application/json") {
        return ask("POST", target, test::Ask{admin(), body, type, {}});
    }
    test::Answer askAs(const std::string& authorization, const char* method, const std::string& target,
                       const std::string& body = {}) {
        return ask(method, target, test::Ask{authorization, body, "application/json", {}});
    }
};

TEST_F(RoutesTest, SettingsAreListedAndChanged) {
    const auto put =
        ask("PUT", "/api/v0/settings/read_only_registry", R"({"value":"true","operation_id":"s1"})");
    ASSERT_EQ(put.status, 200) << put.body;
    const api::Setting expected{"read_only_registry", "true", "false", "true or false"};
    EXPECT_EQ(api::fromJson<api::Setting>(put.body).value(), expected);
    const auto listed = ask("GET", "/api/v0/settings");
    ASSERT_EQ(listed.status, 200) << listed.body;
    const auto list = api::fromJson<api::SettingList>(listed.body);
    ASSERT_TRUE(list) << list.error().text();
    EXPECT_NE(std::find(list->settings.begin(), list->settings.end(), expected), list->settings.end());
    const auto dtr = ask("GET", "/api/v0/meta/settings");
    EXPECT_NE(dtr.body.find(R"("readOnlyRegistry":true)"), std::string::npos) << dtr.body;
    expectProblem(ask("PUT", "/api/v0/settings/read_only_registry", R"({"value":"yes","operation_id":""})"),
                  400, "invalid");
    expectProblem(ask("PUT", "/api/v0/settings/colour", R"({"value":"green","operation_id":""})"), 404,
                  "not-found");
    EXPECT_EQ(
        ask("PUT", "/api/v0/settings/read_only_registry", R"({"value":"false","operation_id":""})").status,
        200);
}

TEST_F(RoutesTest, UsersAreCreatedChangedListedAndRemoved) {
    const std::string body =
        R"({"name":"ada","password":"a long password","role":"reader","operation_id":"op-1"})";
    const auto created = post("/api/v0/users", body);
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(created.header("pilothouse-replica"), state::test::idA);
    const auto user = api::fromJson<api::User>(created.body);
    ASSERT_TRUE(user) << user.error().text();
    EXPECT_EQ(user->role, api::UserRole::reader);
    EXPECT_EQ(post("/api/v0/users", body).status, 201) << "a retry";
    expectProblem(
        post("/api/v0/users",
             R"({"name":"ada","password":"a long password","role":"reader","operation_id":"op-2"})"),
        409, "conflict");

    const auto changed = ask("PATCH", "/api/v0/users/ada", R"({"role":"writer","operation_id":""})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(api::fromJson<api::User>(changed.body)->role, api::UserRole::writer);

    const auto listed = api::fromJson<api::UserList>(ask("GET", "/api/v0/users").body);
    ASSERT_TRUE(listed) << listed.error().text();
    ASSERT_EQ(listed->users.size(), 2U);
    EXPECT_EQ(listed->users[0].name, "ada");

    EXPECT_EQ(ask("DELETE", "/api/v0/users/ada?operation_id=op-3").status, 204);
    EXPECT_EQ(ask("DELETE", "/api/v0/users/ada?operation_id=op-3").status, 204) << "a retry";
    expectProblem(ask("DELETE", "/api/v0/users/ada?operation_id=op-4"), 404, "not-found");
    expectProblem(ask("DELETE", "/api/v0/users/admin"), 409, "conflict");
}

TEST_F(RoutesTest, PeopleChangeTheirOwnPasswordAndNothingElse) {
    createUser("ada", "reader");
    createUser("bob", "reader");
    test::Ask as{login("ada"), R"({"role":"admin","operation_id":""})", "application/json", {}};
    expectProblem(ask("PATCH", "/api/v0/users/ada", as), 403, "forbidden");
    as.body = R"({"password":"another password","operation_id":""})";
    expectProblem(ask("PATCH", "/api/v0/users/bob", as), 403, "forbidden");
    EXPECT_EQ(ask("PATCH", "/api/v0/users/ada", as).status, 200);
}

TEST_F(RoutesTest, TokensAreForOneselfUnlessAnAdministratorAsks) {
    createUser("ada", "reader");
    createUser("bob", "reader");
    const std::string forBob = R"({"user":"bob","description":"","operation_id":""})";
    expectProblem(ask("POST", "/api/v0/tokens", test::Ask{login("ada"), forBob, "application/json", {}}), 403,
                  "forbidden");
    const auto created = post("/api/v0/tokens", forBob);
    ASSERT_EQ(created.status, 201) << created.body;
    const auto token = api::fromJson<api::CreatedAccessToken>(created.body);
    ASSERT_TRUE(token) << token.error().text();

    const auto own = ask("GET", "/api/v0/tokens", test::Ask{login("ada"), {}, {}, {}});
    EXPECT_EQ(api::fromJson<api::AccessTokenList>(own.body)->tokens.size(), 0U) << own.body;
    expectProblem(ask("DELETE", "/api/v0/tokens/" + token->token.id, test::Ask{login("ada"), {}, {}, {}}),
                  404, "not-found");
    expectProblem(post("/api/v0/tokens", R"({"user":"nobody","description":"","operation_id":""})"), 404,
                  "not-found");
    for (const auto* lifetime : {"-1", "59", "9223372036854775807"}) {
        expectProblem(post("/api/v0/tokens", std::string(R"({"user":"","description":"","lifetime_s":)") +
                                                 lifetime + R"(,"operation_id":""})"),
                      400, "invalid");
    }
}

// Else whoever finds a token that expires tomorrow would stay for good.
TEST_F(RoutesTest, AnAccessTokenCannotMakeItselfPermanent) {
    for (const auto* role : {"reader", "admin"}) {
        const std::string user = std::string("the-") + role;
        createUser(user, role);
        const std::string bearer = "Bearer " + createToken(user);
        expectProblem(askAs(bearer, "PATCH", "/api/v0/users/" + user,
                            R"({"password":"a password of mine","operation_id":""})"),
                      403, "forbidden");
        for (const auto& named : {std::string(), user}) {
            expectProblem(
                askAs(bearer, "POST", "/api/v0/tokens",
                      R"({"user":")" + named + R"(","description":"","lifetime_s":60,"operation_id":""})"),
                403, "forbidden");
        }
        EXPECT_EQ(askAs(login(user), "GET", "/api/v0/cluster").status, 200) << "the password is as before";
        EXPECT_EQ(
            askAs(login(user), "POST", "/api/v0/tokens", R"({"user":"","description":"","operation_id":""})")
                .status,
            201)
            << "with the password";
    }
}

TEST_F(RoutesTest, AnAdministratorsAccessTokenManagesOthers) {
    createUser("robot", "admin");
    createUser("ada", "reader");
    const std::string robot = "Bearer " + createToken("robot");
    EXPECT_EQ(
        askAs(robot, "PATCH", "/api/v0/users/ada", R"({"password":"another password","operation_id":""})")
            .status,
        200);
    const auto made =
        askAs(robot, "POST", "/api/v0/tokens", R"({"user":"ada","description":"","operation_id":""})");
    ASSERT_EQ(made.status, 201) << made.body;
    const auto token = api::fromJson<api::CreatedAccessToken>(made.body);
    ASSERT_TRUE(token) << token.error().text();
    EXPECT_EQ(askAs(robot, "DELETE", "/api/v0/tokens/" + token->token.id).status, 204);
}

TEST_F(RoutesTest, AnAccessTokenRevokesItselfAndNoOther) {
    createUser("ada", "reader");
    const std::string one = createToken("ada");
    const std::string other = createToken("ada");
    const auto addressOf = [this](const std::string& secret) {
        const auto state = rig().model.snapshot();
        return "/api/v0/tokens/" + state::AccessTokenService::verify(*state, secret).value().tokenId;
    };
    const std::string ofOther = addressOf(other);
    expectProblem(askAs("Bearer " + one, "DELETE", ofOther), 403, "forbidden");
    expectProblem(askAs("Bearer " + one, "DELETE", "/api/v0/tokens/0123456789abcdef"), 403, "forbidden");
    EXPECT_EQ(askAs("Bearer " + one, "DELETE", addressOf(one)).status, 204);
    EXPECT_EQ(askAs(login("ada"), "DELETE", ofOther).status, 204) << "with the password";
}

TEST_F(RoutesTest, WhatIsWrongWithABodyIsNamedByItsPath) {
    EXPECT_EQ(expectProblem(post("/api/v0/users", R"({"name":"ada"})"), 400, "invalid"), "password: missing");
    EXPECT_EQ(
        expectProblem(post("/api/v0/users",
                           R"({"name":"ada","password":"a long password","role":"king","operation_id":""})"),
                      400, "invalid"),
        "role: expected one of admin, writer, reader, guest");
    EXPECT_EQ(expectProblem(ask("PUT", "/api/v0/replica/drain", R"({"draining":"yes"})"), 400, "invalid"),
              "draining: expected true or false");
    const auto broken = expectProblem(post("/api/v0/users", R"({"name":)"), 400, "invalid");
    EXPECT_TRUE(broken.starts_with("the document: not JSON")) << broken;
    expectProblem(post("/api/v0/users", "[]"), 400, "invalid");
    expectProblem(post("/api/v0/users", std::string(1000, '[')), 400, "invalid");
}

TEST_F(RoutesTest, BodiesAreJsonOfABoundedSizeThatComesInTime) {
    const std::string user =
        R"({"name":"ada","password":"a long password","role":"reader","operation_id":""})";
    for (const auto* type : {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"}) {
        expectProblem(post("/api/v0/users", user, type), 415, "unsupported-media-type");
    }
    EXPECT_EQ(post("/api/v0/users", user, "Application/JSON; charset=utf-8").status, 201);
    expectProblem(post("/api/v0/users", std::string(70'000, ' ')), 413, "too-large");
    const auto late = raw("POST /api/v0/users HTTP/1.1\r\nHost: a\r\nAuthorization: " + admin() +
                          "\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
    expectProblem(late, 408, "timeout");
}

TEST_F(RoutesTest, UnknownAddressesAndMethodsAreProblems) {
    expectProblem(ask("GET", "/api/v0/nothing", test::Ask{}), 404, "not-found");
    expectProblem(ask("GET", "/", test::Ask{}), 404, "not-found");
    const auto wrong = ask("DELETE", "/api/v0/users", test::Ask{});
    expectProblem(wrong, 405, "method-not-allowed");
    EXPECT_EQ(wrong.header("allow"), "GET, HEAD, POST");
    expectProblem(raw("GET / HTTP/1.1\r\n\r\n"), 400, "invalid");
    expectProblem(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n"), 431,
                  "too-large");
    expectProblem(raw("nonsense\r\n\r\n"), 400, "invalid");
}

TEST_F(RoutesTest, EventsComeInPages) {
    for (int i = 0; i < 5; ++i) {
        createUser("user-" + std::to_string(i), "reader");
    }
    const auto newest = api::fromJson<api::EventPage>(ask("GET", "/api/v0/events?limit=2").body);
    ASSERT_TRUE(newest) << newest.error().text();
    ASSERT_EQ(newest->events.size(), 2U);
    EXPECT_TRUE(newest->more);
    EXPECT_EQ(newest->events[0].subject, "user-4");
    EXPECT_EQ(newest->events[1].subject, "user-3");
    const auto after = api::fromJson<api::EventPage>(
        ask("GET", "/api/v0/events?after=" + std::to_string(newest->events[1].revision)).body);
    ASSERT_TRUE(after) << after.error().text();
    ASSERT_EQ(after->events.size(), 1U);
    EXPECT_EQ(after->events[0].subject, "user-4");
    EXPECT_FALSE(after->more);
    for (const auto* wrong : {"limit=0", "limit=1001", "limit=x", "after=-1", "after=1&before=2", "after="}) {
        expectProblem(ask("GET", std::string("/api/v0/events?") + wrong), 400, "invalid");
    }
}

TEST_F(RoutesTest, JoinTokensAreForAdministratorsAndJoiningIsForTheirHolders) {
    const std::string wanted =
        R"({"name":"reg-4","url":"https://reg-4:443","http_url":"http://reg-4:80","peer_url":"https://reg-4:7443","lifetime_s":3600,"operation_id":""})";
    createUser("ada", "reader");
    expectProblem(
        ask("POST", "/api/v0/cluster/join-tokens", test::Ask{login("ada"), wanted, "application/json", {}}),
        403, "forbidden");
    expectProblem(post("/api/v0/cluster/join-tokens", R"({"name":"reg-4"})"), 400, "invalid");
    const auto stranger =
        ask("POST", "/api/v0/cluster/join",
            test::Ask{{},
                      R"({"secret":")" + std::string(64, '0') +
                          R"(","replica_id":"dddddddddddd","node_csr":"","peer_csr":"","version":"0.1.0",)"
                          R"("feature_level":1,"at":"2026-03-02T10:00:00Z"})",
                      "application/json",
                      {}});
    EXPECT_GE(stranger.status, 400) << stranger.body;
    EXPECT_LT(stranger.status, 500) << stranger.body;
    EXPECT_EQ(stranger.body.find("PRIVATE"), std::string::npos);
    expectProblem(ask("POST", "/api/v0/cluster/promote"), 403, "forbidden");
}

TEST_F(RoutesTest, LeadershipGoesToVotersOnly) {
    expectProblem(post("/api/v0/cluster/leader", R"({"replica":"nonsense"})"), 400, "invalid");
    expectProblem(post("/api/v0/cluster/leader", R"({"replica":"eeeeeeeeeeee"})"), 404, "not-found");
}

TEST_F(RoutesTest, WithoutQuorumChangesAreRefusedAtOnceAndTheRestGoesOn) {
    rig().onThread([this] { rig().engine.noQuorum = true; });
    const auto began = std::chrono::steady_clock::now();
    const auto refused = post(
        "/api/v0/users", R"({"name":"ada","password":"a long password","role":"reader","operation_id":""})");
    EXPECT_EQ(refused.status, 503) << refused.body;
    EXPECT_FALSE(refused.header("retry-after").empty());
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
    EXPECT_EQ(ask("GET", "/api/v0/cluster").status, 200);
    EXPECT_EQ(ask("GET", "/api/v0/replica").status, 200);
    EXPECT_EQ(ask("GET", "/api/v0/events").status, 200);
    EXPECT_EQ(ask("GET", "/metrics").status, 200);
    EXPECT_EQ(ask("PUT", "/api/v0/replica/drain", R"({"draining":true})").status, 204);
    EXPECT_TRUE(eventually([this] {
        return ask("GET", "/api/v0/replica").body.find("\"draining\":true") != std::string::npos;
    }));
}

} // namespace
} // namespace pilothouse::admin
