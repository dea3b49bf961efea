// SPDX-License-Identifier: GPL-3.0-or-later
// Plans of changes by which the members stay the same.
#include "domain/operation_plan.h"
#include "domain/plan_findings.h"
#include "domain/quorum.h"

#include <algorithm>
#include <optional>

namespace pilothouse::domain {
namespace {

bool takesTraffic(const MemberFacts& member) {
    return member.well && !member.draining;
}

Finding answersFinding(const MemberFacts& subject) {
    return {CheckId::answers, subject.answers ? Severity::passed : Severity::blocks, {subject.name}};
}

Finding wellFinding(const MemberFacts& subject) {
    return {CheckId::membersWell, subject.well ? Severity::passed : Severity::needsWord,
            subject.well ? std::vector<std::string>{} : std::vector<std::string>{subject.name}};
}

void addLeaderFindings(const ChangeFacts& facts, const MemberFacts& subject, std::vector<Finding>& findings) {
    findings.push_back(joiningFinding(facts, &subject));
    findings.push_back(answersFinding(subject));
    findings.push_back(
        {CheckId::mayLead, subject.voting ? Severity::passed : Severity::blocks, {subject.name}});
    findings.push_back(wellFinding(subject));
    findings.push_back(
        {CheckId::leadsAlready, subject.leads ? Severity::information : Severity::passed, {subject.name}});
}

Finding poolFinding(const ChangeFacts& facts, const MemberFacts& subject) {
    Finding finding{CheckId::poolLeft};
    for (const MemberFacts& member : facts.members) {
        if (&member != &subject && takesTraffic(member)) {
            finding.names.push_back(member.name);
        }
    }
    finding.severity = finding.names.empty()       ? Severity::needsWord
                       : finding.names.size() == 1 ? Severity::information
                                                   : Severity::passed;
    return finding;
}

Finding newNameFinding(const ChangeFacts& facts, const MemberFacts& subject, const std::string& newName) {
    const bool taken =
        std::any_of(facts.members.begin(), facts.members.end(), [&](const MemberFacts& member) {
            return member.name == newName && member.id != subject.id;
        });
    return {CheckId::newName,
            taken                     ? Severity::blocks
            : newName == subject.name ? Severity::information
                                      : Severity::passed,
            {subject.name},
            {},
            newName};
}

// The followers in the order of the membership record, then the leader: so it hands over once.
Voters restartOrder(const ChangeFacts& facts, const MemberFacts* only) {
    Voters order;
    for (const bool leads : {false, true}) {
        for (const MemberFacts& member : facts.members) {
            if (member.leads == leads && (only == nullptr || only == &member)) {
                order.push_back(&member);
            }
        }
    }
    return order;
}

// Of the others, while one is restarted.
Finding othersFinding(const ChangeFacts& facts, const Voters& order) {
    const Voters voters = votersIn(facts);
    const int size = static_cast<int>(voters.size());
    const int needed = quorumOf(size);
    int left = size;
    for (const MemberFacts* each : order) {
        if (each->voting) {
            left = std::min(left, count(voters, isWell) - (each->well ? 1 : 0));
        }
    }
    Finding finding{CheckId::othersWell, Severity::passed, {}, {left, needed}};
    for (const MemberFacts* each : voters) {
        // One that is alone to be restarted may be unwell: that is what it is restarted for.
        if (!each->well && !(order.size() == 1 && order.front() == each)) {
            finding.names.push_back(each->name);
        }
    }
    if (left < needed) { // a cluster of one or two is interrupted by any restart, of more only when some fail
        finding.severity = toleranceOf(size) == 0 ? Severity::needsWord : Severity::blocks;
    } else if (!finding.names.empty()) {
        finding.severity = Severity::needsWord;
    }
    return finding;
}

// Whoever leads goes on with it: one that does not know how would never end it.
Finding restartableFinding(const ChangeFacts& facts) {
    Finding finding{CheckId::restartable};
    for (const MemberFacts* each : votersIn(facts)) {
        if (each->answers && !each->restartable) {
            finding.names.push_back(each->name);
            finding.severity = Severity::blocks;
        }
    }
    return finding;
}

Finding allAnswerFinding(const Voters& order) {
    Finding finding{CheckId::allAnswer, Severity::passed,
                    names(order, [](const MemberFacts& each) { return !each.answers; })};
    if (!finding.names.empty()) {
        finding.severity = Severity::blocks;
    }
    return finding;
}

// Of the one whose turn leaves the fewest in the pool.
void addWorstPool(const ChangeFacts& facts, const Voters& order, std::vector<Finding>& findings) {
    std::optional<Finding> worst;
    for (const MemberFacts* each : order) {
        if (!takesTraffic(*each)) {
            continue;
        }
        Finding pool = poolFinding(facts, *each);
        if (!worst || pool.severity > worst->severity) {
            worst = std::move(pool);
        }
    }
    if (worst) {
        findings.push_back(std::move(*worst));
    }
}

void addStep(OperationPlan& plan, StepKind step, const MemberFacts& subject) {
    plan.steps.push_back(step);
    plan.subjects.push_back({subject.id, subject.name});
}

void planRestart(const ChangeFacts& facts, const MemberFacts* only, OperationPlan& plan) {
    const Voters order = restartOrder(facts, only);
    plan.steps = {StepKind::check};
    plan.subjects = {{}};
    for (const MemberFacts* each : order) {
        addStep(plan, StepKind::drain, *each);
        addStep(plan, StepKind::finishRequests, *each);
        if (each->leads && votersIn(facts).size() > 1) {
            addStep(plan, StepKind::handOver, *each);
        }
        addStep(plan, StepKind::restart, *each);
    }
    plan.findings.push_back(joiningFinding(facts, nullptr));
    plan.findings.push_back(allAnswerFinding(order));
    addWorstPool(facts, order, plan.findings);
    plan.findings.push_back(othersFinding(facts, order));
    const Finding& others = plan.findings.back();
    plan.worst.well = static_cast<int>(std::max<std::int64_t>(others.numbers.front(), 0));
    plan.worst.tolerates = std::min(plan.worst.tolerates, toleratesNow(plan.worst.voters, plan.worst.well));
}

} // namespace

OperationPlan planUpkeep(const ChangeRequest& request, const ChangeFacts& facts) {
    const MemberFacts* subject = find(facts, request.replica);
    OperationPlan plan{
        .kind = request.kind,
        .replica = request.replica,
        .name = subject != nullptr ? subject->name : std::string(),
        .steps = stepsOf(request.kind),
        .findings = {quorumFinding(facts), otherOperationFinding(facts), restartableFinding(facts)},
        .before = marginOf(votersIn(facts)),
        .worst = {},
        .after = {}};
    plan.worst = plan.before;
    plan.after = plan.before;
    switch (request.kind) {
    case OperationKind::rollingRestart:
        planRestart(facts, subject, plan);
        break;
    case OperationKind::makeLeader:
        addLeaderFindings(facts, *subject, plan.findings);
        break;
    case OperationKind::drain:
        plan.findings.push_back(answersFinding(*subject));
        plan.findings.push_back(poolFinding(facts, *subject));
        break;
    case OperationKind::undrain:
        plan.findings.push_back(answersFinding(*subject));
        break;
    default:
        plan.newName = request.newName;
        plan.findings.push_back(newNameFinding(facts, *subject, request.newName));
    }
    sortByWeight(plan.findings);
    return plan;
}

OperationPlan planChange(const ChangeRequest& request, const ChangeFacts& facts) {
    return changesMembers(request.kind) ? planRemoval(request.kind, facts, request.replica)
                                        : planUpkeep(request, facts);
}

} // namespace pilothouse::domain
