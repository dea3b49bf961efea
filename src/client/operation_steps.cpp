// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/operation_steps.h"

#include <algorithm>

namespace pilothouse::client {

api::DecideOperation decisionAbout(const api::Operation& operation, domain::Decision decision) {
    const auto present = std::find_if(operation.steps.begin(), operation.steps.end(), [](const auto& step) {
        return step.state == nameOf(domain::StepState::running);
    });
    return {.decision = std::string(nameOf(decision)),
            .step = present != operation.steps.end() ? present->kind : std::string(),
            .operation_id = {}};
}

bool wasAdmitted(const api::Operation& operation) {
    return std::any_of(operation.steps.begin(), operation.steps.end(), [](const api::OperationStep& step) {
        return step.kind == nameOf(domain::StepKind::admit) && step.began_at;
    });
}

bool hasRemoved(const api::Operation& operation) {
    return std::any_of(operation.steps.begin(), operation.steps.end(), [](const api::OperationStep& step) {
        return step.kind == nameOf(domain::StepKind::removeMember) &&
               step.state == nameOf(domain::StepState::done);
    });
}

} // namespace pilothouse::client
