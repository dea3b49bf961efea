// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_repairs.h"

#include "domain/repair.h"

#include <algorithm>

namespace pilothouse::ui::test {
namespace {

constexpr const char* one = "7be0113d90fe";
constexpr const char* two = "5a41f09c2d7e";
constexpr const char* three = "c93d52aa41b7";
constexpr const char* four = "08d1f0a9e3c4";
constexpr const char* five = "e2b7740c91d5";

api::RepairPlan planFrom(const std::string& id, const std::string& name, std::vector<api::Survivor> survivors,
                         std::vector<api::SilentMember> silent) {
    api::RepairPlan plan;
    plan.replica = id;
    plan.name = name;
    plan.from_epoch = 1;
    plan.to_epoch = 2;
    for (const auto step : domain::repairSteps()) {
        plan.steps.emplace_back(nameOf(step));
    }
    plan.survivors = std::move(survivors);
    plan.silent = std::move(silent);
    plan.quorum_at = "2026-11-28T11:42:07.000Z";
    plan.copy_path = "/var/lib/pilothouse/engine.before-epoch-2";
    plan.copy_bytes = 3'400'000'000;
    return plan;
}

// What its checks find, by what is said of those that do not answer.
std::vector<api::Finding> findingsOf(const api::RepairPlan& plan) {
    std::vector<std::string> silent;
    std::vector<std::string> unknown;
    for (const auto& each : plan.silent) {
        silent.push_back(each.name);
        if (each.statement.empty() || each.statement == "unknown") {
            unknown.push_back(each.name);
        }
    }
    const auto& best = plan.survivors.front();
    const bool isBest = best.replica == plan.replica;
    std::vector<api::Finding> findings;
    if (!unknown.empty()) {
        findings.push_back({"statements", "blocks", unknown, {}, {}});
    }
    if (!isBest) {
        findings.push_back({"best_survivor", "needs_word", {plan.name, best.name}, {12}, {}});
    }
    findings.push_back(
        {"entries_lost", "needs_word", silent, {isBest ? 1'204'883 : 1'204'871}, *plan.quorum_at});
    findings.push_back({"blobs_lost", "needs_word", {}, {14, 14}, {}});
    findings.push_back({"no_majority", "passed", {}, {}, {}});
    findings.push_back({"majority_answers", "passed", {plan.name}, {1, 2}, {}});
    if (unknown.empty()) {
        findings.push_back({"statements", "passed", {}, {}, {}});
    }
    findings.push_back({"silent_majority", "passed", {}, {0, 2}, {}});
    findings.push_back({"survivor_votes", "passed", {plan.name}, {}, {}});
    findings.push_back({"survivor_log", "passed", {plan.name}, {1'204'883, 1'204'880}, {}});
    if (isBest) {
        findings.push_back({"best_survivor", "passed", {plan.name, plan.name}, {0}, {}});
    }
    findings.push_back({"copy_space", "passed", {}, {412'600'000'000, 3'400'000'000}, plan.copy_path});
    findings.push_back({"repair_running", "passed", {}, {}, {}});
    return findings;
}

} // namespace

QFuture<Result<api::RepairPlan>> ScriptedRepairs::plan(const QString& survivor,
                                                       const std::vector<api::SilentMember>& said) {
    asked.emplace_back(survivor, said);
    if (silent) {
        waiting.emplace_back().start();
        return waiting.back().future();
    }
    const auto at = plans.find(survivor);
    if (at == plans.end()) {
        return QtFuture::makeReadyFuture(
            Result<api::RepairPlan>(fail(ErrorCode::unavailable, "it does not answer")));
    }
    Result<api::RepairPlan> plan = at->second;
    if (plan) {
        for (auto& each : plan->silent) {
            const auto word = std::find_if(said.begin(), said.end(), [&](const api::SilentMember& one) {
                return one.replica == each.replica;
            });
            each.statement = word != said.end() ? word->statement : "unknown";
        }
        plan->findings = findingsOf(*plan);
    }
    return QtFuture::makeReadyFuture(plan);
}

api::RepairPlan repairOfThree() {
    return planFrom(one, "reg-1.dc1", {{one, "reg-1.dc1", api::EngineLog{17, 1'204'883, 1'204'880}, 14}},
                    {{two, "reg-2.dc1", "unknown"}, {three, "reg-3.dc2", "unknown"}});
}

void answerFromTwoOfFive(ScriptedRepairs& repairs) {
    const std::vector<api::Survivor> ranked{{one, "reg-1.dc1", api::EngineLog{41, 1'204'883, 1'204'880}, 0},
                                            {four, "reg-4.dc2", api::EngineLog{41, 1'204'871, 1'204'871}, 3}};
    const std::vector<api::SilentMember> silent{
        {two, "reg-2.dc1", "unknown"}, {three, "reg-3.dc2", "unknown"}, {five, "reg-5.dc3", "unknown"}};
    repairs.who = {{QString::fromLatin1(four), QStringLiteral("reg-4.dc2")},
                   {QString::fromLatin1(one), QStringLiteral("reg-1.dc1")}};
    repairs.plans = {{QString::fromLatin1(one), planFrom(one, "reg-1.dc1", ranked, silent)},
                     {QString::fromLatin1(four), planFrom(four, "reg-4.dc2", ranked, silent)}};
}

api::Repair repairAt(const api::RepairPlan& plan, const std::string& step) {
    api::Repair repair;
    repair.id = "20261128T114612-4f2a";
    repair.replica = plan.replica;
    repair.name = plan.name;
    repair.phase = "running";
    repair.from_epoch = plan.from_epoch;
    repair.to_epoch = plan.to_epoch;
    repair.silent = plan.silent;
    repair.findings = plan.findings;
    repair.started_by = "anna";
    repair.started_at = "2026-11-28T11:46:12.000Z";
    repair.copy_path = plan.copy_path;
    repair.copy_bytes = plan.copy_bytes;
    bool reached = false;
    for (const auto& each : plan.steps) {
        api::OperationStep at{each, reached ? "pending" : "done", {}, {}};
        if (each == step) {
            at.state = "running";
            at.began_at = "2026-11-28T11:46:13.000Z";
            reached = true;
        } else if (!reached) {
            at.began_at = at.ended_at = "2026-11-28T11:46:13.000Z";
        }
        repair.steps.push_back(at);
    }
    repair.copied_bytes = step == "copy_folder" ? 1'200'000'000 : plan.copy_bytes;
    return repair;
}

api::Repair repairedAs(api::Repair repair, const std::string& phase) {
    repair.phase = phase;
    repair.ended_at = "2026-11-28T11:46:20.000Z";
    if (phase == "done") {
        for (auto& step : repair.steps) {
            step.state = "done";
            step.ended_at = repair.ended_at;
        }
        repair.can_put_back = true;
        repair.changes_since = 0;
    } else {
        for (auto& step : repair.steps) {
            step.state = step.began_at ? "undone" : "pending";
        }
    }
    if (phase == "failed") {
        repair.error = "the engine did not start within 30 s; everything is as it was before";
    }
    return repair;
}

} // namespace pilothouse::ui::test
