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
    const auto kind = domain::operationKindOf(plan.kind);
    const bool drains = kind == domain::OperationKind::drain || kind == domain::OperationKind::undrain;
    if (!drains && kind != domain::OperationKind::makeLeader) {
        return false;
    }
    const auto blocks = [](const api::Finding& finding) {
        return domain::severityOf(finding.severity).value_or(domain::Severity::blocks) ==
               domain::Severity::blocks;
    };
    const auto order = findingsOfOrder(plan);
    return std::any_of(plan.findings.begin(), plan.findings.end(), blocks) &&
           std::none_of(order.begin(), order.end(), blocks);
}

std::vector<api::Finding> findingsOfOrder(const api::OperationPlan& plan) {
    using domain::CheckId;
    std::vector<api::Finding> findings = plan.findings;
    std::erase_if(findings, [&](const api::Finding& finding) {
        const auto check = domain::checkIdOf(finding.check);
        return check == CheckId::otherOperation || check == CheckId::restartable ||
               (check == CheckId::quorum && plan.kind != nameOf(domain::OperationKind::makeLeader));
    });
    return findings;
}

} // namespace pilothouse::client
