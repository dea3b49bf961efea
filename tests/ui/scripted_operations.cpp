// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_operations.h"

#include "domain/operation.h"

#include <algorithm>

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

api::OperationPlan joinOf(const std::string& name, std::vector<api::Finding> findings) {
    api::OperationPlan plan = planOf(domain::OperationKind::join, name, {5, 5, 2}, {6, 6, 2}, {});
    plan.replica.clear();
    plan.host_name = name;
    plan.findings = std::move(findings);
    for (api::Finding& finding : std::vector<api::Finding>{{"quorum", "passed", {}, {5, 3}, {}},
                                                           {"other_operation", "passed", {}, {}, {}},
                                                           {"joining", "passed", {}, {}, {}},
                                                           {"members_well", "passed", {}, {}, {}},
                                                           {"database_space", "passed", {}, {}, {}},
                                                           {"host_answers", "passed", {name}, {}, {}},
                                                           {"host_name", "passed", {name}, {}, {}},
                                                           {"host_address", "passed", {}, {}, {}},
                                                           {"host_version", "passed", {}, {3, 3}, "1.4.0"},
                                                           {"host_engine", "passed", {}, {}, "3.5.9"},
                                                           {"host_clock", "passed", {}, {2}, {}}}) {
        plan.findings.push_back(std::move(finding));
    }
    return plan;
}

const api::Finding sixVote{"voter_count", "information", {}, {6}, {}};
const api::Finding ownComputer{"host_machine", "passed", {}, {}, "n-16"};
const api::Finding room{"host_disk", "passed", {}, {1'900'000'000'000, 412'600'000'000, 413'700'000'000}, {}};
const api::Finding quick{"host_disk_speed", "passed", {}, {1300}, {}};
const api::Finding large{"host_resources", "passed", {}, {8, 16'000'000'000, 65536}, {}};
const api::Finding open{"host_paths", "passed", {}, {30, 30}, {}};

} // namespace

api::OperationPlan joinOfSix() {
    return joinOf("reg-6.dc3", {sixVote, ownComputer, room, quick, large, open});
}

api::OperationPlan joinOfTheShared() {
    return joinOf("reg-6.dc3", {{"host_machine", "blocks", {"reg-5.dc3"}, {}, "n-15"},
                                {"host_paths",
                                 "blocks",
                                 {"reg-2.dc1", "reg-6.dc3", "engine", "timeout", "reg-6.dc3", "reg-4.dc2",
                                  "https", "refused"},
                                 {30, 28},
                                 {}},
                                {"host_disk_speed", "needs_word", {}, {620'000}, {}},
                                sixVote,
                                room,
                                large});
}

api::OperationPlan joinOfTheSlow() {
    return joinOf("reg-6.dc3", {{"host_disk_speed", "needs_word", {}, {620'000}, {}},
                                sixVote,
                                {"host_resources", "information", {}, {1, 1'000'000'000, 1024}, {}},
                                ownComputer,
                                room,
                                open});
}

api::OperationPlan joinOfTheUnreachable() {
    api::OperationPlan plan = joinOf("10.2.0.16:7443", {sixVote});
    for (api::Finding& finding : plan.findings) {
        if (finding.check == "host_answers") {
            finding.severity = "blocks";
            finding.detail = "10.2.0.16:7443 cannot be reached: connection refused";
        }
    }
    std::erase_if(plan.findings, [](const api::Finding& finding) {
        return finding.check.starts_with("host_") && finding.check != "host_answers";
    });
    std::stable_sort(plan.findings.begin(), plan.findings.end(), [](const auto& a, const auto& b) {
        return (a.severity == "blocks") > (b.severity == "blocks");
    });
    return plan;
}

api::OperationPlan replacementOfTwo() {
    api::OperationPlan plan = joinOfSix();
    plan.kind = nameOf(domain::OperationKind::replace);
    plan.replica = "a00000000002";
    plan.name = "reg-2.dc1";
    plan.steps.clear();
    for (const auto step : stepsOf(domain::OperationKind::replace)) {
        plan.steps.emplace_back(nameOf(step));
    }
    std::erase_if(plan.findings, [](const api::Finding& finding) { return finding.check == "voter_count"; });
    plan.findings.push_back({"silent", "passed", {"reg-2.dc1"}, {}, {}});
    plan.before = {5, 4, 1};
    plan.worst = {4, 4, 1};
    plan.after = {5, 5, 2};
    return plan;
}

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
    operation.host_name = plan.host_name;
    operation.phase = "running";
    const auto commit = nameOf(*commitOf(*domain::operationKindOf(plan.kind)));
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
            at.began_at = "2026-11-28T05:30:13.000Z";
            reached = true;
        } else if (!reached) {
            at.began_at = at.ended_at = "2026-11-28T05:30:13.000Z";
            operation.committed = operation.committed || each == commit;
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
    for (auto& step : operation.steps) {
        if (phase != "done" && step.began_at && step.kind != "check" &&
            canBeUndone(*domain::stepKindOf(step.kind))) {
            step.state = "undone";
        }
    }
    return operation;
}

} // namespace pilothouse::ui::test
