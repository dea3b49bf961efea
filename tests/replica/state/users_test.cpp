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
    Result<Written<api::User>> grant(const std::string& name, const api::Grant& grant,
                                     const std::string& operationId = {}) {
        UserChange change;
        change.grant = grant;
        return run(context, users.change(request(operationId), name, change));
    }
    Result<Written<api::User>> revoke(const std::string& name, const std::string& repository) {
        UserChange change;
        change.revoke = repository;
        return run(context, users.change(request(), name, change));
    }
    Result<Written<api::User>> remove(const std::string& name, const std::string& operationId = {}) {
        return run(context, users.remove(request(operationId), name));
    }

    UserService users{writer};
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
    store.expire(store.content().at("outcomes/op-1").lease);
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
    StateWriter otherWriter{store, systemClock(), security::systemRandom(), ReplicaId(test::idB), nullptr};
    UserService others{otherWriter};
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
    StateWriter otherWriter{store, systemClock(), security::systemRandom(), ReplicaId(test::idB), nullptr};
    UserService others{otherWriter};
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

TEST_F(UsersTest, GrantsAreKeptInOrderOneForEachPattern) {
    ASSERT_TRUE(create("ci", {}, api::UserRole::guest));
    EXPECT_EQ(eventsOf("user-created").back().message, "User ci as guest was created by admin");
    ASSERT_TRUE(grant("ci", {"team/*", api::UserRole::reader}));
    ASSERT_TRUE(grant("ci", {"app", api::UserRole::reader}));
    const auto changed = grant("ci", {"team/*", api::UserRole::writer});
    ASSERT_TRUE(changed) << why(changed);
    const std::vector<api::Grant> expected{{"app", api::UserRole::reader}, {"team/*", api::UserRole::writer}};
    EXPECT_EQ(changed->value.grants, expected);
    EXPECT_EQ(record<UserRecord>("users/ci").grants, expected);
    EXPECT_EQ(eventsOf("user-changed").size(), 3U);

    ASSERT_TRUE(changeRole("ci", api::UserRole::reader));
    EXPECT_EQ(record<UserRecord>("users/ci").grants, expected) << "other changes leave them";
    ASSERT_TRUE(revoke("ci", "team/*"));
    ASSERT_TRUE(revoke("ci", "app"));
    EXPECT_EQ(record<UserRecord>("users/ci").grants, std::nullopt);
    EXPECT_EQ(revoke("ci", "app").error().code, ErrorCode::notFound);
}

TEST_F(UsersTest, AGrantThatMeansNothingIsRefused) {
    ASSERT_TRUE(create("ci", {}, api::UserRole::guest));
    for (const auto& wrong :
         {api::Grant{"Team/*", api::UserRole::reader}, api::Grant{"", api::UserRole::reader},
          api::Grant{"app", api::UserRole::admin}, api::Grant{"app", api::UserRole::guest}}) {
        EXPECT_EQ(grant("ci", wrong).error().code, ErrorCode::invalid) << wrong.repository;
    }
    EXPECT_EQ(grant("nobody", {"app", api::UserRole::reader}).error().code, ErrorCode::notFound);
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(grant("ci", {"app" + std::to_string(i), api::UserRole::reader}));
    }
    EXPECT_EQ(grant("ci", {"one-too-many", api::UserRole::reader}).error().code, ErrorCode::invalid);
    EXPECT_TRUE(grant("ci", {"app7", api::UserRole::writer})) << "in place of another";
}

TEST_F(UsersTest, ARepeatedGrantIsTheSameOne) {
    ASSERT_TRUE(create("ci"));
    ASSERT_TRUE(grant("ci", {"app", api::UserRole::writer}, "op-1"));
    const auto again = grant("ci", {"app", api::UserRole::writer}, "op-1");
    ASSERT_TRUE(again) << why(again);
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(grant("ci", {"app", api::UserRole::reader}, "op-1").error().code, ErrorCode::conflict);
}

} // namespace
} // namespace pilothouse::state
