// SPDX-License-Identifier: GPL-3.0-or-later
// Operations that are over, with their journals.
#include "domain/repair.h"
#include "scripted_operations.h"

namespace pilothouse::ui::test {
namespace {

constexpr const char* leader = "7be0113d90fe";

// Each step that has an end was begun and done at these times, a second apart.
void tellSteps(api::Operation& operation, const std::string& day, int minute) {
    int second = 12;
    const auto at = [&] {
        const std::string tens = second < 10 ? "0" : "";
        return day + "T05:" + std::to_string(minute) + ":" + tens + std::to_string(second++) + ".000Z";
    };
    operation.started_at = at();
    operation.owner = leader;
    operation.journal = {
        {operation.started_at, operation.started_by, "started", {}, operation.reason.value_or("")}};
    for (api::OperationStep& step : operation.steps) {
        if (!step.began_at) {
            continue;
        }
        step.began_at = at();
        operation.journal.push_back({*step.began_at, leader, "step_began", step.kind, {}});
        if (step.ended_at) {
            step.ended_at = at();
            operation.journal.push_back({*step.ended_at, leader, "step_done", step.kind, {}});
        }
    }
    if (operation.ended_at) {
        operation.ended_at = at();
        operation.journal.push_back({*operation.ended_at, leader, "ended", {}, operation.phase});
    }
}

api::Operation repaired() {
    api::Operation operation;
    operation.id = "20261103T041500-77aa";
    operation.kind = "repair";
    operation.replica = leader;
    operation.name = "reg-1.dc1";
    operation.phase = "done";
    operation.committed = true;
    operation.reason = "fire in hall 2: reg-2 and reg-3 are gone";
    operation.started_by = "anna";
    operation.ended_at = "2026-11-03T05:15:00.000Z";
    for (const auto step : domain::repairSteps()) {
        operation.steps.push_back(
            {std::string(nameOf(step)), "done", operation.ended_at, operation.ended_at});
    }
    operation.findings = {{"entries_lost", "needs_word", {"reg-2.dc1", "reg-3.dc2"}, {1'204'883}, {}},
                          {"no_majority", "passed", {}, {}, {}},
                          {"survivor_votes", "passed", {"reg-1.dc1"}, {}, {}}};
    tellSteps(operation, "2026-11-03", 15);
    return operation;
}

} // namespace

api::OperationList listOfSix() {
    api::OperationList list;
    list.running = waitingFor(operationAt(removalOfFive(), "complete_copies"),
                              {"copies", {"reg-4.dc2"}, {14}, {}, {}, true, {"cancel"}});
    list.running->reason = "its host is given back today";
    tellSteps(*list.running, "2026-11-28", 30);
    list.running->journal.push_back(
        {"2026-11-28T05:31:30.000Z", leader, "waits", "complete_copies", "copies"});
    const auto add = [&](const char* id, api::Operation operation, const char* day, int minute) {
        operation.id = id;
        tellSteps(operation, day, minute);
        list.past.push_back(std::move(operation));
    };
    add("20261127T053012-0001", endedAs(operationAt(joinOfSix(), "take_part"), "done"), "2026-11-27", 10);
    add("20261126T053012-0002", endedAs(operationAt(removalOfFive(), "finish_requests"), "cancelled"),
        "2026-11-26", 20);
    add("20261125T053012-0003", endedAs(operationAt(removalOfTheDead(), "check"), "refused"), "2026-11-25",
        40);
    list.past.push_back(repaired());
    api::Operation newer = endedAs(operationAt(replacementOfTwo(), "take_part"), "done");
    newer.kind = "defragment";
    newer.steps = {{"compact_everything", "done", newer.started_at, newer.ended_at}};
    newer.findings = {{"a_new_check", "passed", {}, {}, "it is well"}};
    add("20261101T053012-0005", newer, "2026-11-01", 50);
    return list;
}

} // namespace pilothouse::ui::test
