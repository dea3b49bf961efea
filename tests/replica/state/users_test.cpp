// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/users.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using test::run;
using test::why;
using testing::HasSubstr;

class UsersTest : public test::StateTest {
protected:
    Result<Written<api::User>> create(const std::string& name, const std::string& operationId = {},
                                      api::UserRole role = api::UserRole::reader) {
        return run(context, users.create(request(operationId), name, "$scrypt$new", role));
    }
    Result<Written<api::User>> changeRole(const std::string& name, api::UserRole role,
                                          const std::string& operationId = {}) {
        UserChange change;
        change.role = role;
        return run(context, users.change(request(operationId), name, change));
    }
    Result<Written<api::User>> remove(const std::string& name, const std::string& operationId = {}) {
        return run(context, users.remove(request(operationId), name));
    }

    UserService users{operations};
};

TEST_F(UsersTest, AreCreatedWithTheirEvent) {
    const auto ada = create("ada");
    ASSERT_TRUE(ada) << why(ada);
    EXPECT_EQ(ada->value.name, "ada");
    EXPECT_FALSE(ada->repeated);
    EXPECT_EQ(ada->revision, store.revision());
    EXPECT_EQ(record<UserRecord>("users/ada").verifier, "$scrypt$new");
    ASSERT_EQ(eventsOf("user-created").size(), 1U);
    EXPECT_EQ(eventsOf("user-created")[0].message, "User ada as reader was created by admin");
    EXPECT_EQ(eventsOf("user-created")[0].observer, test::idA);
    EXPECT_EQ(listUsers(snapshot()).users.size(), 2U);
}

TEST_F(UsersTest, VerifiersAreInNoOutcomeAndNoEvent) {
    ASSERT_TRUE(create("ada", "op-1"));
    for (const auto& [key, entry] : store.content()) {
        if (!key.starts_with("users/")) {
            EXPECT_THAT(entry.value, testing::Not(HasSubstr("scrypt"))) << key;
        }
    }
}

TEST_F(UsersTest, TakenNamesAndBadNamesAreRefused) {
    const auto taken = create("admin");
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::conflict);
    EXPECT_THAT(taken.error().message, HasSubstr("admin already"));
    for (const char* name : {"", "Ada", "a b", "-a", "a/b", "\xc3\xa4"}) {
        const auto bad = create(name);
        ASSERT_FALSE(bad) << name;
        EXPECT_EQ(bad.error().code, ErrorCode::invalid) << name;
    }
}

TEST_F(UsersTest, LostAnswersMakeExactlyOneUser) {
    engine.loseAnswers = 2;
    engine.loseRequests = 1;
    const int before = engine.writes;
    const auto ada = create("ada");
    ASSERT_TRUE(ada) << why(ada);
    EXPECT_GE(engine.writes - before, 3) << "it was sent again";
    EXPECT_EQ(store.content().at("users/ada").version, 1);
    EXPECT_EQ(eventsOf("user-created").size(), 1U);
}

TEST_F(UsersTest, RetryWithTheSameOperationIdGetsTheSameAnswer) {
    const auto first = create("ada", "op-1");
    const auto second = create("ada", "op-1");
    ASSERT_TRUE(second) << why(second);
    EXPECT_TRUE(second->repeated);
    EXPECT_EQ(second->value.created_at, first->value.created_at);
    EXPECT_EQ(store.content().at("users/ada").version, 1);
    const auto other = create("bob", "op-1");
    ASSERT_FALSE(other) << "the id belongs to another request";
    EXPECT_EQ(other.error().code, ErrorCode::conflict);
    EXPECT_FALSE(holds("users/bob"));
}

// A script may use the same ids every day, and somebody may want an event to be gone.
TEST_F(UsersTest, AnIdThatIsUsedAgainAfterItsHourErasesNoEvent) {
    ASSERT_TRUE(create("ada", "op-1"));
    store.expire(store.content().at("operations/op-1").lease);
    ASSERT_TRUE(create("bob", "op-1"));
    ASSERT_EQ(eventsOf("user-created").size(), 2U);
    ASSERT_TRUE(create("bob", "op-1")) << "a retry";
    EXPECT_EQ(eventsOf("user-created").size(), 2U);
}

TEST_F(UsersTest, RemovalCanBeRepeatedToo) {
    ASSERT_TRUE(create("ada"));
    ASSERT_TRUE(remove("ada", "op-2"));
    const auto again = remove("ada", "op-2");
    ASSERT_TRUE(again) << why(again);
    EXPECT_TRUE(again->repeated);
    const auto fresh = remove("ada", "op-3");
    ASSERT_FALSE(fresh);
    EXPECT_EQ(fresh.error().code, ErrorCode::notFound);
}

TEST_F(UsersTest, WithoutQuorumTheAnswerIsThatNobodyKnows) {
    engine.noQuorum = true;
    Request soon = request("op-1");
    soon.deadline = Milliseconds(100);
    const auto created = run(context, users.create(soon, "ada", "v", api::UserRole::reader));
    ASSERT_FALSE(created);
    EXPECT_TRUE(created.error().code == ErrorCode::timeout || created.error().code == ErrorCode::unavailable);
    engine.noQuorum = false;
    EXPECT_TRUE(create("ada", "op-1"));
}

TEST_F(UsersTest, UnknownOutcomeSaysSo) {
    engine.loseAnswers = 1000;
    Request soon = request("op-1");
    soon.deadline = Milliseconds(100);
    const auto created = run(context, users.create(soon, "ada", "$scrypt$new", api::UserRole::reader));
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().code, ErrorCode::timeout);
    EXPECT_THAT(created.error().text(), HasSubstr("same operation id"));
    engine.loseAnswers = 0;
    const auto again = create("ada", "op-1");
    ASSERT_TRUE(again) << why(again);
    EXPECT_TRUE(again->repeated);
}

TEST_F(UsersTest, TwoWritersRacingForANameMakeOneUser) {
    Operations otherOperations{store, systemClock(), security::systemRandom(), ReplicaId(test::idB), nullptr};
    UserService others{otherOperations};
    engine.beforeWrite = [&]() -> engine::Awaitable<void> {
        Request theirs = request();
        const auto created = co_await others.create(theirs, "ada", "$scrypt$theirs", api::UserRole::writer);
        EXPECT_TRUE(created) << why(created);
    };
    const auto ours = create("ada");
    ASSERT_FALSE(ours);
    EXPECT_EQ(ours.error().code, ErrorCode::conflict);
    EXPECT_EQ(record<UserRecord>("users/ada").verifier, "$scrypt$theirs");
}

TEST_F(UsersTest, ChangesKeepWhatIsNotGiven) {
    ASSERT_TRUE(create("ada"));
    UserChange password;
    password.verifier = "$scrypt$second";
    const auto changed = run(context, users.change(request(), "ada", password));
    ASSERT_TRUE(changed) << why(changed);
    EXPECT_EQ(record<UserRecord>("users/ada").verifier, "$scrypt$second");
    EXPECT_EQ(record<UserRecord>("users/ada").role, api::UserRole::reader);
    ASSERT_TRUE(changeRole("ada", api::UserRole::writer));
    EXPECT_EQ(record<UserRecord>("users/ada").verifier, "$scrypt$second");
    EXPECT_EQ(record<UserRecord>("users/ada").role, api::UserRole::writer);
    EXPECT_EQ(changeRole("nobody", api::UserRole::writer).error().code, ErrorCode::notFound);
}

TEST_F(UsersTest, TheOnlyAdministratorStays) {
    ASSERT_TRUE(create("ada", {}, api::UserRole::writer));
    for (const auto& refused : {remove("admin"), changeRole("admin", api::UserRole::writer)}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::conflict);
        EXPECT_THAT(refused.error().text(), HasSubstr("only administrator"));
    }
    ASSERT_TRUE(changeRole("ada", api::UserRole::admin));
    EXPECT_TRUE(remove("admin"));
    EXPECT_FALSE(remove("ada"));
}

TEST_F(UsersTest, TwoAdministratorsWhoRemoveEachOtherAtOnceLeaveOne) {
    ASSERT_TRUE(create("ada", {}, api::UserRole::admin));
    Operations otherOperations{store, systemClock(), security::systemRandom(), ReplicaId(test::idB), nullptr};
    UserService others{otherOperations};
    engine.beforeWrite = [&]() -> engine::Awaitable<void> {
        Request theirs = request();
        const auto removed = co_await others.remove(theirs, "admin");
        EXPECT_TRUE(removed) << why(removed);
    };
    const auto ours = remove("ada");
    ASSERT_FALSE(ours);
    EXPECT_THAT(ours.error().text(), HasSubstr("only administrator"));
    EXPECT_TRUE(holds("users/ada"));
    EXPECT_FALSE(holds("users/admin"));
}

TEST_F(UsersTest, WriteUnderALeaseThatIsGoneIsMadeUnderANewOne) {
    ASSERT_TRUE(create("ada"));
    for (std::int64_t lease = 0; lease < 1000; ++lease) {
        store.expire(lease);
    }
    const auto bob = create("bob");
    ASSERT_TRUE(bob) << why(bob);
    EXPECT_TRUE(holds("users/bob"));
}

TEST_F(UsersTest, RecordsOfANewerVersionAreNotTouched) {
    engine::Transaction newer;
    newer.then.emplace_back(engine::Put{"users/ada", R"({"schema":9,"name":"ada","powers":["all"]})"});
    ASSERT_TRUE(run(context, store.transact(newer, Milliseconds(100))));
    const auto changed = changeRole("ada", api::UserRole::writer);
    ASSERT_FALSE(changed);
    EXPECT_THAT(changed.error().text(), HasSubstr("newer version"));
    EXPECT_EQ(store.content().at("users/ada").version, 1);
}

} // namespace
} // namespace pilothouse::state
