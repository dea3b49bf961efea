// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_operations.h"

#include "domain/operation.h"

namespace pilothouse::ui::test {
namespace {

std::vector<api::Finding> good() {
    return {{"quorum", "passed", {}, {5, 3}, {}},        {"other_operation", "passed", {}, {}, {}},
            {"joining", "passed", {}, {}, {}},           {"database_space", "passed", {}, {}, {}},
            {"last_voter", "passed", {"reg-5"}, {}, {}}, {"copies_known", "passed", {}, {}, {}}};
}

api::OperationPlan planOf(domain::OperationKind kind, const std::string& name, api::Margin before,
                          api::Margin after, std::vector<api::Finding> findings) {
    api::OperationPlan plan;
    plan.kind = nameOf(kind);
    plan.replica = "c00000000005";
    plan.name = name;
    for (const auto step : stepsOf(kind)) {
        plan.steps.emplace_back(nameOf(step));
    }
    plan.findings = std::move(findings);
    for (auto& finding : good()) {
        plan.findings.push_back(std::move(finding));
    }
    plan.before = before;
    plan.after = after;
    plan.worst = after.tolerates < before.tolerates ? after : before;
    return plan;
}

} // namespace

api::OperationPlan removalOfFive() {
    return planOf(domain::OperationKind::remove, "reg-5.dc3", {5, 5, 2}, {4, 4, 1},
                  {{"tolerance", "information", {}, {2, 1, 4}, {}},
                   {"copies_behind", "information", {"reg-4.dc2"}, {14}, {}}});
}

api::OperationPlan removalOfThree() {
    return planOf(domain::OperationKind::remove, "reg-3.dc2", {3, 3, 1}, {2, 2, 0},
                  {{"tolerance", "needs_word", {}, {1, 0, 2}, {}}});
}

api::OperationPlan removalOfTheDead() {
    return planOf(domain::OperationKind::remove, "reg-2.dc1", {5, 4, 1}, {4, 4, 1},
                  {{"answers", "blocks", {"reg-2.dc1"}, {}, {}}});
}

api::OperationPlan forgettingTheLastCopy() {
    return planOf(domain::OperationKind::forget, "reg-2.dc1", {3, 2, 0}, {2, 2, 0},
                  {{"copies_left", "forcible", {}, {3}, {}}});
}

api::Operation operationAt(const api::OperationPlan& plan, const std::string& step) {
    api::Operation operation;
    operation.id = "20261128T053012-4f2a";
    operation.kind = plan.kind;
    operation.replica = plan.replica;
    operation.name = plan.name;
    operation.phase = "running";
    operation.before = plan.before;
    operation.worst = plan.worst;
    operation.after = plan.after;
    operation.findings = plan.findings;
    operation.started_by = "anna";
    operation.started_at = "2026-11-28T05:30:12.000Z";
    bool reached = false;
    for (const auto& each : plan.steps) {
        api::OperationStep at{each, reached ? "pending" : "done", {}, {}};
        if (each == step) {
            at.state = "running";
            reached = true;
        } else if (!reached) {
            at.began_at = at.ended_at = "2026-11-28T05:30:13.000Z";
            operation.committed = operation.committed || each == "remove_member";
        }
        operation.steps.push_back(at);
    }
    return operation;
}

api::Operation waitingFor(api::Operation operation, api::Waiting waiting) {
    operation.waiting = std::move(waiting);
    return operation;
}

api::Operation endedAs(api::Operation operation, const std::string& phase) {
    operation.phase = phase;
    operation.ended_at = "2026-11-28T05:30:20.000Z";
    operation.waiting.reset();
    if (phase == "done") {
        for (auto& step : operation.steps) {
            step.state = "done";
            step.ended_at = operation.ended_at;
        }
    }
    return operation;
}

} // namespace pilothouse::ui::test
