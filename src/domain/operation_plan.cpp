// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operation_plan.h"

#include "domain/plan_findings.h"
#include "domain/quorum.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

Voters without(Voters voters, const MemberFacts& subject) {
    voters.erase(std::remove(voters.begin(), voters.end(), &subject), voters.end());
    return voters;
}

Finding presenceFinding(OperationKind kind, const MemberFacts& subject) {
    if (kind == OperationKind::remove) {
        return {CheckId::answers, subject.answers ? Severity::passed : Severity::blocks, {subject.name}};
    }
    Finding finding{CheckId::silent, Severity::passed, {subject.name}};
    finding.names.insert(finding.names.end(), subject.heardBy.begin(), subject.heardBy.end());
    if (subject.answers || !subject.heardBy.empty()) {
        finding.severity = Severity::blocks;
    }
    return finding;
}

Finding majorityFinding(const Voters& left) {
    const int well = count(left, isWell);
    const int needed = quorumOf(static_cast<int>(left.size()));
    const auto severity = well < needed                          ? Severity::blocks
                          : well < static_cast<int>(left.size()) ? Severity::needsWord
                                                                 : Severity::passed;
    return {CheckId::majorityLeft,
            severity,
            names(left, [](const MemberFacts& each) { return !each.well; }),
            {well, needed}};
}

// A replica that is alive gives away its copies first; a dead one takes them along.
void addCopies(OperationKind kind, const Voters& left, std::vector<Finding>& findings) {
    const auto unsure = names(left, [](const MemberFacts& each) { return each.well && !each.lacks; });
    const bool known = unsure.empty();
    findings.push_back({CheckId::copiesKnown,
                        known || kind == OperationKind::remove ? Severity::passed : Severity::blocks,
                        unsure});
    if (kind == OperationKind::forget) {
        const auto copies = copiesOn(left);
        const std::int64_t lost = copies ? copies->nowhere : 0;
        findings.push_back(
            {CheckId::copiesLeft, lost > 0 ? Severity::forcible : Severity::passed, {}, {lost}});
    }
    Finding behind{CheckId::copiesBehind};
    std::int64_t most = 0;
    for (const MemberFacts* each : left) {
        if (each->well && each->lacks && each->lacks->count > 0) {
            behind.names.push_back(each->name);
            most = std::max(most, each->lacks->count);
        }
    }
    behind.severity = most > 0 ? Severity::information : Severity::passed;
    behind.numbers = {most};
    findings.push_back(std::move(behind));
}

Finding toleranceFinding(const Margin& before, const Margin& after) {
    auto severity = Severity::passed;
    if (after.tolerates < before.tolerates) {
        severity = after.tolerates == 0 ? Severity::needsWord : Severity::information;
    } else if (after.voters % 2 == 0) {
        severity = Severity::information; // no safer than with one less
    }
    return {CheckId::tolerance, severity, {}, {before.tolerates, after.tolerates, after.voters}};
}

} // namespace

OperationPlan planRemoval(OperationKind kind, const ChangeFacts& facts, const ReplicaId& replica) {
    const MemberFacts& subject = *find(facts, replica);
    const Voters voters = votersIn(facts);
    const Voters left = without(voters, subject);

    OperationPlan plan{kind, replica, subject.name, stepsOf(kind), {}, {}, {}, {}};
    plan.before = marginOf(voters);
    plan.after = marginOf(left);
    plan.worst = plan.after.tolerates < plan.before.tolerates ? plan.after : plan.before;

    auto& findings = plan.findings;
    findings = {quorumFinding(facts), otherOperationFinding(facts), joiningFinding(facts, &subject),
                presenceFinding(kind, subject), spaceFinding(facts)};
    if (subject.voting) {
        findings.push_back(
            {CheckId::lastVoter, left.empty() ? Severity::blocks : Severity::passed, {subject.name}});
        if (!left.empty()) {
            findings.push_back(majorityFinding(left));
            addCopies(kind, left, findings);
            findings.push_back(toleranceFinding(plan.before, plan.after));
        }
    }
    sortByWeight(findings);
    return plan;
}

} // namespace pilothouse::domain
