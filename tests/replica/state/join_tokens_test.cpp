// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/security/join_token.h"
#include "replica/state/join_tokens.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;
using test::why;
using testing::HasSubstr;
using testing::Not;

class JoinTokensTest : public test::StateTest {
protected:
    static api::CreateJoinToken wanted() {
        api::CreateJoinToken token;
        token.name = "reg-4";
        token.url = "https://reg-4:443";
        token.http_url = "http://reg-4:80";
        token.peer_url = "https://reg-4:7443";
        return token;
    }
    Result<Written<api::CreatedJoinToken>> create(const api::CreateJoinToken& token,
                                                  const std::string& operationId = {}) {
        JoinContact contact;
        contact.ca_sha256 = std::string(64, 'a');
        contact.seeds = {"https://reg-1:443", "https://reg-2:443"};
        return run(context, tokens.create(request(operationId), token, contact));
    }
    // The attempt of the host that has the token's line.
    static JoinAttempt attempt(const std::string& line, const std::string& keyHash) {
        const auto token = security::parseJoinToken(line);
        EXPECT_TRUE(token) << why(token);
        return {token->secret, token->replica_id, keyHash};
    }
    Result<JoinTokenRecord> consume(const JoinAttempt& with) {
        return run(context, tokens.consume(with, 1500ms));
    }

    JoinTokenService tokens{writer, box};
};

TEST_F(JoinTokensTest, LineNamesTheClusterAndOpensItOnce) {
    const auto made = create(wanted());
    ASSERT_TRUE(made) << why(made);
    const auto token = security::parseJoinToken(made->value.token);
    ASSERT_TRUE(token) << why(token);
    EXPECT_EQ(token->cluster_id, std::string(32, 'c'));
    EXPECT_EQ(token->epoch, 1);
    EXPECT_EQ(token->seeds.size(), 2U);
    EXPECT_EQ(token->replica_id, made->value.replica_id);
    for (const auto& [key, entry] : store.content()) {
        EXPECT_THAT(entry.value, Not(HasSubstr(token->secret))) << key;
    }
    EXPECT_EQ(eventsOf("join-token-created").size(), 1U);

    const auto used = consume(attempt(made->value.token, "key-1"));
    ASSERT_TRUE(used) << why(used);
    EXPECT_EQ(used->name, "reg-4");
    EXPECT_EQ(used->peer_url, "https://reg-4:7443");
    EXPECT_EQ(record<JoinTokenRecord>("tokens/join/" + token->replica_id).used_by, "key-1");
}

TEST_F(JoinTokensTest, SameKeyMayAskAgainAndNoOther) {
    const auto made = create(wanted());
    ASSERT_TRUE(consume(attempt(made->value.token, "key-1")));
    const auto again = consume(attempt(made->value.token, "key-1"));
    EXPECT_TRUE(again) << why(again);
    const auto other = consume(attempt(made->value.token, "key-2"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::forbidden);
    EXPECT_THAT(other.error().text(), HasSubstr("used up"));
}

TEST_F(JoinTokensTest, TwoHostsRacingWithOneTokenMakeOneMember) {
    const auto made = create(wanted());
    StateWriter otherWriter{store, systemClock(), security::systemRandom(), ReplicaId(test::idB), nullptr};
    JoinTokenService others{otherWriter, box};
    engine.beforeWrite = [&]() -> engine::Awaitable<void> {
        const JoinAttempt theirs = attempt(made->value.token, "key-2");
        const auto used = co_await others.consume(theirs, 1500ms);
        EXPECT_TRUE(used) << why(used);
    };
    const auto ours = consume(attempt(made->value.token, "key-1"));
    ASSERT_FALSE(ours);
    EXPECT_THAT(ours.error().text(), HasSubstr("used up"));
}

TEST_F(JoinTokensTest, LostAnswerToTheUseIsHarmless) {
    const auto made = create(wanted());
    engine.loseAnswers = 1;
    const auto used = consume(attempt(made->value.token, "key-1"));
    EXPECT_TRUE(used) << why(used);
}

TEST_F(JoinTokensTest, ExpiredByTheLeaseIsSaidSo) {
    const auto made = create(wanted());
    store.expire(store.content().at("tokens/live/" + made->value.replica_id).lease);
    const auto late = consume(attempt(made->value.token, "key-1"));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::forbidden);
    EXPECT_THAT(late.error().text(), HasSubstr("expired at"));
}

TEST_F(JoinTokensTest, UsedBeforeExpiryMayBeRepeatedAfterIt) {
    const auto made = create(wanted());
    ASSERT_TRUE(consume(attempt(made->value.token, "key-1")));
    store.expire(store.content().at("tokens/live/" + made->value.replica_id).lease);
    const auto again = consume(attempt(made->value.token, "key-1"));
    EXPECT_TRUE(again) << why(again);
}

TEST_F(JoinTokensTest, ARevokedOneIsUnknown) {
    const auto made = create(wanted());
    ASSERT_TRUE(run(context, tokens.revoke(made->value.replica_id, 1500ms)));
    const auto late = consume(attempt(made->value.token, "key-1"));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::unauthorized);
    EXPECT_TRUE(run(context, tokens.revoke(made->value.replica_id, 1500ms))) << "there is none any more";
}

// An operation knows its replica before there is a token for it.
TEST_F(JoinTokensTest, MayBeMadeForAnIdThatIsKnown) {
    const JoinContact contact{std::string(64, 'a'), {"https://reg-1:443"}, "0123456789ab"};
    const auto made = run(context, tokens.create(request(), wanted(), contact));
    ASSERT_TRUE(made) << why(made);
    EXPECT_EQ(made->value.replica_id, "0123456789ab");
    const auto used = consume(attempt(made->value.token, "key-1"));
    ASSERT_TRUE(used) << why(used);
    EXPECT_EQ(used->replica_id, "0123456789ab");
}

// The engine renews leases whenever its leader changes.
TEST_F(JoinTokensTest, ARenewedLeaseKeepsNoTokenBeyondItsTime) {
    ManualClock clock;
    StateWriter timed{engine, clock, security::systemRandom(), ReplicaId(test::idA), nullptr};
    JoinTokenService service{timed, box};
    api::CreateJoinToken quarter = wanted();
    quarter.lifetime_s = 900;
    const JoinContact contact{std::string(64, 'a'), {"https://reg-1:443"}, {}};
    const auto used = run(context, service.create(request(), quarter, contact));
    quarter.name = "reg-5";
    quarter.url = "https://reg-5:443";
    quarter.peer_url = "https://reg-5:7443";
    const auto unused = run(context, service.create(request(), quarter, contact));
    ASSERT_TRUE(used && unused);
    const JoinAttempt first = attempt(used->value.token, "key-1");
    const JoinAttempt second = attempt(unused->value.token, "key-2");
    clock.advance(899s);
    EXPECT_TRUE(run(context, service.consume(first, 1500ms)));
    clock.advance(1s);
    ASSERT_TRUE(holds("tokens/live/" + unused->value.replica_id));
    const auto late = run(context, service.consume(second, 1500ms));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::forbidden);
    EXPECT_THAT(late.error().text(), HasSubstr("expired at"));
    EXPECT_TRUE(run(context, service.consume(first, 1500ms))) << "the same key asks again";
}

TEST_F(JoinTokensTest, UnknownTokensAndWrongSecretsLookTheSame) {
    const auto made = create(wanted());
    JoinAttempt wrong = attempt(made->value.token, "key-1");
    wrong.secret = std::string(64, '0');
    JoinAttempt unknown = attempt(made->value.token, "key-1");
    unknown.replica_id = "0123456789ab";
    JoinAttempt odd = unknown;
    odd.replica_id = "../users/admin";
    const auto first = consume(wrong);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, ErrorCode::unauthorized);
    EXPECT_EQ(consume(unknown).error(), first.error());
    EXPECT_EQ(consume(odd).error(), first.error());
    EXPECT_EQ(record<JoinTokenRecord>("tokens/join/" + made->value.replica_id).used_by, "");
}

TEST_F(JoinTokensTest, TokensFromBeforeARepairAreRefused) {
    const auto made = create(wanted());
    ClusterRecord repaired = record<ClusterRecord>("cluster");
    repaired.epoch = 2;
    engine::Transaction repair;
    repair.then.emplace_back(engine::Put{"cluster", encode(repaired)});
    ASSERT_TRUE(run(context, store.transact(repair, 100ms)));
    const auto old = consume(attempt(made->value.token, "key-1"));
    ASSERT_FALSE(old);
    EXPECT_THAT(old.error().text(), HasSubstr("before the cluster was repaired"));
}

TEST_F(JoinTokensTest, RetryGetsTheSameToken) {
    const auto first = create(wanted(), "op-1");
    const auto second = create(wanted(), "op-1");
    ASSERT_TRUE(second) << why(second);
    EXPECT_EQ(second->value.token, first->value.token);
    EXPECT_TRUE(second->repeated);
}

TEST_F(JoinTokensTest, NamesAndAddressesInUseAreRefused) {
    api::CreateJoinToken sameName = wanted();
    sameName.name = "reg-2";
    EXPECT_EQ(create(sameName).error().code, ErrorCode::conflict);
    api::CreateJoinToken sameAddress = wanted();
    sameAddress.url = "https://reg-2:443";
    EXPECT_THAT(create(sameAddress).error().text(), HasSubstr("reg-2 has the address"));
    api::CreateJoinToken plain = wanted();
    plain.url = "http://reg-4:443";
    EXPECT_EQ(create(plain).error().code, ErrorCode::invalid);
    api::CreateJoinToken eternal = wanted();
    eternal.lifetime_s = std::int64_t{8} * 24 * 3600;
    EXPECT_EQ(create(eternal).error().code, ErrorCode::invalid);
}

} // namespace
} // namespace pilothouse::state
