// SPDX-License-Identifier: GPL-3.0-or-later
// How the record of an operation changes as it goes on. Pure: times come from the caller, as RFC 3339.
#pragma once

#include "domain/operation_plan.h"
#include "replica/security/random.h"
#include "replica/state/records.h"

#include <cstddef>
#include <optional>
#include <string>

namespace pilothouse::operations {

constexpr std::size_t keptOperations = 100; // past ones

// Why a step is not done yet.
struct Waits {
    domain::WaitReason reason{};
    std::vector<std::string> names = {};
    std::vector<std::int64_t> numbers = {};
    std::string detail = {};
    friend bool operator==(const Waits&, const Waits&) = default;
};

// Of one that begins at `now`, so that they sort by their ages.
[[nodiscard]] std::string newOperationId(const std::string& now, const security::Random& random);

// One that has been asked for and of which nothing is done yet.
[[nodiscard]] state::OperationRecord newOperation(const domain::OperationPlan& plan, const std::string& id,
                                                  const domain::Consent& consent, const std::string& by,
                                                  const std::string& now);

// Its first step that is neither done nor skipped; nullptr when all are. While it is taken back: the last one
// that was begun and is not undone.
[[nodiscard]] const api::OperationStep* presentStep(const api::Operation& operation);
[[nodiscard]] std::optional<domain::StepKind> presentKind(const api::Operation& operation);

// The replica that a step is about; the operation's where it names none.
struct Subject {
    std::string replica; // id; empty: all
    std::string name;
};
[[nodiscard]] Subject subjectOf(const api::Operation& operation, const api::OperationStep* step);
// Of the present step.
[[nodiscard]] Subject presentSubject(const api::Operation& operation);

// What a plan says of the checks and of what may be lost.
void takePlan(api::Operation& operation, const domain::OperationPlan& plan);

// Adds a line to its journal, which keeps the newest 200 or so; what waits is forgotten before what was done.
void note(api::Operation& operation, const std::string& at, const std::string& by, const std::string& what,
          const std::string& step = {}, const std::string& detail = {},
          const std::optional<std::string>& name = {});

// The present step begins.
void beginStep(api::Operation& operation, const std::string& by, const std::string& now);
// It is done, skipped or undone; the next one begins.
void endStep(api::Operation& operation, domain::StepState how, const std::string& by, const std::string& now);
// It waits. `overdue`: for longer than it should.
void setWaiting(api::Operation& operation, const Waits& waits, bool overdue, const std::string& since);
// From now on it is taken back.
void beginUndo(state::OperationRecord& record, const std::string& now);
// What an operator decides. ErrorCode::invalid: there is no such decision. ErrorCode::conflict: it is too
// late for it, or the step cannot be skipped.
[[nodiscard]] Status decide(state::OperationRecord& record, const api::DecideOperation& wanted,
                            const std::string& by, const std::string& now);
// It is over.
void end(api::Operation& operation, domain::OperationPhase how, const std::string& by,
         const std::string& now);

} // namespace pilothouse::operations
