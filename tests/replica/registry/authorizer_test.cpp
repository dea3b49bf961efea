// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "replica/registry/authorizer.h"
#include "replica/registry/pass_on.h"
#include "replica/security/certificates.h"
#include "replica/security/jwt.h"
#include "replica/state/access_tokens.h"
#include "replica/state/settings.h"
#include "token_fixture.h"

#include <gmock/gmock.h>

namespace pilothouse::registry {
namespace {

using state::test::run;
using testing::HasSubstr;

const std::set<Action> pull{Action::pull};
const std::set<Action> push{Action::pull, Action::push};
const std::set<Action> remove{Action::remove};

class AuthorizerTest : public test::TokenTest {
protected:
    static http::Request requestWith(const std::string& authorization) {
        http::Request request;
        request.method = "GET";
        request.remote = "192.0.2.1:40312";
        request.headers.set("Host", "registry.example.org:8443");
        if (!authorization.empty()) {
            request.headers.set("Authorization", authorization);
        }
        return request;
    }
    static std::string basic(const std::string& user, const std::string& secret) {
        return "Basic " + toBase64(user + ':' + secret);
    }
    static std::string passwordOf(const std::string& user) { return basic(user, "password of " + user); }
    Authorizer::Outcome ask(const http::Request& request, const std::string& repository,
                            std::set<Action> actions) {
        return run(context, authorizer.authorize(request, repository, std::move(actions)));
    }
    Authorizer::Outcome ask(const std::string& authorization, const std::string& repository,
                            std::set<Action> actions) {
        return ask(requestWith(authorization), repository, std::move(actions));
    }
    static void expectGranted(const Authorizer::Outcome& outcome, const std::string& user) {
        ASSERT_TRUE(outcome) << outcome.error().status << ' ' << outcome.error().body;
        EXPECT_EQ(outcome->user, user);
    }
    // Checks status and code, and gives the challenge.
    static std::string expectRefused(const Authorizer::Outcome& outcome, int status,
                                     const std::string& code) {
        if (outcome) {
            ADD_FAILURE() << "granted to " << outcome->user;
            return {};
        }
        const http::Response& response = outcome.error();
        EXPECT_EQ(response.status, status) << response.body;
        EXPECT_THAT(response.body, HasSubstr("\"code\":\"" + code + '"'));
        EXPECT_EQ(response.headers.value("Docker-Distribution-API-Version"), "registry/2.0");
        EXPECT_EQ(response.headers.value("Content-Type"), "application/json");
        return std::string(response.headers.value("WWW-Authenticate"));
    }
    [[nodiscard]] std::string expected(const std::string& rest,
                                       const std::string& base = "https://registry.example.org:8443") const {
        return "Bearer realm=\"" + base + "/auth/token\",service=\"" + tokens.service() + '"' + rest;
    }

    Authorizer authorizer{authenticator, tokens, follow.model, ReplicaId(state::test::idA)};
};

TEST_F(AuthorizerTest, WithoutALoginTheChallengeSaysWhereToGetWhat) {
    EXPECT_EQ(expectRefused(ask("", "", {}), 401, "UNAUTHORIZED"), expected(""));
    EXPECT_EQ(expectRefused(ask("", "team/app", pull), 401, "UNAUTHORIZED"),
              expected(",scope=\"repository:team/app:pull\""));
    EXPECT_EQ(expectRefused(ask("", "team/app", push), 401, "UNAUTHORIZED"),
              expected(",scope=\"repository:team/app:pull,push\""));
    EXPECT_EQ(expectRefused(ask("", "team/app", remove), 401, "UNAUTHORIZED"),
              expected(",scope=\"repository:team/app:delete\""));
    EXPECT_EQ(expectRefused(ask("", "", {Action::list}), 401, "UNAUTHORIZED"),
              expected(",scope=\"registry:catalog:*\""));
}

TEST_F(AuthorizerTest, TheRealmIsWhereTheClientReachesTheCluster) {
    auto request = requestWith("");
    for (const auto* odd : {"", "evil\",x=\"", "a b", "user@host", "host/path"}) {
        request.headers.set("Host", odd);
        EXPECT_EQ(expectRefused(ask(request, "", {}), 401, "UNAUTHORIZED"), expected("", "https://reg-1:443"))
            << odd;
    }
    request.headers.set("Host", "[2001:db8::1]:8443");
    EXPECT_EQ(expectRefused(ask(request, "", {}), 401, "UNAUTHORIZED"),
              expected("", "https://[2001:db8::1]:8443"));
    auto record = follow.model.snapshot()->cluster->record;
    record.external_url = "https://balancer.example.org/";
    write(engine::Put{std::string(state::keys::cluster), state::encode(record)});
    EXPECT_EQ(expectRefused(ask(request, "", {}), 401, "UNAUTHORIZED"),
              expected("", "https://balancer.example.org"));
}

TEST_F(AuthorizerTest, AnybodyMayPullWhatIsOpen) {
    putSetting(state::setting::anonymousPull, "public/*");
    expectGranted(ask("", "public/app", pull), "");
    expectRefused(ask("", "public/app", push), 401, "UNAUTHORIZED");
    expectRefused(ask("", "app", pull), 401, "UNAUTHORIZED");
    expectRefused(ask("", "", {}), 401, "UNAUTHORIZED");
    const auto token = tokens.issue(std::nullopt, parseScopes({"repository:public/app:pull"}))->token;
    expectGranted(ask("Bearer " + token, "", {}), "");
    expectGranted(ask("Bearer " + token, "public/app", pull), "");
    EXPECT_THAT(expectRefused(ask("Bearer " + token, "public/app", push), 401, "UNAUTHORIZED"),
                HasSubstr("error=\"insufficient_scope\""));
    putSetting(state::setting::anonymousPull, "");
    expectRefused(ask("Bearer " + token, "public/app", pull), 401, "UNAUTHORIZED");
}

TEST_F(AuthorizerTest, PasswordsAndAccessTokensOpenWhatTheirUserMay) {
    expectGranted(ask(passwordOf("ada"), "", {}), "ada");
    expectGranted(ask(passwordOf("ada"), "app", push), "ada");
    expectGranted(ask(passwordOf("rex"), "app", pull), "rex");
    EXPECT_EQ(expectRefused(ask(passwordOf("rex"), "app", push), 403, "DENIED"), "");
    expectGranted(ask(passwordOf("rex"), "", {Action::list}), "rex");
    expectGranted(ask(passwordOf("ci"), "team/app", push), "ci");
    expectRefused(ask(passwordOf("ci"), "app", pull), 403, "DENIED");
    expectRefused(ask(passwordOf("ci"), "", {Action::list}), 403, "DENIED");
    state::AccessTokenService accessTokens{writer, box};
    const auto made = run(context, accessTokens.create(request(), "ada", "for CI", {}));
    ASSERT_TRUE(made);
    ASSERT_TRUE(follow.reaches(store.revision()));
    expectGranted(ask(basic("ada", made->value.secret), "app", push), "ada");
    expectGranted(ask("Bearer " + made->value.secret, "app", push), "ada");
}

TEST_F(AuthorizerTest, BadCredentialsGetTheChallengeOrHaveToWait) {
    EXPECT_EQ(expectRefused(ask(basic("ada", "guess"), "app", pull), 401, "UNAUTHORIZED"),
              expected(",scope=\"repository:app:pull\""));
    expectRefused(ask("Negotiate x", "app", pull), 401, "UNAUTHORIZED");
    expectRefused(ask("Bearer", "app", pull), 401, "UNAUTHORIZED");
    for (int i = 0; i < 8; ++i) {
        (void)ask(basic("ada", "guess"), "app", pull);
    }
    const auto outcome = ask(basic("ada", "guess"), "app", pull);
    expectRefused(outcome, 429, "TOOMANYREQUESTS");
    EXPECT_NE(outcome.error().headers.value("Retry-After"), "");
}

TEST_F(AuthorizerTest, ATokenOpensWhatItNames) {
    const auto token = "Bearer " + tokenFor("ada", "repository:app:pull");
    for (int i = 0; i < 2; ++i) { // verified, then remembered
        expectGranted(ask(token, "", {}), "ada");
        expectGranted(ask(token, "app", pull), "ada");
    }
    EXPECT_EQ(expectRefused(ask(token, "app", push), 401, "UNAUTHORIZED"),
              expected(",scope=\"repository:app:pull,push\",error=\"insufficient_scope\""))
        << "another token would do";
    expectRefused(ask(token, "other", pull), 401, "UNAUTHORIZED");
    expectRefused(ask(token, "", {Action::list}), 401, "UNAUTHORIZED");
    expectGranted(ask("bearer " + tokenFor("ada", "repository:app:*"), "app", remove), "ada");
    expectGranted(ask("Bearer " + tokenFor("rex", "registry:catalog:*"), "", {Action::list}), "rex");
    expectRefused(ask("Bearer " + tokenFor("rex", "repository:app:pull,push"), "app", push), 403, "DENIED");
}

TEST_F(AuthorizerTest, ABadTokenIsCalledThat) {
    const auto good = tokenFor("ada", "repository:app:pull");
    const auto refresh = tokens.issueRefresh(login("ada")).value();
    for (const auto& bad : {good + "A", good.substr(1), refresh, std::string("x.y.z")}) {
        EXPECT_EQ(expectRefused(ask("Bearer " + bad, "app", pull), 401, "UNAUTHORIZED"),
                  expected(",scope=\"repository:app:pull\",error=\"invalid_token\""));
    }
    expectGranted(ask("Bearer " + good, "app", pull), "ada");
    putUser("ada", api::UserRole::writer);
    EXPECT_THAT(expectRefused(ask("Bearer " + good, "app", pull), 401, "UNAUTHORIZED"),
                HasSubstr("invalid_token"));
}

TEST_F(AuthorizerTest, WhatCannotBeToldWithoutQuorumIs503) {
    const auto forged = security::signJwt(security::SigningKey::generate().value(), "{}").value();
    engine.noQuorum = true;
    expectRefused(ask("Bearer " + forged, "app", pull), 503, "UNAVAILABLE");
}

TEST_F(AuthorizerTest, AMemberSpeaksForTheUserWhoseRequestItPassesOn) {
    http::PeerIdentity identity;
    identity.uris = {security::replicaUri({test::cluster, ReplicaId(state::test::idB)})};
    auto request = requestWith("");
    request.headers.set(std::string(onBehalfOf), "ada");
    request.headers.set(std::string(clientAddress), "198.51.100.7");
    expectRefused(ask(request, "app", push), 401, "UNAUTHORIZED");
    request.peer = &identity;
    const auto outcome = ask(request, "app", push);
    expectGranted(outcome, "ada");
    EXPECT_EQ(outcome->client, "198.51.100.7");
}

TEST_F(AuthorizerTest, NobodyElseSaysWhereARequestComesFrom) {
    for (const std::string& credentials :
         {passwordOf("ada"), "Bearer " + tokenFor("ada", "repository:app:pull,push")}) {
        auto request = requestWith(credentials);
        request.headers.set(std::string(clientAddress), "198.51.100.7");
        const auto outcome = ask(request, "app", push);
        expectGranted(outcome, "ada");
        EXPECT_EQ(outcome->client, "");
    }
}

TEST_F(AuthorizerTest, AReadOnlyRegistryIsPulledFromAlone) {
    const auto token = "Bearer " + tokenFor("ada", "repository:app:pull,push,delete");
    expectGranted(ask(token, "app", push), "ada");
    putSetting(state::setting::readOnlyRegistry, "true");
    for (const auto& credentials : {token, passwordOf("ada")}) {
        expectGranted(ask(credentials, "", {}), "ada");
        expectGranted(ask(credentials, "app", pull), "ada");
        for (const auto& actions : {push, remove}) {
            const auto refused = ask(credentials, "app", actions);
            EXPECT_EQ(expectRefused(refused, 403, "DENIED"), "") << "no other token would help";
            EXPECT_THAT(refused.error().body, HasSubstr("read-only"));
        }
    }
    EXPECT_THAT(expectRefused(ask("", "app", push), 401, "UNAUTHORIZED"), HasSubstr("realm="))
        << "who is not known is not told";
    const auto issued = tokens.issue(login("ada"), parseScopes({"repository:app:pull,push"}));
    EXPECT_EQ(issued->access.front().actions, (std::set<std::string, std::less<>>{"pull", "push"}))
        << "so that the push is refused with words and not for want of a scope";
    putSetting(state::setting::readOnlyRegistry, "false");
    expectGranted(ask(token, "app", push), "ada");
}

TEST_F(AuthorizerTest, WhatIsNoNameIsInNoChallenge) {
    EXPECT_EQ(expectRefused(ask("", "a\",error=\"x", pull), 401, "UNAUTHORIZED"), expected(""));
}

} // namespace
} // namespace pilothouse::registry
