// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/signing_keys.h"

#include <gmock/gmock.h>

#include <set>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;
using test::why;
using testing::HasSubstr;
using testing::Not;

const std::string mark(keys::signingKeyFresh);

class SigningKeysTest : public test::StateTest {
protected:
    void rotate() {
        const Status rotated = run(context, service.rotate(1000ms));
        ASSERT_TRUE(rotated) << why(rotated);
    }
    void aWeekLater() { store.expire(store.content().at(mark).lease); }
    [[nodiscard]] std::vector<std::string> keyIds() const {
        std::vector<std::string> ids;
        for (const auto& [key, entry] : store.content()) {
            if (key.starts_with(keys::signingKeys)) {
                ids.emplace_back(keys::nameBelow(keys::signingKeys, key));
            }
        }
        return ids;
    }

    SigningKeyService service{engine, box, security::systemRandom(), systemClock(), Logger()};
    KeyRing ring{box};
};

TEST_F(SigningKeysTest, ANewClusterGetsOneAndKeepsItForItsWeek) {
    EXPECT_TRUE(SigningKeyService::isMissing(snapshot()));
    EXPECT_EQ(ring.newest(snapshot()).error().code, ErrorCode::unavailable);
    rotate();
    rotate();
    EXPECT_FALSE(SigningKeyService::isMissing(snapshot()));
    EXPECT_EQ(keyIds().size(), 1U);
    const auto key = ring.newest(snapshot());
    ASSERT_TRUE(key) << why(key);
    EXPECT_EQ(key->id(), keyIds().front());
    EXPECT_NE(store.content().at(mark).lease, 0);
}

TEST_F(SigningKeysTest, LieSealed) {
    rotate();
    const std::string& value = store.content().at(keys::of(keys::signingKeys, keyIds().front())).value;
    EXPECT_THAT(value, Not(HasSubstr("PRIVATE KEY")));
    const auto other = security::SealedBox::create(std::string(32, 'x')).value();
    EXPECT_EQ(KeyRing(other).newest(snapshot()).error().code, ErrorCode::corrupt);
}

TEST_F(SigningKeysTest, TheNewestSignsAndSixCanBeChecked) {
    std::vector<std::string> made;
    for (int week = 0; week < 8; ++week) {
        rotate();
        made.push_back(ring.newest(snapshot())->id());
        aWeekLater();
    }
    EXPECT_EQ(std::set(made.begin(), made.end()).size(), 8U) << "each week a new one";
    EXPECT_EQ(keyIds().size(), SigningKeyService::keptKeys);
    const Snapshot now = snapshot();
    for (std::size_t i = 0; i < made.size(); ++i) {
        const auto found = ring.find(now, made[i]);
        EXPECT_EQ(found.has_value(), i >= 2) << i;
        EXPECT_EQ(KeyRing::has(now, made[i]), i >= 2) << i;
        if (found) {
            EXPECT_EQ(found->id(), made[i]);
        } else {
            EXPECT_EQ(found.error().code, ErrorCode::notFound);
        }
    }
}

TEST_F(SigningKeysTest, TwoLeadersMakeOne) {
    engine.beforeWrite = [this]() -> engine::Awaitable<void> {
        SigningKeyService other{store, box, security::systemRandom(), systemClock(), Logger()};
        const Status rotated = co_await other.rotate(1000ms);
        EXPECT_TRUE(rotated) << why(rotated);
    };
    rotate();
    EXPECT_EQ(keyIds().size(), 1U);
    aWeekLater();
    rotate();
    EXPECT_EQ(keyIds().size(), 2U);
}

TEST_F(SigningKeysTest, ALostAnswerMakesNoSecondKey) {
    engine.loseAnswers = 1;
    EXPECT_EQ(run(context, service.rotate(1000ms)).error().code, ErrorCode::timeout);
    rotate();
    EXPECT_EQ(keyIds().size(), 1U);
}

TEST_F(SigningKeysTest, WhereAllKeysAreGoneTheMarkHoldsNothingUp) {
    rotate();
    engine::Transaction transaction;
    transaction.then.emplace_back(engine::Delete{keys::of(keys::signingKeys, keyIds().front()), {}});
    ASSERT_TRUE(run(context, store.transact(transaction, 1000ms)));
    EXPECT_TRUE(SigningKeyService::isMissing(snapshot()));
    rotate();
    EXPECT_EQ(keyIds().size(), 1U);
}

TEST_F(SigningKeysTest, WithoutQuorumNothingIsDone) {
    engine.noQuorum = true;
    EXPECT_FALSE(run(context, service.rotate(100ms)));
    EXPECT_TRUE(keyIds().empty());
}

// The ring must not go on with a key that was replaced under its name.
TEST_F(SigningKeysTest, WhatIsOpenedAnewIsWhatTheSnapshotHas) {
    rotate();
    const std::string first = ring.newest(snapshot())->id();
    const std::string key = keys::of(keys::signingKeys, first);
    auto record = this->record<SealedSecretRecord>(key);
    record.sealed = "v1.damaged";
    engine::Transaction transaction;
    transaction.then.emplace_back(engine::Put{key, encode(record)});
    ASSERT_TRUE(run(context, store.transact(transaction, 1000ms)));
    EXPECT_EQ(ring.find(snapshot(), first).error().code, ErrorCode::corrupt);
}

} // namespace
} // namespace pilothouse::state
