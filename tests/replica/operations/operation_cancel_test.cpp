// SPDX-License-Identifier: GPL-3.0-or-later
// Operations that are cancelled, and what is taken back.
#include "operation_runner_fixture.h"

namespace pilothouse::operations {
namespace {

using testing::IsEmpty;

class OperationCancelTest : public OperationRunnerTest {
protected:
    // Cancels an operation of that kind at its step number `at`, and looks how it ends.
    void cancelAt(domain::OperationKind kind, std::size_t at) {
        const auto& steps = stepsOf(kind);
        const std::string where = std::string(nameOf(kind)) + ", " + std::string(nameOf(steps[at]));
        FakePerformer performer(kind);
        performer.holding = {steps[at]};
        begin(kind);
        first = carrier(idA, performer);
        eventually("the step begins",
                   [&] { return !performer.performed.empty() && performer.performed.back() == steps[at]; });
        auto record = now();
        const auto commit = std::find(steps.begin(), steps.end(), *commitOf(kind)) - steps.begin();
        const bool committed = static_cast<std::ptrdiff_t>(at) > commit;
        const Status decided = decide(record, {"cancel", "", ""}, "bert", "2026-11-28T05:31:00.000Z");
        ASSERT_EQ(decided.has_value(), !committed) << where;
        put(record);
        if (committed) {
            performer.holding.clear();
        }
        untilOver();
        kill(first);
        EXPECT_EQ(now().operation.phase, committed ? "done" : "cancelled") << where;
        if (!committed) {
            // The newest first.
            std::vector<StepKind> undone(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(at) + 1);
            std::erase_if(undone, [&](StepKind step) { return step != steps[at] && !canBeUndone(step); });
            std::reverse(undone.begin(), undone.end());
            EXPECT_EQ(performer.undone, undone) << where;
        }
    }
};

TEST_F(OperationCancelTest, CanBeCancelledAtEachStepUntilItCommits) {
    for (const auto kind :
         {domain::OperationKind::remove, domain::OperationKind::join, domain::OperationKind::replace}) {
        for (std::size_t at = 0; at < stepsOf(kind).size(); ++at) {
            cancelAt(kind, at);
        }
    }
}

// The dead one stays forgotten; only what was done for the new one is taken back.
TEST_F(OperationRunnerTest, ACancelledReplacementHasForgottenNevertheless) {
    FakePerformer performer(domain::OperationKind::replace);
    performer.holding = {StepKind::catchUp};
    begin(domain::OperationKind::replace);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 5; });
    leave();
    cancel();
    untilOver();
    EXPECT_EQ(now().operation.phase, "cancelled");
    EXPECT_THAT(performer.undone, testing::ElementsAre(StepKind::catchUp, StepKind::admit, StepKind::check));
    EXPECT_THAT(states(),
                testing::ElementsAre("undone", "done", "done", "undone", "undone", "pending", "pending"));
}

// Cancelled in the very moment in which the dead one is forgotten, it says whether that happened.
TEST_F(OperationRunnerTest, ACancelledReplacementSaysWhetherItHasForgotten) {
    for (const bool forgotten : {false, true}) {
        FakePerformer performer(domain::OperationKind::replace);
        performer.holding = {StepKind::removeMember};
        begin(domain::OperationKind::replace);
        first = carrier(idA, performer);
        eventually("the step begins", [&] { return performer.performed.size() == 2; });
        if (forgotten) {
            leave();
        }
        cancel();
        untilOver();
        kill(first);
        EXPECT_EQ(now().operation.phase, "cancelled");
        EXPECT_EQ(states()[1], forgotten ? "done" : "undone");
    }
}

TEST_F(OperationRunnerTest, AJoinIsTooLateToCancelOnceItVotes) {
    FakePerformer performer(domain::OperationKind::join);
    performer.holding = {StepKind::promote};
    begin(domain::OperationKind::join);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 4; });
    vote();
    cancel();
    performer.holding.clear();
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
    EXPECT_THAT(performer.undone, IsEmpty());
}

TEST_F(OperationRunnerTest, ACancelThatComesWithTheCommitIsTooLate) {
    FakePerformer performer(domain::OperationKind::forget);
    performer.holding = {StepKind::removeMember};
    begin(domain::OperationKind::forget);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 2; });
    leave();
    cancel();
    performer.holding.clear();
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
    EXPECT_THAT(performer.undone, IsEmpty());
    const auto journal = now().operation.journal;
    EXPECT_TRUE(std::any_of(journal.begin(), journal.end(), [](const auto& line) {
        return line.what == "cancelled_too_late" && line.by == "bert";
    }));
}

TEST_F(OperationRunnerTest, ACancelWaitsUntilTheMembershipIsKnown) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.holding = {StepKind::removeMember};
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 6; });
    auto membership = record<state::MembershipRecord>("membership");
    membership.phase = state::Phase::changing;
    putMembership(membership);
    cancel();
    const auto end = std::chrono::steady_clock::now() + 200ms;
    eventually("time passes", [&] { return std::chrono::steady_clock::now() > end; });
    EXPECT_EQ(now().operation.phase, "running");
    EXPECT_THAT(performer.undone, IsEmpty());
    membership.phase = state::Phase::stable;
    membership.voters = {idA, idB};
    performer.holding.clear();
    putMembership(membership);
    untilOver();
    EXPECT_EQ(now().operation.phase, "done") << "it had left";
}

TEST_F(OperationRunnerTest, AnUndoDoesNotWaitForTheDead) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.holding = {StepKind::finishRequests};
    performer.holdingUndo = {StepKind::drain};
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 3; });
    cancel();
    eventually("the undo begins",
               [&] { return !performer.undone.empty() && performer.undone.back() == StepKind::drain; });
    clock.advance(1s);
    eventually("it is told", [&] { return now().operation.waiting.has_value(); });
    clock.advance(16s);
    untilOver();
    EXPECT_EQ(now().operation.phase, "cancelled");
    EXPECT_EQ(states()[1], "skipped");
}

TEST_F(OperationRunnerTest, TheUndoGoesOnElsewhereToo) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.holding = {StepKind::completeCopies};
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 5; });
    kill(first);
    cancel();
    FakePerformer after(domain::OperationKind::remove);
    second = carrier(idB, after);
    untilOver();
    EXPECT_EQ(now().operation.phase, "cancelled");
    EXPECT_THAT(after.performed, IsEmpty());
    EXPECT_EQ(after.undone.front(), StepKind::completeCopies);
}

} // namespace
} // namespace pilothouse::operations
