// SPDX-License-Identifier: GPL-3.0-or-later
// The course of an operation, whoever carries it out or dies meanwhile.
#include "operation_runner_fixture.h"

namespace pilothouse::operations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(OperationRunnerTest, GoesThroughAllStepsInTheirOrder) {
    FakePerformer performer(domain::OperationKind::remove);
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    untilOver();
    EXPECT_EQ(performer.performed, stepsOf(domain::OperationKind::remove));
    const auto operation = now().operation;
    EXPECT_EQ(operation.phase, "done");
    EXPECT_TRUE(operation.committed);
    EXPECT_EQ(operation.owner, idA);
    EXPECT_TRUE(operation.ended_at);
    EXPECT_THAT(states(), testing::Each("done"));
    EXPECT_EQ(eventsOf("operation-ended").size(), 1U);
    EXPECT_EQ(operation.journal.front().what, "started");
    EXPECT_EQ(operation.journal.front().by, by);
    EXPECT_EQ(operation.journal.back().what, "ended");
    EXPECT_EQ(operation.journal.back().detail, "done");
}

TEST_F(OperationRunnerTest, OnlyTheLeaderCarriesItOut) {
    FakePerformer performer(domain::OperationKind::forget);
    first = carrier(idA, performer);
    first->leads = false;
    begin(domain::OperationKind::forget);
    const auto end = std::chrono::steady_clock::now() + 400ms;
    eventually("time passes", [&] { return std::chrono::steady_clock::now() > end; });
    EXPECT_THAT(performer.performed, IsEmpty());
    first->leads = true;
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
}

// Whoever carries it out may die at any step; the next one goes on there, and does nothing twice that is
// done.
TEST_F(OperationRunnerTest, AnotherGoesOnWhereTheFirstWasKilled) {
    using domain::OperationKind;
    for (const auto kind :
         {OperationKind::remove, OperationKind::forget, OperationKind::join, OperationKind::replace}) {
        const auto& steps = stepsOf(kind);
        for (std::size_t at = 0; at < steps.size(); ++at) {
            FakePerformer before(kind);
            before.holding = {steps[at]};
            begin(kind);
            first = carrier(idA, before);
            eventually("the step begins",
                       [&] { return !before.performed.empty() && before.performed.back() == steps[at]; });
            kill(first);
            ASSERT_TRUE(holds("running-operation"));

            FakePerformer after(kind);
            second = carrier(idB, after);
            untilOver();
            kill(second);
            EXPECT_EQ(after.performed,
                      std::vector<StepKind>(steps.begin() + static_cast<std::ptrdiff_t>(at), steps.end()))
                << nameOf(kind) << ", killed at " << nameOf(steps[at]);
            EXPECT_EQ(now().operation.phase, "done");
            EXPECT_EQ(now().operation.owner, idB);
            EXPECT_THAT(states(), testing::Each("done"));
        }
    }
}

// Its record compares: two that both believe they lead end it once.

TEST_F(OperationRunnerTest, TwoAtOnceEndItOnce) {
    FakePerformer one(domain::OperationKind::remove);
    FakePerformer other(domain::OperationKind::remove);
    begin(domain::OperationKind::remove);
    first = carrier(idA, one);
    second = carrier(idB, other);
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
    EXPECT_EQ(eventsOf("operation-ended").size(), 1U);
    int done = 0;
    for (const auto& line : now().operation.journal) {
        done += line.what == "step_done" ? 1 : 0;
    }
    EXPECT_EQ(done, 7) << "each step is written down once";
}

// The member is gone, the record does not say so yet: there is nothing to go back to.

// While the membership is being changed nobody knows yet what there is to take back.

TEST_F(OperationRunnerTest, OneForAReplicaThatHasLeftIsRefused) {
    leave();
    FakePerformer performer(domain::OperationKind::forget);
    begin(domain::OperationKind::forget);
    first = carrier(idA, performer);
    untilOver();
    EXPECT_EQ(now().operation.phase, "refused");
    EXPECT_THAT(performer.performed, IsEmpty());
}

// A replica that died after it was drained is not waited for when that is taken back.

TEST_F(OperationRunnerTest, AnObjectionAtTheMomentOfTheChangeRefusesIt) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.worst = domain::Severity::blocks;
    begin(domain::OperationKind::remove, {"moved", {}});
    first = carrier(idA, performer);
    untilOver();
    EXPECT_EQ(now().operation.phase, "refused");
    EXPECT_THAT(performer.performed, ElementsAre(StepKind::check));
    EXPECT_EQ(now().operation.findings.front().severity, "blocks");
}

TEST_F(OperationRunnerTest, WhatNeedsAWordHasIt) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.worst = domain::Severity::needsWord;
    begin(domain::OperationKind::remove, {"moved", {}});
    first = carrier(idA, performer);
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
}

TEST_F(OperationRunnerTest, TellsWhatItWaitsForAndWhenThatIsTooLong) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.holding = {StepKind::completeCopies};
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 5; });
    EXPECT_FALSE(now().operation.waiting) << "not worth a word yet";
    clock.advance(600ms);
    eventually("it is told", [&] { return now().operation.waiting.has_value(); });
    EXPECT_EQ(now().operation.waiting->reason, "copies");
    EXPECT_THAT(now().operation.waiting->numbers, ElementsAre(14));
    EXPECT_FALSE(now().operation.waiting->overdue);
    EXPECT_THAT(now().operation.waiting->choices, ElementsAre("cancel"));

    clock.advance(50s);
    performer.blobs = 7; // progress
    eventually("progress is told",
               [&] { return now().operation.waiting->numbers == std::vector<std::int64_t>{7}; });
    clock.advance(50s);
    const auto end = std::chrono::steady_clock::now() + 200ms;
    eventually("time passes", [&] { return std::chrono::steady_clock::now() > end; });
    EXPECT_FALSE(now().operation.waiting->overdue) << "it went on 50 s ago";
    clock.advance(11s);
    eventually("it is overdue", [&] { return now().operation.waiting->overdue; });
    performer.holding.clear();
    untilOver();
    EXPECT_EQ(now().operation.phase, "done") << "it goes on as soon as it can";
}

// The replica is out of the group and finds out; nobody waits for it forever.

TEST_F(OperationRunnerTest, GoesOnWithoutAReplicaThatDoesNotStop) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.holding = {StepKind::stopReplica};
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 7; });
    clock.advance(1s);
    eventually("it is told", [&] { return now().operation.waiting.has_value(); });
    clock.advance(16s);
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
    EXPECT_EQ(states().back(), "skipped");
}

TEST_F(OperationRunnerTest, GoesOnAfterATimeWithoutQuorum) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.holding = {StepKind::drain};
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 2; });
    engine.noQuorum = true;
    performer.holding.clear();
    const auto end = std::chrono::steady_clock::now() + 300ms;
    eventually("time passes", [&] { return std::chrono::steady_clock::now() > end; });
    EXPECT_TRUE(holds("running-operation"));
    engine.noQuorum = false;
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
}

TEST_F(OperationRunnerTest, KeepsTheNewestHundred) {
    for (int i = 0; i < 100; ++i) {
        const std::string number = std::to_string(1000 + i);
        const std::string key = "operations/a" + number;
        ASSERT_TRUE(state::test::run(
            context,
            store.transact({{}, {engine::Put{key, state::encode(state::OperationRecord())}}, {}}, 1s)));
    }
    FakePerformer performer(domain::OperationKind::forget);
    begin(domain::OperationKind::forget);
    first = carrier(idA, performer);
    untilOver();
    EXPECT_FALSE(holds("operations/a1000"));
    EXPECT_TRUE(holds("operations/a1001"));
    EXPECT_TRUE(holds("operations/op-1"));
}

} // namespace
} // namespace pilothouse::operations
