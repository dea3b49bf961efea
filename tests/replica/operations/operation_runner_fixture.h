// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas that carry an operation out, in memory. What its steps do is a fake's;
// tests/e2e/operation_test.cpp has real ones.
#pragma once

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

using namespace std::chrono_literals;
using domain::StepKind;
using domain::WaitReason;
using state::test::idA;
using state::test::idB;
using state::test::idC;
using state::test::idD;

inline constexpr const char* by = "anna";

inline domain::OperationPlan planOf(domain::OperationKind kind,
                                    domain::Severity worst = domain::Severity::passed) {
    domain::OperationPlan plan;
    plan.kind = kind;
    plan.replica = ReplicaId(kind == domain::OperationKind::join ? idD : idC); // which is no member yet
    plan.name = "reg-3";
    plan.steps = stepsOf(kind);
    plan.findings = {{domain::CheckId::tolerance, worst}};
    return plan;
}

// Does what it is told to, and remembers.
class FakePerformer : public Performer {
public:
    explicit FakePerformer(domain::OperationKind kind) : m_kind(kind) {}

    std::set<StepKind> holding;     // these wait
    std::set<StepKind> holdingUndo; // these are not taken back
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
    engine::Awaitable<StepOutcome> undo(StepKind step, const state::OperationRecord&,
                                        state::MembershipService::Guard) override {
        if (undone.empty() || undone.back() != step) {
            undone.push_back(step);
        }
        if (holdingUndo.contains(step)) {
            const Waits waits{WaitReason::noAnswer, {"reg-3"}};
            co_return waits;
        }
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
                  writer, performer, [&test] { return test.holds("running-operation"); },
                  [this] { return leads; }, Logger()) {
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
        auto record = newOperation(planOf(kind), "op-1", consent, by, "2026-11-28T05:30:12.000Z");
        if (hasHost(kind)) {
            record.host.emplace();
            record.host->id = idD;
            record.host->name = "reg-4";
        }
        put(record);
    }
    void put(const state::OperationRecord& record) {
        ASSERT_TRUE(state::test::run(
            context,
            store.transact({{}, {engine::Put{"running-operation", state::encode(record)}}, {}}, 1s)));
    }
    void putMembership(const state::MembershipRecord& membership) {
        ASSERT_TRUE(state::test::run(
            context, store.transact({{}, {engine::Put{"membership", state::encode(membership)}}, {}}, 1s)));
    }
    void cancel() {
        auto record = now();
        ASSERT_TRUE(decide(record, {"cancel", "", ""}, "bert", "2026-11-28T05:31:00.000Z"));
        put(record);
    }
    // The replica that is to join votes.
    void vote() {
        auto membership = record<state::MembershipRecord>("membership");
        membership.voters = {idA, idB, idC, idD};
        putMembership(membership);
    }
    // The replica that the operation is about is no member any more.
    void leave() {
        auto membership = record<state::MembershipRecord>("membership");
        membership.voters = {idA, idB};
        putMembership(membership);
    }
    [[nodiscard]] state::OperationRecord now() const {
        return record<state::OperationRecord>(holds("running-operation") ? "running-operation"
                                                                         : "operations/op-1");
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

} // namespace pilothouse::operations
