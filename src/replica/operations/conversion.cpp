// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/conversion.h"

namespace pilothouse::operations {

api::Margin toApi(const domain::Margin& margin) {
    return {margin.voters, margin.well, margin.tolerates};
}

std::vector<api::Finding> toApi(const std::vector<domain::Finding>& findings) {
    std::vector<api::Finding> wire;
    for (const domain::Finding& finding : findings) {
        wire.push_back({std::string(nameOf(finding.check)), std::string(nameOf(finding.severity)),
                        finding.names, finding.numbers, finding.detail});
    }
    return wire;
}

api::OperationPlan toApi(const domain::OperationPlan& plan) {
    api::OperationPlan wire{.kind = std::string(nameOf(plan.kind)),
                            .replica = plan.replica.str(),
                            .name = plan.name,
                            .steps = {},
                            .findings = toApi(plan.findings),
                            .before = toApi(plan.before),
                            .worst = toApi(plan.worst),
                            .after = toApi(plan.after),
                            .host_name = {},
                            .new_name = {},
                            .step_names = {}};
    if (hasHost(plan.kind)) {
        wire.host_name = plan.hostName;
    }
    for (const domain::StepKind step : plan.steps) {
        wire.steps.emplace_back(nameOf(step));
    }
    if (!plan.newName.empty()) {
        wire.new_name = plan.newName;
    }
    if (!plan.subjects.empty()) {
        wire.step_names.emplace();
        for (const domain::StepSubject& subject : plan.subjects) {
            wire.step_names->push_back(subject.name);
        }
    }
    return wire;
}

std::optional<domain::MissingBlobs> missingIn(const std::optional<api::Blobs>& blobs) {
    if (!blobs) {
        return std::nullopt;
    }
    const bool named = static_cast<std::int64_t>(blobs->missing_digests.size()) == blobs->missing;
    return domain::MissingBlobs{blobs->missing, named ? blobs->missing_digests : std::vector<std::string>()};
}

Error objection(const std::vector<domain::Finding>& standing) {
    std::string checks;
    for (const domain::Finding& each : standing) {
        checks += (checks.empty() ? "" : ", ") + std::string(nameOf(each.check));
    }
    const bool blocked = standing.front().severity == domain::Severity::blocks;
    return {ErrorCode::conflict, "nothing was changed, because of these checks: " + checks,
            blocked ? "Look at the plan, and do first what it says"
                    : "Look at the plan; give a reason, or the replica's name where it must be typed"};
}

} // namespace pilothouse::operations
