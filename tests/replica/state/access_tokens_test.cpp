// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/access_tokens.h"
#include "replica/state/users.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;
using test::why;
using testing::HasSubstr;
using testing::Not;

class AccessTokensTest : public test::StateTest {
protected:
    Result<Written<api::CreatedAccessToken>> create(const std::string& user,
                                                    const std::string& operationId = {},
                                                    std::optional<std::chrono::seconds> lifetime = {}) {
        return run(context, tokens.create(request(operationId), user, "for CI", lifetime));
    }

    AccessTokenService tokens{writer, box};
    UserService users{writer};
};

TEST_F(AccessTokensTest, SpeakForTheirUserUntilRevoked) {
    const auto made = create("admin");
    ASSERT_TRUE(made) << why(made);
    const auto owner = AccessTokenService::verify(snapshot(), made->value.secret);
    ASSERT_TRUE(owner) << why(owner);
    EXPECT_EQ(owner->user, "admin");
    EXPECT_EQ(owner->role, api::UserRole::admin);
    EXPECT_EQ(owner->tokenId, made->value.token.id);
    EXPECT_EQ(listAccessTokens(snapshot(), "admin").tokens.size(), 1U);
    EXPECT_EQ(listAccessTokens(snapshot(), "ada").tokens.size(), 0U);
    ASSERT_EQ(eventsOf("token-created").size(), 1U);

    const auto revoked = run(context, tokens.revoke(request(), made->value.token.id, ""));
    ASSERT_TRUE(revoked) << why(revoked);
    EXPECT_FALSE(AccessTokenService::verify(snapshot(), made->value.secret));
    EXPECT_EQ(eventsOf("token-revoked").size(), 1U);
}

TEST_F(AccessTokensTest, SecretIsNowhereInTheState) {
    const auto made = create("admin", "op-1");
    ASSERT_TRUE(made);
    for (const auto& [key, entry] : store.content()) {
        EXPECT_THAT(entry.value, Not(HasSubstr(made->value.secret))) << key;
    }
    EXPECT_THAT(store.content().at("outcomes/op-1").value,
                Not(HasSubstr(snapshot().accessTokens.all().begin()->second.record.hash)));
}

TEST_F(AccessTokensTest, RetryGetsTheSameSecretAndMakesOneToken) {
    engine.loseAnswers = 1;
    const auto first = create("admin", "op-1");
    ASSERT_TRUE(first) << why(first);
    const auto second = create("admin", "op-1");
    ASSERT_TRUE(second) << why(second);
    EXPECT_EQ(second->value.secret, first->value.secret);
    EXPECT_EQ(snapshot().accessTokens.all().size(), 1U);
}

TEST_F(AccessTokensTest, ExpireByTheirLease) {
    const auto made = create("admin", {}, 3600s);
    ASSERT_TRUE(made) << why(made);
    EXPECT_TRUE(made->value.token.expires_at);
    const std::int64_t lease = store.content().at("tokens/access/" + made->value.token.id).lease;
    ASSERT_NE(lease, 0);
    store.expire(lease);
    EXPECT_FALSE(AccessTokenService::verify(snapshot(), made->value.secret));
    EXPECT_EQ(create("admin", {}, 59s).error().code, ErrorCode::invalid);
}

TEST_F(AccessTokensTest, UnknownUsersAndSecretsAreRefused) {
    EXPECT_EQ(create("nobody").error().code, ErrorCode::notFound);
    for (const char* secret :
         {"", "ph_", "ph_000000000000000000000000000000000000000000000000", "password"}) {
        const auto owner = AccessTokenService::verify(snapshot(), secret);
        ASSERT_FALSE(owner) << secret;
        EXPECT_EQ(owner.error().code, ErrorCode::unauthorized);
    }
}

TEST_F(AccessTokensTest, OthersTokensCannotBeRevokedByAUser) {
    const auto made = create("admin");
    const auto refused = run(context, tokens.revoke(request(), made->value.token.id, "ada"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::notFound);
    EXPECT_TRUE(AccessTokenService::verify(snapshot(), made->value.secret));
}

TEST_F(AccessTokensTest, GoWithTheirUserAndDoNotServeTheNextOfThatName) {
    ASSERT_TRUE(run(context, users.create(request(), "ada", "v", api::UserRole::writer)));
    const auto made = create("ada");
    ASSERT_TRUE(made) << why(made);
    const engine::Entry kept = store.content().at("tokens/access/" + made->value.token.id);
    ASSERT_TRUE(run(context, users.remove(request(), "ada")));
    EXPECT_FALSE(AccessTokenService::verify(snapshot(), made->value.secret));
    EXPECT_FALSE(holds(kept.key));

    // One that was made at the very moment of the removal, and so is left over.
    engine::Transaction left;
    left.then.emplace_back(engine::Put{kept.key, kept.value});
    ASSERT_TRUE(run(context, store.transact(left, 100ms)));
    EXPECT_FALSE(AccessTokenService::verify(snapshot(), made->value.secret));
    ASSERT_TRUE(run(context, users.create(request(), "ada", "v", api::UserRole::admin)));
    EXPECT_FALSE(AccessTokenService::verify(snapshot(), made->value.secret))
        << "another person may have this name now";
}

} // namespace
} // namespace pilothouse::state
