// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/course.h"

#include <gmock/gmock.h>

namespace pilothouse::operations {
namespace {

using domain::StepKind;
using domain::StepState;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string now = "2026-11-28T05:30:12.000Z";

state::OperationRecord removal() {
    domain::OperationPlan plan;
    plan.kind = domain::OperationKind::remove;
    plan.replica = ReplicaId("cccccccccccc");
    plan.name = "reg-3";
    plan.steps = stepsOf(plan.kind);
    return newOperation(plan, "op-1", {"moved", {}}, "anna", now);
}

void goTo(api::Operation& operation, StepKind step) {
    beginStep(operation, "reg-1", now);
    while (presentKind(operation) != step) {
        endStep(operation, StepState::done, "reg-1", now);
    }
}

TEST(Course, BeginsWithNothingDone) {
    const auto record = removal();
    EXPECT_EQ(presentKind(record.operation), StepKind::check);
    EXPECT_EQ(record.operation.phase, "running");
    EXPECT_FALSE(record.operation.committed);
    EXPECT_EQ(record.operation.reason, "moved");
    EXPECT_FALSE(record.operation.typed_name);
    ASSERT_EQ(record.operation.journal.size(), 1U);
    EXPECT_EQ(record.operation.journal.front().detail, "moved") << "the reason is kept";
}

TEST(Course, EachStepEndsAsTheNextBegins) {
    auto operation = removal().operation;
    beginStep(operation, "reg-1", now);
    endStep(operation, StepState::done, "reg-1", now);
    EXPECT_EQ(operation.steps[0].state, "done");
    EXPECT_EQ(operation.steps[1].state, "running");
    EXPECT_TRUE(operation.steps[0].ended_at && operation.steps[1].began_at);
    EXPECT_FALSE(operation.steps[1].ended_at);
}

TEST(Course, CommitsWithTheRemovalOfTheMember) {
    auto operation = removal().operation;
    goTo(operation, StepKind::removeMember);
    EXPECT_FALSE(operation.committed);
    endStep(operation, StepState::done, "reg-1", now);
    EXPECT_TRUE(operation.committed);
    endStep(operation, StepState::done, "reg-1", now);
    EXPECT_EQ(presentStep(operation), nullptr);
}

TEST(Course, OffersWhatCanBeDecided) {
    auto operation = removal().operation;
    goTo(operation, StepKind::finishRequests);
    setWaiting(operation, {domain::WaitReason::requests, {}, {3}}, true, now);
    EXPECT_THAT(operation.waiting->choices, ElementsAre("cancel", "skip"));
    goTo(operation, StepKind::completeCopies);
    setWaiting(operation, {domain::WaitReason::copies}, false, now);
    EXPECT_THAT(operation.waiting->choices, ElementsAre("cancel"));
    goTo(operation, StepKind::stopReplica);
    EXPECT_FALSE(operation.waiting) << "of the step before";
    setWaiting(operation, {domain::WaitReason::stopping}, false, now);
    EXPECT_THAT(operation.waiting->choices, ElementsAre("skip"));
}

TEST(Course, IsTakenBackFromTheEnd) {
    auto record = removal();
    goTo(record.operation, StepKind::finishRequests);
    record.cancelled_by = "bert";
    beginUndo(record, now);
    EXPECT_EQ(record.operation.journal.back().by, "bert");
    std::vector<StepKind> undone;
    while (const auto kind = presentKind(record.operation)) {
        undone.push_back(*kind);
        endStep(record.operation, StepState::undone, "reg-1", now);
    }
    EXPECT_THAT(undone, ElementsAre(StepKind::finishRequests, StepKind::drain, StepKind::check));
    EXPECT_EQ(record.operation.steps.back().state, "pending") << "what was never begun stays as it is";
}

// Those that were restarted take traffic again already; only what the present one gave up is taken back.
TEST(Course, ACancelledRestartTakesBackWhatTheUnfinishedOneGaveUp) {
    domain::OperationPlan plan{.kind = domain::OperationKind::rollingRestart,
                               .replica = {},
                               .name = {},
                               .steps = {StepKind::check, StepKind::drain, StepKind::restart, StepKind::drain,
                                         StepKind::restart, StepKind::drain, StepKind::restart},
                               .findings = {},
                               .before = {},
                               .worst = {},
                               .after = {}};
    plan.subjects = {{}};
    for (const char* name : {"reg-2", "reg-2", "reg-3", "reg-3", "reg-1", "reg-1"}) {
        plan.subjects.push_back({ReplicaId(name), name});
    }
    auto record = newOperation(plan, "op-1", {}, "anna", now);
    beginStep(record.operation, "reg-1", now);
    for (int i = 0; i < 4; ++i) { // check, reg-2 whole, reg-3 out of the pool
        endStep(record.operation, StepState::done, "reg-1", now);
    }
    EXPECT_EQ(presentKind(record.operation), StepKind::restart);
    EXPECT_EQ(presentSubject(record.operation).name, "reg-3");
    EXPECT_EQ(record.operation.journal.back().name, "reg-3");
    EXPECT_FALSE(record.operation.committed);
    record.cancelled_by = "bert";
    beginUndo(record, now);
    std::vector<std::string> undone;
    while (const auto kind = presentKind(record.operation)) {
        undone.push_back(std::string(nameOf(*kind)) + " " + presentSubject(record.operation).name);
        endStep(record.operation, canBeUndone(*kind) ? StepState::undone : StepState::skipped, "reg-1", now);
    }
    EXPECT_THAT(undone, ElementsAre("restart reg-3", "drain reg-3", "check "));
    EXPECT_EQ(record.operation.steps[2].state, "done");
    EXPECT_EQ(record.operation.steps[5].state, "pending");
}

struct DecisionCase {
    StepKind at;
    const char* decision;
    const char* step;
    const char* refusal; // part of it; empty: it is done
};

TEST(Course, TakesDecisionsWhereTheyMakeSense) {
    const DecisionCase cases[] = {
        {StepKind::drain, "cancel", "", ""},
        {StepKind::removeMember, "cancel", "", ""},
        {StepKind::stopReplica, "cancel", "", "has left the cluster already"},
        {StepKind::finishRequests, "skip", "finish_requests", ""},
        {StepKind::stopReplica, "skip", "stop_replica", ""},
        {StepKind::handOver, "skip", "finish_requests", "not at the step"},
        {StepKind::completeCopies, "skip", "complete_copies", "cannot be skipped"},
        {StepKind::removeMember, "skip", "remove_member", "cannot be skipped"},
        {StepKind::drain, "skip", "", "not at the step"},
        {StepKind::drain, "explode", "drain", "can be decided"},
    };
    for (const auto& each : cases) {
        auto record = removal();
        goTo(record.operation, each.at);
        const auto before = record;
        const Status decided = decide(record, {each.decision, each.step, "id"}, "bert", now);
        EXPECT_EQ(decided.has_value(), std::string(each.refusal).empty())
            << each.decision << ' ' << each.step;
        if (!decided) {
            EXPECT_THAT(decided.error().text(), HasSubstr(each.refusal));
            EXPECT_EQ(record, before);
        }
    }
}

TEST(Course, WhatIsBeingTakenBackIsNotSkipped) {
    auto record = removal();
    goTo(record.operation, StepKind::drain);
    record.cancelled_by = "bert";
    beginUndo(record, now);
    EXPECT_FALSE(decide(record, {"skip", "drain", "id"}, "bert", now));
}

// Of hours of waiting the record keeps what was done.
TEST(Course, TheJournalForgetsWaitsFirst) {
    auto operation = removal().operation;
    goTo(operation, StepKind::completeCopies);
    const auto done = operation.journal.size();
    for (int i = 0; i < 1000; ++i) {
        note(operation, now, "reg-1", "waits", "complete_copies", "copies");
    }
    EXPECT_LE(operation.journal.size(), 200U);
    EXPECT_EQ(operation.journal.front().what, "started");
    EXPECT_EQ(operation.journal[done - 1].what, "step_began");
}

} // namespace
} // namespace pilothouse::operations
