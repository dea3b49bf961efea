// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "replica/security/jwt.h"
#include "replica/state/access_tokens.h"
#include "replica/state/settings.h"
#include "token_fixture.h"

#include <gmock/gmock.h>

namespace pilothouse::registry {
namespace {

using namespace std::chrono_literals;
using state::test::run;
using state::test::why;
using testing::HasSubstr;

class TokensTest : public test::TokenTest {};

TEST_F(TokensTest, SayWhoMayDoWhatAndForHowLong) {
    const auto issued =
        tokens.issue(login("rex"), parseScopes({"repository:app:pull,push registry:catalog:*"}));
    ASSERT_TRUE(issued) << why(issued);
    EXPECT_EQ(issued->lifetime, 300s);
    EXPECT_EQ(issued->issuedAt, toRfc3339(clock.wall()));
    const std::vector<Scope> expected{{"repository", "app", {"pull"}}, {"registry", "catalog", {"*"}}};
    EXPECT_EQ(issued->access, expected) << "what a reader may have of it";

    const auto bearer = verify(issued->token);
    ASSERT_TRUE(bearer) << why(bearer);
    EXPECT_EQ((*bearer)->user->name, "rex");
    EXPECT_EQ((*bearer)->access, expected);
    EXPECT_EQ((*bearer)->expires, clock.wall() + 300s);
    const auto claims = security::parseJwt(issued->token)->claims;
    EXPECT_THAT(claims, HasSubstr(R"("iss":")" + test::cluster.str() + '"'));
    EXPECT_THAT(claims, HasSubstr(R"("aud":")" + tokens.service() + '"'));
    EXPECT_THAT(claims, HasSubstr(R"({"type":"repository","name":"app","actions":["pull"]})"));
}

TEST_F(TokensTest, AreForAnybodyToo) {
    putSetting(state::setting::anonymousPull, "public/*");
    const auto issued =
        tokens.issue(std::nullopt, parseScopes({"repository:public/app:pull,push", "repository:app:pull"}));
    ASSERT_TRUE(issued) << why(issued);
    const std::vector<Scope> expected{{"repository", "public/app", {"pull"}}};
    EXPECT_EQ(issued->access, expected);
    const auto bearer = verify(issued->token);
    ASSERT_TRUE(bearer) << why(bearer);
    EXPECT_FALSE((*bearer)->user);
}

TEST_F(TokensTest, AreAcceptedByEveryReplica) {
    state::test::Follow other{context, engine, folder / "other.sqlite"};
    ASSERT_TRUE(other.reaches(store.revision()));
    admin::Authenticator theirs{clock, security::systemRandom(), other.model, test::cluster};
    state::KeyRing theirRing{box};
    TokenService others{
        clock, security::systemRandom(), other.model, other.follower, theirs, theirRing, test::cluster};
    const auto token = tokenFor("ada", "repository:app:pull,push");
    const auto bearer = run(context, others.verify(token));
    ASSERT_TRUE(bearer) << why(bearer);
    EXPECT_EQ((*bearer)->user->name, "ada");
    TokenService foreign{clock,     security::systemRandom(),       other.model, other.follower, theirs,
                         theirRing, ClusterId(std::string(32, 'd'))};
    EXPECT_EQ(run(context, foreign.verify(token)).error().code, ErrorCode::unauthorized) << "another cluster";
}

TEST_F(TokensTest, EndAfterFiveMinutesAndAMinuteForClocksThatDiffer) {
    const auto token = tokenFor("ada", "repository:app:pull");
    clock.advance(359s);
    EXPECT_TRUE(verify(token));
    EXPECT_TRUE(tokens.known(token));
    clock.advance(1s);
    EXPECT_FALSE(tokens.known(token));
    EXPECT_EQ(refusalOf(token), ErrorCode::unauthorized);
}

TEST_F(TokensTest, OfAClockThatIsAheadAreGoodForAMinute) {
    ManualClock ahead;
    ahead.advance(60s);
    TokenService others{
        ahead, security::systemRandom(), follow.model, follow.follower, authenticator, ring, test::cluster};
    EXPECT_TRUE(verify(others.issue(login("ada"), {})->token));
    ahead.advance(1s);
    EXPECT_EQ(refusalOf(others.issue(login("ada"), {})->token), ErrorCode::unauthorized);
}

TEST_F(TokensTest, EndWithAnyChangeOfTheirUser) {
    const auto kept = tokenFor("ada", "repository:app:pull");
    const auto first = tokenFor("rex", "repository:app:pull");
    const auto refresh = tokens.issueRefresh(login("rex"));
    ASSERT_TRUE(refresh) << why(refresh);
    ASSERT_TRUE(verify(first));
    ASSERT_TRUE(tokens.known(first));
    EXPECT_EQ(run(context, tokens.verifyRefresh(*refresh))->name, "rex");

    putUser("rex", api::UserRole::reader); // another password, or another role
    EXPECT_FALSE(tokens.known(first)) << "remembered or not";
    EXPECT_EQ(refusalOf(first), ErrorCode::unauthorized);
    EXPECT_EQ(run(context, tokens.verifyRefresh(*refresh)).error().code, ErrorCode::unauthorized);

    const auto second = tokenFor("rex", "repository:app:pull");
    ASSERT_TRUE(verify(second));
    removeUser("rex");
    EXPECT_FALSE(tokens.known(second));
    EXPECT_EQ(refusalOf(second), ErrorCode::unauthorized);
    putUser("rex", api::UserRole::admin);
    EXPECT_EQ(refusalOf(second), ErrorCode::unauthorized) << "another user of that name";
    EXPECT_TRUE(verify(kept));
}

TEST_F(TokensTest, EndWithTheAccessTokenThatTheyWereMadeFor) {
    state::AccessTokenService accessTokens{writer, box};
    const auto made = run(context, accessTokens.create(request(), "ada", "for CI", {}));
    ASSERT_TRUE(made) << why(made);
    ASSERT_TRUE(follow.reaches(store.revision()));
    auto user = login("ada");
    user.tokenId = made->value.token.id;
    const auto token = tokens.issue(user, {})->token;
    const auto refresh = tokens.issueRefresh(user).value();
    ASSERT_TRUE(verify(token));
    ASSERT_TRUE(run(context, accessTokens.revoke(request(), made->value.token.id, "")));
    ASSERT_TRUE(follow.reaches(store.revision()));
    EXPECT_FALSE(tokens.known(token));
    EXPECT_EQ(refusalOf(token), ErrorCode::unauthorized);
    EXPECT_FALSE(run(context, tokens.verifyRefresh(refresh)));
}

TEST_F(TokensTest, OfOneKindAreNoneOfTheOther) {
    const auto access = tokenFor("ada", "repository:app:pull");
    const auto refresh = tokens.issueRefresh(login("ada")).value();
    EXPECT_EQ(refusalOf(refresh), ErrorCode::unauthorized);
    EXPECT_EQ(run(context, tokens.verifyRefresh(access)).error().code, ErrorCode::unauthorized);
}

TEST_F(TokensTest, RefreshTokensLastThirtyDaysAndTheirKeyAsLong) {
    const auto refresh = tokens.issueRefresh(login("ada")).value();
    for (int week = 0; week < 4; ++week) {
        clock.advance(7 * 24h);
        aWeekLater();
    }
    clock.advance(2 * 24h);
    EXPECT_TRUE(run(context, tokens.verifyRefresh(refresh)));
    clock.advance(60s);
    EXPECT_EQ(run(context, tokens.verifyRefresh(refresh)).error().code, ErrorCode::unauthorized);
}

TEST_F(TokensTest, AnUnknownKeyIsWaitedForOnce) {
    const auto forged = security::signJwt(security::SigningKey::generate().value(), "{}").value();
    const int before = engine.barriers;
    EXPECT_EQ(refusalOf(forged), ErrorCode::unauthorized);
    EXPECT_EQ(engine.barriers, before + 1);
    EXPECT_TRUE(verify(tokenFor("ada", "repository:app:pull")));
    EXPECT_EQ(engine.barriers, before + 1) << "a known key needs none";
    engine.noQuorum = true;
    EXPECT_EQ(refusalOf(forged), ErrorCode::unavailable) << "it may be good";
    EXPECT_TRUE(verify(tokenFor("ada", "repository:app:pull"))) << "logins go on without quorum";
}

TEST_F(TokensTest, AForgedSignatureOrForeignClaimsOpenNothing) {
    const auto key = ring.newest(*follow.model.snapshot()).value();
    const auto good = tokenFor("ada", "repository:app:pull");
    auto damaged = good;
    damaged[good.rfind('.') + 5] = good[good.rfind('.') + 5] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusalOf(damaged), ErrorCode::unauthorized);
    for (const auto* claims : {"{}", "[]", "null", "{\"sub\":1}", ""}) {
        EXPECT_EQ(refusalOf(security::signJwt(key, claims).value()), ErrorCode::unauthorized) << claims;
    }
    EXPECT_EQ(refusalOf(""), ErrorCode::unauthorized);
}

TEST_F(TokensTest, ARepeatedTokenIsRememberedWhileItsKeyIsThere) {
    const auto token = tokenFor("ada", "repository:app:pull");
    EXPECT_FALSE(tokens.known(token)) << "nothing is taken on trust";
    ASSERT_TRUE(verify(token));
    EXPECT_TRUE(tokens.known(token));
    for (int week = 0; week < 6; ++week) {
        aWeekLater();
    }
    EXPECT_FALSE(tokens.known(token));
}

TEST_F(TokensTest, ForManyRepositoriesAreVerifiedEachTime) {
    std::vector<Scope> asked;
    while (asked.size() < 8) {
        asked.push_back({"repository", "app" + std::to_string(asked.size()), {"pull"}});
    }
    const auto few = tokens.issue(login("ada"), asked)->token;
    ASSERT_TRUE(verify(few));
    EXPECT_TRUE(tokens.known(few));
    asked.push_back({"repository", "one-more", {"pull"}});
    const auto many = tokens.issue(login("ada"), asked)->token;
    const auto bearer = verify(many);
    ASSERT_TRUE(bearer) << why(bearer);
    EXPECT_EQ((*bearer)->access, asked);
    EXPECT_FALSE(tokens.known(many)) << "it would take too much memory";
    EXPECT_TRUE(verify(many));
}

TEST_F(TokensTest, WaitForTheClustersFirstKey) {
    const auto before = follow.model.snapshot();
    for (const auto& [name, stored] : before->secrets.all()) {
        if (name.starts_with("registry-token.")) {
            write(engine::Delete{state::keys::of(state::keys::secrets, name), {}});
        }
    }
    EXPECT_EQ(tokens.issue(login("ada"), {}).error().code, ErrorCode::unavailable);
    EXPECT_EQ(tokens.issueRefresh(login("ada")).error().code, ErrorCode::unavailable);
}

TEST_F(TokensTest, AreNotIssuedOnALoginFromBeforeAChange) {
    const auto before = login("ada");
    putUser("ada", api::UserRole::reader);
    EXPECT_EQ(tokens.issue(before, {}).error().code, ErrorCode::unauthorized);
}

TEST_F(TokensTest, ThatFitIntoNoHeaderAreNotMade) {
    std::vector<Scope> many;
    for (int i = 0; i < 100; ++i) {
        many.push_back({"repository", std::string(200, 'a') + std::to_string(i), {"pull"}});
    }
    EXPECT_EQ(tokens.issue(login("ada"), many).error().code, ErrorCode::exhausted);
}

TEST(TokenCache, ForgetsWhatWasNotUsedForLongest) {
    TokenCache cache(2);
    const auto bearer = std::make_shared<const Bearer>();
    cache.put("a", bearer);
    cache.put("b", bearer);
    EXPECT_TRUE(cache.find("a"));
    cache.put("c", bearer);
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_TRUE(cache.find("a"));
    EXPECT_FALSE(cache.find("b"));
    cache.erase("a");
    EXPECT_FALSE(cache.find("a"));
    EXPECT_TRUE(cache.find("c"));
}

} // namespace
} // namespace pilothouse::registry
