// SPDX-License-Identifier: GPL-3.0-or-later
// The course of an operation, whoever carries it out, dies or cancels meanwhile. What the steps do is a
// fake's; tests/e2e/operation_test.cpp has real ones.
#include "fixture.h"
#include "replica/node/sleep.h"
#include "replica/operations/conversion.h"
#include "replica/operations/operation_runner.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>

#include <set>

namespace pilothouse::operations {
namespace {

using namespace std::chrono_literals;
using domain::StepKind;
using domain::WaitReason;
using state::test::idA;
using state::test::idB;
using state::test::idC;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* by = "anna";

domain::OperationPlan planOf(domain::OperationKind kind, domain::Severity worst = domain::Severity::passed) {
    domain::OperationPlan plan;
    plan.kind = kind;
    plan.replica = ReplicaId(idC);
    plan.name = "reg-3";
    plan.steps = stepsOf(kind);
    plan.findings = {{domain::CheckId::tolerance, worst}};
    return plan;
}

// Does what it is told to, and remembers.
class FakePerformer : public Performer {
public:
    explicit FakePerformer(domain::OperationKind kind) : m_kind(kind) {}

    std::set<StepKind> holding; // these wait
    domain::Severity worst = domain::Severity::passed;
    bool draining = false;
    std::function<void(StepKind)> onPerform;
    std::vector<StepKind> performed; // each once in a row
    std::vector<StepKind> undone;

    engine::Awaitable<StepOutcome> perform(StepKind step, const state::OperationRecord&,
                                           state::MembershipService::Guard) override {
        if (performed.empty() || performed.back() != step) {
            performed.push_back(step);
        }
        if (onPerform) {
            onPerform(step);
        }
        if (holding.contains(step)) {
            const Waits waits{WaitReason::copies, {"reg-1"}, {blobs}};
            co_return waits;
        }
        if (step == StepKind::check) {
            Checked checked{planOf(m_kind, worst), draining};
            co_return checked;
        }
        co_return Done{};
    }
    engine::Awaitable<StepOutcome> undo(StepKind step, const state::OperationRecord&) override {
        undone.push_back(step);
        co_return Done{};
    }
    std::int64_t blobs = 14;

private:
    domain::OperationKind m_kind;
};

class OperationRunnerTest : public state::test::StateTest {
protected:
    // A replica that carries operations out, until it is killed.
    struct Carrier {
        Carrier(OperationRunnerTest& test, const std::string& id, Performer& performer)
            : writer(test.engine, test.clock, security::systemRandom(), ReplicaId(id), nullptr),
              runner(
                  writer, performer, [&test] { return test.holds("running-operation"); }, [this] { return leads; },
                  Logger()) {
            boost::asio::co_spawn(test.context, runner.run(),
                                  boost::asio::bind_cancellation_slot(
                                      end.slot(), [this](const std::exception_ptr&) { ended = true; }));
        }
        bool leads = true;
        bool ended = false;
        boost::asio::cancellation_signal end;
        state::StateWriter writer;
        OperationRunner runner;
    };
    std::unique_ptr<Carrier> carrier(const std::string& id, Performer& performer) {
        return std::make_unique<Carrier>(*this, id, performer);
    }
    void kill(std::unique_ptr<Carrier>& carrier) {
        if (!carrier) {
            return;
        }
        carrier->end.emit(boost::asio::cancellation_type::terminal);
        eventually("the carrier ends", [&] { return carrier->ended; });
        carrier.reset();
    }
    void TearDown() override {
        kill(first);
        kill(second);
    }

    void begin(domain::OperationKind kind, const domain::Consent& consent = {}) {
        const auto record = newOperation(planOf(kind), "op-1", consent, by, "2026-11-28T05:30:12.000Z");
        put(record);
    }
    void put(const state::OperationRecord& record) {
        ASSERT_TRUE(state::test::run(
            context, store.transact({{}, {engine::Put{"running-operation", state::encode(record)}}, {}}, 1s)));
    }
    [[nodiscard]] state::OperationRecord now() const {
        return record<state::OperationRecord>(holds("running-operation") ? "running-operation" : "operations/op-1");
    }
    void eventually(const char* what, const std::function<bool()>& holdsNow) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        context.restart();
        while (!holdsNow()) {
            ASSERT_LT(std::chrono::steady_clock::now(), end) << what << "\n" << state::encode(now());
            context.run_one_for(5ms);
        }
    }
    void untilOver() {
        eventually("the operation ends", [&] { return !holds("running-operation"); });
    }
    [[nodiscard]] std::vector<std::string> states() const {
        std::vector<std::string> all;
        for (const auto& step : now().operation.steps) {
            all.push_back(step.state);
        }
        return all;
    }

    ManualClock clock;
    std::unique_ptr<Carrier> first;
    std::unique_ptr<Carrier> second;
};

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
    for (const auto kind : {domain::OperationKind::remove, domain::OperationKind::forget}) {
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

TEST_F(OperationRunnerTest, CanBeCancelledAtEachStepUntilItCommits) {
    const auto& steps = stepsOf(domain::OperationKind::remove);
    for (std::size_t at = 0; at < steps.size(); ++at) {
        FakePerformer performer(domain::OperationKind::remove);
        performer.holding = {steps[at]};
        begin(domain::OperationKind::remove);
        first = carrier(idA, performer);
        eventually("the step begins",
                   [&] { return !performer.performed.empty() && performer.performed.back() == steps[at]; });
        auto record = now();
        const bool committed = at > 5;
        const Status decided = decide(record, {"cancel", "", ""}, "bert", "2026-11-28T05:31:00.000Z");
        ASSERT_EQ(decided.has_value(), !committed) << nameOf(steps[at]);
        put(record);
        if (committed) {
            performer.holding.clear();
        }
        untilOver();
        kill(first);
        EXPECT_EQ(now().operation.phase, committed ? "done" : "cancelled") << nameOf(steps[at]);
        if (!committed) {
            // The newest first.
            std::vector<StepKind> undone(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(at) + 1);
            std::reverse(undone.begin(), undone.end());
            EXPECT_EQ(performer.undone, undone) << nameOf(steps[at]);
        }
    }
}

// The member is gone, the record does not say so yet: there is nothing to go back to.
TEST_F(OperationRunnerTest, ACancelThatComesWithTheCommitIsTooLate) {
    FakePerformer performer(domain::OperationKind::forget);
    performer.holding = {StepKind::removeMember};
    begin(domain::OperationKind::forget);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 2; });
    ASSERT_TRUE(
        state::test::run(context, store.transact({{}, {engine::Delete{"members/" + idC, {}}}, {}}, 1s)));
    auto record = now();
    ASSERT_TRUE(decide(record, {"cancel", "", ""}, "bert", "2026-11-28T05:31:00.000Z"));
    put(record);
    performer.holding.clear();
    untilOver();
    EXPECT_EQ(now().operation.phase, "done");
    EXPECT_THAT(performer.undone, IsEmpty());
    const auto journal = now().operation.journal;
    EXPECT_TRUE(std::any_of(journal.begin(), journal.end(), [](const auto& line) {
        return line.what == "cancelled_too_late" && line.by == "bert";
    }));
}

TEST_F(OperationRunnerTest, TheUndoGoesOnElsewhereToo) {
    FakePerformer performer(domain::OperationKind::remove);
    performer.holding = {StepKind::completeCopies};
    begin(domain::OperationKind::remove);
    first = carrier(idA, performer);
    eventually("the step begins", [&] { return performer.performed.size() == 5; });
    kill(first);
    auto record = now();
    ASSERT_TRUE(decide(record, {"cancel", "", ""}, "bert", "2026-11-28T05:31:00.000Z"));
    put(record);
    FakePerformer after(domain::OperationKind::remove);
    second = carrier(idB, after);
    untilOver();
    EXPECT_EQ(now().operation.phase, "cancelled");
    EXPECT_THAT(after.performed, IsEmpty());
    EXPECT_EQ(after.undone.front(), StepKind::completeCopies);
}

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
