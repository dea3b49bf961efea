// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/membership.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::idA;
using test::idB;
using test::idC;
using test::idD;
using test::run;
using test::why;
using testing::ElementsAre;
using testing::HasSubstr;

class MembershipTest : public test::StateTest {
protected:
    MembershipTest() {
        const auto known =
            run(context, membership.reconcile(5s)); // learns the engine's ids, as at the first start
        EXPECT_TRUE(known) << why(known);
        for (const std::string& id : {idD, std::string("eeeeeeeeeeee")}) {
            write("tokens/join/" + id, "{}"); // nobody joins without one
        }
    }
    [[nodiscard]] MembershipRecord now() const { return record<MembershipRecord>("membership"); }
    Result<MembershipRecord> add() {
        return run(context, membership.addLearner(test::memberRecord(idD, "reg-4"), std::nullopt, 5s));
    }
    Result<MembershipRecord> promote(const std::string& id) {
        return run(context, membership.promote(ReplicaId(id), modified(), std::nullopt, 5s));
    }
    Result<MembershipRecord> remove(const std::string& id) {
        return run(context, membership.remove(ReplicaId(id), {guard(), modified()}, 5s));
    }
    // What the removals of these tests are made for.
    MembershipService::Guard guard() {
        if (!holds("running-operation")) {
            write("running-operation", encode(OperationRecord()));
        }
        return {"running-operation", store.content().at("running-operation").modified};
    }
    void write(const std::string& key, const std::string& value) {
        EXPECT_TRUE(run(context, store.transact({{}, {engine::Put{key, value}}, {}}, 1s)));
    }
    [[nodiscard]] Revision modified() const { return store.content().at("membership").modified; }
    std::optional<MembershipService::Guard> guarded; // for setNext()
    Result<Revision> setNext(std::optional<std::vector<std::string>> voters) {
        return run(context, membership.setNext(std::move(voters), guarded, 5s));
    }
    // The service of another replica, or of this one in another life.
    struct Other {
        Other(engine::Engine& engine, const std::string& id)
            : writer(engine, systemClock(), security::systemRandom(), ReplicaId(id), nullptr),
              membership(writer, Logger()) {}
        StateWriter writer;
        MembershipService membership;
    };
    // What a crash of `owner` in the middle of adding reg-4 leaves behind.
    void crashWhileAdding(const std::string& owner) {
        test::FaultyEngine crashing(store);
        Other other(crashing, owner);
        crashing.loseMemberAnswers = 1;
        const auto added =
            run(context, other.membership.addLearner(test::memberRecord(idD, "reg-4"), std::nullopt, 5s));
        EXPECT_FALSE(added);
        EXPECT_EQ(now().phase, Phase::changing);
    }
    void expireLock() { store.expire(store.content().at("locks/membership").lease); }

    MembershipService membership{writer, Logger()};
};

TEST_F(MembershipTest, FirstReconcileLearnsTheEnginesIdsAndChangesNothingElse) {
    EXPECT_EQ(record<MemberRecord>("members/" + idB).engine_member, "2");
    EXPECT_EQ(now().generation, 1);
    EXPECT_THAT(now().voters, ElementsAre(idA, idB, idC));
    const int writes = engine.writes;
    ASSERT_TRUE(run(context, membership.reconcile(5s)));
    EXPECT_EQ(engine.writes, writes) << "nothing to do, nothing written";
}

TEST_F(MembershipTest, AReplicaJoinsAsLearnerAndIsPromoted) {
    const auto added = add();
    ASSERT_TRUE(added) << why(added);
    EXPECT_EQ(added->generation, 2);
    EXPECT_EQ(added->phase, Phase::stable);
    EXPECT_THAT(added->learners, ElementsAre(idD));
    EXPECT_NE(record<MemberRecord>("members/" + idD).engine_member, "");
    EXPECT_FALSE(holds("locks/membership"));
    const auto promoted = promote(idD);
    ASSERT_TRUE(promoted) << why(promoted);
    EXPECT_EQ(promoted->generation, 3);
    EXPECT_THAT(promoted->voters, ElementsAre(idA, idB, idC, idD));
    ASSERT_EQ(eventsOf("replica-joining").size(), 1U);
    ASSERT_EQ(eventsOf("replica-joined").size(), 1U);
    EXPECT_EQ(eventsOf("replica-joined")[0].message, "Replica reg-4 joined and votes");
}

// What a repair left behind at that address cannot come back there.
TEST_F(MembershipTest, WhoJoinsAtTheAddressOfAFormerMemberTakesItsPlace) {
    const auto former = [](const std::string& id, const std::string& url) {
        return encode(FormerMemberRecord{id, "reg-4", url, "http://reg-4:80", 1, "destroyed"});
    };
    write("former/ffffffffffff", former("ffffffffffff", "https://reg-4:443"));
    write("former/eeeeeeeeeeee", former("eeeeeeeeeeee", "https://reg-5:443"));
    write("former/unreadable", "{");
    EXPECT_EQ(snapshot().former.all().size(), 2U);
    ASSERT_TRUE(add());
    EXPECT_FALSE(holds("former/ffffffffffff"));
    EXPECT_TRUE(holds("former/eeeeeeeeeeee")) << "it lay elsewhere";
    EXPECT_TRUE(holds("former/unreadable"));
    ASSERT_TRUE(promote(idD));
    EXPECT_THAT(now().voters, ElementsAre(idA, idB, idC, idD));
}

TEST_F(MembershipTest, RepeatingAVerbIsHarmless) {
    ASSERT_TRUE(add());
    ASSERT_TRUE(add());
    EXPECT_EQ(store.list.size(), 4U);
    ASSERT_TRUE(promote(idD));
    ASSERT_TRUE(promote(idD));
    ASSERT_TRUE(remove(idD));
    ASSERT_TRUE(remove(idD));
    EXPECT_EQ(now().generation, 4);
    EXPECT_FALSE(holds("members/" + idD));
    EXPECT_EQ(eventsOf("replica-left").size(), 1U);
}

TEST_F(MembershipTest, NobodyJoinsWhoseTokenWasTakenBack) {
    ASSERT_TRUE(run(context, store.transact({{}, {engine::Delete{"tokens/join/" + idD, {}}}, {}}, 1s)));
    const auto refused = add();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unauthorized) << why(refused);
    EXPECT_FALSE(holds("members/" + idD));
    EXPECT_EQ(store.list.size(), 3U);
}

// Nor when that happens in the very moment.
TEST_F(MembershipTest, ATokenThatIsTakenBackMeanwhileIsNone) {
    engine.beforeWrite = [&]() -> engine::Awaitable<void> {
        engine::Transaction revoked;
        revoked.then.emplace_back(engine::Delete{"tokens/join/" + idD, {}});
        (void)co_await store.transact(revoked, 1s);
    };
    const auto refused = add();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unauthorized) << why(refused);
    EXPECT_EQ(store.list.size(), 3U);
}

// Only for the replica that the running operation joins, and not once that is to be taken back.
TEST_F(MembershipTest, AReplicaJoinsForAnOperationThatIsNotCancelled) {
    const auto guardOf = [&] { return run(context, membership.joinGuard(idD, 1s)); };
    ASSERT_TRUE(guardOf());
    EXPECT_FALSE(guardOf()->has_value()) << "no operation runs";
    OperationRecord joins;
    joins.host.emplace();
    joins.host->id = idC;
    write("running-operation", encode(joins));
    EXPECT_FALSE(guardOf()) << "it joins another one";
    joins.host->id = idD;
    write("running-operation", encode(joins));
    const auto guard = guardOf();
    ASSERT_TRUE(guard && *guard) << why(guard);
    EXPECT_FALSE(add()) << "without the guard";
    joins.cancelled_by = "anna";
    write("running-operation", encode(joins));
    EXPECT_FALSE(guardOf());
    const auto late = run(context, membership.addLearner(test::memberRecord(idD, "reg-4"), *guard, 5s));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::conflict);
    joins.cancelled_by.clear();
    write("running-operation", encode(joins));
    const auto added = run(context, membership.addLearner(test::memberRecord(idD, "reg-4"), *guardOf(), 5s));
    ASSERT_TRUE(added) << why(added);
    const auto promoted = run(context, membership.promote(ReplicaId(idD), modified(), *guardOf(), 5s));
    ASSERT_TRUE(promoted) << why(promoted);
    EXPECT_THAT(promoted->voters, ElementsAre(idA, idB, idC, idD));
}

TEST_F(MembershipTest, LearnerThatIsNotInSyncKeepsTheGeneration) {
    ASSERT_TRUE(add());
    store.inSync = false;
    const auto early = promote(idD);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::conflict);
    EXPECT_THAT(early.error().message, HasSubstr("in sync"));
    EXPECT_EQ(now().phase, Phase::stable);
    EXPECT_EQ(now().generation, 2);
    store.inSync = true;
    EXPECT_TRUE(promote(idD));
}

TEST_F(MembershipTest, EngineThatRefusesLeavesNothingBehind) {
    engine.failMemberVerbs = true;
    const auto refused = add();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_EQ(now().phase, Phase::stable);
    EXPECT_EQ(now().generation, 1);
    EXPECT_FALSE(holds("members/" + idD));
    EXPECT_FALSE(holds("locks/membership"));
}

TEST_F(MembershipTest, OneLearnerAtATimeAndNeverTheLastVoter) {
    ASSERT_TRUE(add());
    const auto second =
        run(context, membership.addLearner(test::memberRecord("eeeeeeeeeeee", "reg-5"), std::nullopt, 5s));
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().message, HasSubstr("still joining"));
    ASSERT_TRUE(remove(idD));
    ASSERT_TRUE(remove(idC));
    ASSERT_TRUE(remove(idB));
    const auto last = remove(idA);
    ASSERT_FALSE(last);
    EXPECT_THAT(last.error().message, HasSubstr("last voter"));
    EXPECT_EQ(promote("eeeeeeeeeeee").error().code, ErrorCode::notFound);
}

TEST_F(MembershipTest, NobodyMeddlesWhileAnotherIsChanging) {
    crashWhileAdding(idB);
    const auto meddled = run(context, membership.reconcile(5s));
    ASSERT_FALSE(meddled);
    EXPECT_EQ(meddled.error().code, ErrorCode::unavailable);
    EXPECT_FALSE(remove(idC));
    EXPECT_EQ(now().phase, Phase::changing);
}

TEST_F(MembershipTest, AnyReplicaSettlesAfterACrashOnceTheLockIsGone) {
    crashWhileAdding(idB);
    expireLock();
    const auto settled = run(context, membership.reconcile(5s));
    ASSERT_TRUE(settled) << why(settled);
    EXPECT_EQ(settled->phase, Phase::stable);
    EXPECT_EQ(settled->generation, 2);
    EXPECT_THAT(settled->learners, ElementsAre(idD));
    EXPECT_EQ(record<MemberRecord>("members/" + idD).engine_member, std::to_string(store.list.back().id));
    EXPECT_EQ(eventsOf("replica-joining").size(), 1U);
}

TEST_F(MembershipTest, TheOwnersNextLifeSettlesAtOnce) {
    crashWhileAdding(idA);
    Other nextLife(engine, idA);
    const auto settled = run(context, nextLife.membership.reconcile(5s));
    ASSERT_TRUE(settled) << why(settled);
    EXPECT_THAT(settled->learners, ElementsAre(idD));
}

TEST_F(MembershipTest, AnAnswerThatNeverCameIsNotDecidedTooEarly) {
    engine.loseMemberAnswers = 1;
    const auto unknown = add();
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::timeout);
    const auto early = run(context, membership.reconcile(5s));
    ASSERT_FALSE(early) << "the engine may still be at it";
    expireLock();
    const auto settled = run(context, membership.reconcile(5s));
    ASSERT_TRUE(settled) << why(settled);
    EXPECT_THAT(settled->learners, ElementsAre(idD));
}

TEST_F(MembershipTest, CrashBeforeTheEngineWasAskedIsUndone) {
    crashWhileAdding(idB);
    store.list.pop_back(); // the engine never heard of it
    expireLock();
    const auto settled = run(context, membership.reconcile(5s));
    ASSERT_TRUE(settled) << why(settled);
    EXPECT_EQ(settled->generation, 1);
    EXPECT_FALSE(holds("members/" + idD));
    EXPECT_TRUE(eventsOf("replica-joining").empty());
}

TEST_F(MembershipTest, LostAnswersOfTheStateAreSentAgain) {
    engine.loseAnswers = 1;
    ASSERT_TRUE(add());
    engine.loseAnswers = 1;
    ASSERT_TRUE(promote(idD));
    EXPECT_EQ(now().generation, 3);
}

TEST_F(MembershipTest, ARemovalIsForWhatItWasMadeForOnly) {
    auto stale = guard();
    write("running-operation", encode(OperationRecord())); // somebody has taken it over
    const auto refused = run(context, membership.remove(ReplicaId(idC), {stale, modified()}, 5s));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict) << why(refused);
    EXPECT_THAT(now().voters, ElementsAre(idA, idB, idC));
    EXPECT_EQ(now().phase, Phase::stable);
    EXPECT_FALSE(holds("locks/membership"));
    const auto ended =
        run(context, membership.remove(ReplicaId(idC), {{"nothing", Revision(1)}, modified()}, 5s));
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, ErrorCode::conflict) << why(ended);
    EXPECT_TRUE(remove(idC));
}

// Copies were counted by a membership that somebody has changed since: whoever prepared it must count again.
TEST_F(MembershipTest, AVoterGoesByTheMembershipThatItWasPreparedFor) {
    guarded = guard();
    const auto since = setNext({{idA, idB}});
    ASSERT_TRUE(since) << why(since);
    ASSERT_TRUE(setNext(std::nullopt));
    ASSERT_TRUE(setNext({{idA, idB}})); // the same again, and pushes in between
    const auto refused = run(context, membership.remove(ReplicaId(idC), {*guarded, *since}, 5s));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable) << why(refused);
    EXPECT_THAT(now().voters, ElementsAre(idA, idB, idC));
    const auto unprepared = run(context, membership.remove(ReplicaId(idC), {*guarded}, 5s));
    ASSERT_FALSE(unprepared) << "it votes, whatever was believed";
    EXPECT_EQ(unprepared.error().code, ErrorCode::unavailable) << why(unprepared);
    // A dead one has no copies to be made up for.
    EXPECT_TRUE(run(context, membership.remove(ReplicaId(idC), {*guarded, std::nullopt, true}, 5s)));
}

TEST_F(MembershipTest, NobodyIsPromotedOrPreparedForWhileAnOperationRuns) {
    ASSERT_TRUE(add());
    (void)guard();
    const auto prepared = setNext({{idA, idB, idC, idD}});
    ASSERT_FALSE(prepared) << "of an operation that this is not for";
    EXPECT_EQ(prepared.error().code, ErrorCode::unavailable) << why(prepared);
    const auto promoted = promote(idD);
    ASSERT_FALSE(promoted);
    EXPECT_EQ(promoted.error().code, ErrorCode::unavailable) << why(promoted);
    EXPECT_THAT(now().learners, ElementsAre(idD));
}

TEST_F(MembershipTest, NobodyJoinsWhileAnOperationRuns) {
    write("running-operation", encode(OperationRecord()));
    const auto refused = add();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable) << why(refused);
    EXPECT_FALSE(holds("members/" + idD));
    ASSERT_TRUE(run(context, store.transact({{}, {engine::Delete{"running-operation", {}}}, {}}, 1s)));
    EXPECT_TRUE(add());
}

TEST_F(MembershipTest, TheVotersAfterAChangeAreSetBeforeItAndGoneAfterIt) {
    const auto before = now();
    const auto since = setNext({{idA, idB}});
    ASSERT_TRUE(since) << why(since);
    EXPECT_EQ(since->value(), store.content().at("membership").modified.value());
    EXPECT_THAT(now().next, testing::Optional(ElementsAre(idA, idB)));
    EXPECT_EQ(now().generation, before.generation + 1);
    EXPECT_EQ(now().voters, before.voters);

    const int writes = engine.writes;
    const auto again = setNext({{idA, idB}});
    ASSERT_TRUE(again) << why(again);
    EXPECT_EQ(*again, *since) << "harmless";
    EXPECT_EQ(engine.writes, writes);

    ASSERT_TRUE(remove(idC));
    EXPECT_EQ(now().next, std::nullopt);
    EXPECT_THAT(now().voters, ElementsAre(idA, idB));
}

TEST_F(MembershipTest, WhatWasPreparedCanBeTakenBack) {
    ASSERT_TRUE(setNext({{idA, idB}}));
    const auto generation = now().generation;
    ASSERT_TRUE(setNext(std::nullopt));
    EXPECT_EQ(now().next, std::nullopt);
    EXPECT_EQ(now().generation, generation + 1);
    // Another change leaves what was prepared for.
    ASSERT_TRUE(setNext({{idA, idB}}));
    ASSERT_TRUE(add());
    EXPECT_THAT(now().next, testing::Optional(ElementsAre(idA, idB)));
}

TEST_F(MembershipTest, NothingIsPreparedWhileTheMembershipIsBeingChanged) {
    crashWhileAdding(idB);
    const auto refused = setNext({{idA, idB}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable) << why(refused);
}

} // namespace
} // namespace pilothouse::state
