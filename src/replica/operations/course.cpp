// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/course.h"

#include "replica/operations/conversion.h"

#include <algorithm>

namespace pilothouse::operations {

using domain::OperationPhase;
using domain::StepState;

namespace {

constexpr std::size_t keptLines = 200;

std::string name(auto value) {
    return std::string(domain::nameOf(value));
}

bool isOver(const api::OperationStep& step) {
    return step.state == nameOf(StepState::done) || step.state == nameOf(StepState::skipped);
}

// One that was restarted is in the pool again.
bool wasRestarted(const api::Operation& operation, const std::optional<std::string>& replica) {
    return replica && std::any_of(operation.steps.begin(), operation.steps.end(), [&](const auto& step) {
               return step.kind == nameOf(domain::StepKind::restart) && step.replica == replica &&
                      step.state == nameOf(StepState::done);
           });
}

bool isToBeUndone(const api::Operation& operation, const api::OperationStep& step) {
    const auto kind = domain::stepKindOf(step.kind);
    return step.state == nameOf(StepState::running) ||
           (step.state == nameOf(StepState::done) && (!kind || canBeUndone(*kind)) &&
            !wasRestarted(operation, step.replica));
}

// An api::OperationStep, const or not.
template <typename Operation>
auto* present(Operation& operation) {
    auto& steps = operation.steps;
    if (operation.phase == nameOf(OperationPhase::undoing)) {
        const auto last = std::find_if(steps.rbegin(), steps.rend(),
                                       [&](const auto& step) { return isToBeUndone(operation, step); });
        return last != steps.rend() ? &*last : nullptr;
    }
    const auto first =
        std::find_if(steps.begin(), steps.end(), [](const auto& step) { return !isOver(step); });
    return first != steps.end() ? &*first : nullptr;
}

// Why it is too late to cancel.
Error tooLate(const state::OperationRecord& record) {
    const std::string name = record.host ? record.host->name : record.operation.name;
    const auto kind = domain::operationKindOf(record.operation.kind);
    if (record.host) {
        return {ErrorCode::conflict, name + " votes already: that cannot be cancelled",
                "Remove it, if it is not wanted"};
    }
    if (kind && !changesMembers(*kind)) {
        return {ErrorCode::conflict, "that is done already: it cannot be cancelled",
                "Do the opposite, if it is not wanted"};
    }
    return {ErrorCode::conflict, name + " has left the cluster already: that cannot be cancelled", {}};
}

} // namespace

std::string newOperationId(const std::string& now, const security::Random& random) {
    std::string id;
    for (const char c : now.substr(0, 19)) { // 2026-11-28T05:30:12
        if (c != '-' && c != ':') {
            id += c;
        }
    }
    return id + "-" + random.hex(2);
}

state::OperationRecord newOperation(const domain::OperationPlan& plan, const std::string& id,
                                    const domain::Consent& consent, const std::string& by,
                                    const std::string& now) {
    state::OperationRecord record;
    api::Operation& operation = record.operation;
    operation.id = id;
    operation.kind = name(plan.kind);
    operation.replica = plan.replica.str();
    operation.name = plan.name;
    operation.phase = name(OperationPhase::running);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        api::OperationStep step{name(plan.steps[i]), name(StepState::pending), {}, {}};
        if (i < plan.subjects.size() && !plan.subjects[i].name.empty()) {
            step.replica = plan.subjects[i].replica.str();
            step.name = plan.subjects[i].name;
        }
        operation.steps.push_back(std::move(step));
    }
    takePlan(operation, plan);
    if (!plan.newName.empty()) {
        operation.new_name = plan.newName;
    }
    if (hasHost(plan.kind)) {
        operation.host_name = plan.hostName;
    }
    if (!consent.reason.empty()) {
        operation.reason = consent.reason;
    }
    if (!consent.typedName.empty()) {
        operation.typed_name = consent.typedName;
    }
    operation.started_by = by;
    operation.started_at = now;
    note(operation, now, by, "started", {}, consent.reason);
    return record;
}

void takePlan(api::Operation& operation, const domain::OperationPlan& plan) {
    operation.findings = toApi(plan.findings);
    operation.before = toApi(plan.before);
    operation.worst = toApi(plan.worst);
    operation.after = toApi(plan.after);
}

const api::OperationStep* presentStep(const api::Operation& operation) {
    return present(operation);
}

Subject subjectOf(const api::Operation& operation, const api::OperationStep* step) {
    return step != nullptr && step->replica ? Subject{*step->replica, step->name.value_or(*step->replica)}
                                            : Subject{operation.replica, operation.name};
}

Subject presentSubject(const api::Operation& operation) {
    return subjectOf(operation, presentStep(operation));
}

std::optional<domain::StepKind> presentKind(const api::Operation& operation) {
    const auto* step = presentStep(operation);
    return step != nullptr ? domain::stepKindOf(step->kind) : std::nullopt;
}

void note(api::Operation& operation, const std::string& at, const std::string& by, const std::string& what,
          const std::string& step, const std::string& detail, const std::optional<std::string>& name) {
    auto& journal = operation.journal;
    if (journal.size() >= keptLines) {
        const auto waits = std::find_if(journal.begin(), journal.end(),
                                        [](const api::JournalLine& line) { return line.what == "waits"; });
        journal.erase(waits != journal.end() ? waits : journal.begin());
    }
    journal.push_back({at, by, what, step, detail, name});
}

void beginStep(api::Operation& operation, const std::string& by, const std::string& now) {
    if (auto* step = present(operation); step != nullptr && step->state == nameOf(StepState::pending)) {
        step->state = name(StepState::running);
        step->began_at = now;
        note(operation, now, by, "step_began", step->kind, {}, step->name);
    }
}

void endStep(api::Operation& operation, StepState how, const std::string& by, const std::string& now) {
    auto* step = present(operation);
    if (step == nullptr) {
        return;
    }
    step->state = name(how);
    step->ended_at = now;
    operation.waiting.reset();
    note(operation, now, by, "step_" + name(how), step->kind, {}, step->name);
    const auto kind = domain::operationKindOf(operation.kind);
    const auto commit = kind ? commitOf(*kind) : std::nullopt;
    if (commit && how == StepState::done && step->kind == nameOf(*commit)) {
        operation.committed = true;
    }
    if (operation.phase == nameOf(OperationPhase::running)) {
        beginStep(operation, by, now);
    }
}

void setWaiting(api::Operation& operation, const Waits& waits, bool overdue, const std::string& since) {
    const auto kind = presentKind(operation);
    api::Waiting waiting{name(waits.reason), waits.names, waits.numbers, waits.detail, since, overdue, {}};
    const bool running = operation.phase == nameOf(OperationPhase::running);
    if (running && !operation.committed) {
        waiting.choices.push_back(name(domain::Decision::cancel));
    }
    if (running && kind && canBeSkipped(*kind)) {
        waiting.choices.push_back(name(domain::Decision::skip));
    }
    operation.waiting = std::move(waiting);
}

void beginUndo(state::OperationRecord& record, const std::string& now) {
    record.operation.phase = name(OperationPhase::undoing);
    record.operation.waiting.reset();
    note(record.operation, now, record.cancelled_by, "cancelled");
}

Status decide(state::OperationRecord& record, const api::DecideOperation& wanted, const std::string& by,
              const std::string& now) {
    api::Operation& operation = record.operation;
    const auto decision = domain::decisionOf(wanted.decision);
    if (!decision) {
        return fail(ErrorCode::invalid, "decision: \"cancel\" or \"skip\" can be decided");
    }
    if (*decision == domain::Decision::cancel) {
        if (operation.committed) {
            return fail(tooLate(record));
        }
        record.cancelled_by = by;
        return {};
    }
    const auto present = presentKind(operation);
    if (!present || nameOf(*present) != wanted.step ||
        operation.phase != nameOf(domain::OperationPhase::running)) {
        return fail(ErrorCode::conflict, "the operation is not at the step \"" + wanted.step + "\" any more");
    }
    if (!canBeSkipped(*present)) {
        return fail(ErrorCode::conflict, "the step \"" + wanted.step + "\" cannot be skipped",
                    operation.committed ? "" : "Cancel the operation instead");
    }
    endStep(operation, domain::StepState::skipped, by, now);
    return {};
}

void end(api::Operation& operation, OperationPhase how, const std::string& by, const std::string& now) {
    operation.phase = name(how);
    operation.ended_at = now;
    operation.waiting.reset();
    note(operation, now, by, "ended", {}, name(how));
}

} // namespace pilothouse::operations
