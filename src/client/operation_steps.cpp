// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/operation_steps.h"

#include "domain/check.h"

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

bool canOnlyBeOrdered(const api::OperationPlan& plan) {
    using domain::CheckId;
    const auto kind = domain::operationKindOf(plan.kind);
    const bool drains = kind == domain::OperationKind::drain || kind == domain::OperationKind::undrain;
    if (!drains && kind != domain::OperationKind::makeLeader) {
        return false;
    }
    bool unrecorded = false;
    for (const api::Finding& finding : plan.findings) {
        const auto severity = domain::severityOf(finding.severity).value_or(domain::Severity::blocks);
        const auto check = domain::checkIdOf(finding.check);
        const bool record = check == CheckId::otherOperation || (drains && check == CheckId::quorum);
        if (record && severity == domain::Severity::blocks) {
            unrecorded = true;
        } else if (severity == domain::Severity::blocks) {
            return false;
        }
    }
    return unrecorded;
}

} // namespace pilothouse::client
