// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operation_plan.h"

#include "domain/quorum.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace pilothouse::domain {

const MemberFacts* find(const ChangeFacts& facts, const ReplicaId& replica) {
    const auto found = std::find_if(facts.members.begin(), facts.members.end(),
                                    [&](const MemberFacts& member) { return member.id == replica; });
    return found != facts.members.end() ? &*found : nullptr;
}

namespace {

using Voters = std::vector<const MemberFacts*>;
using Test = std::function<bool(const MemberFacts&)>;

Voters votersIn(const ChangeFacts& facts) {
    Voters voters;
    for (const MemberFacts& member : facts.members) {
        if (member.voting) {
            voters.push_back(&member);
        }
    }
    return voters;
}

Voters without(Voters voters, const MemberFacts& subject) {
    voters.erase(std::remove(voters.begin(), voters.end(), &subject), voters.end());
    return voters;
}

int count(const Voters& voters, const Test& test) {
    return static_cast<int>(
        std::count_if(voters.begin(), voters.end(), [&](const MemberFacts* each) { return test(*each); }));
}

std::vector<std::string> names(const Voters& voters, const Test& test) {
    std::vector<std::string> result;
    for (const MemberFacts* each : voters) {
        if (test(*each)) {
            result.push_back(each->name);
        }
    }
    return result;
}

bool isWell(const MemberFacts& member) {
    return member.well;
}

std::optional<Copies> copiesOn(const Voters& voters) {
    std::vector<std::optional<MissingBlobs>> lacks;
    for (const MemberFacts* each : voters) {
        if (each->well) {
            lacks.push_back(each->lacks);
        }
    }
    return copiesOf(lacks);
}

Margin marginOf(const Voters& voters) {
    const int size = static_cast<int>(voters.size());
    Margin margin{size, count(voters, isWell), 0};
    margin.tolerates = toleratesNow(margin.voters, margin.well);
    if (const auto copies = copiesOn(voters)) {
        margin.tolerates = std::min(margin.tolerates, copies->tolerates);
    }
    return margin;
}

Finding quorumFinding(const ChangeFacts& facts) {
    const Voters voters = votersIn(facts);
    const int needed = quorumOf(static_cast<int>(voters.size()));
    const int answer = count(voters, [](const MemberFacts& each) { return each.answers; });
    return {CheckId::quorum, facts.quorum ? Severity::passed : Severity::blocks, {}, {answer, needed}};
}

Finding otherOperationFinding(const ChangeFacts& facts) {
    if (!facts.running) {
        return {CheckId::otherOperation};
    }
    return {CheckId::otherOperation, Severity::blocks, {facts.running->replica}, {}, facts.running->kind};
}

// Another's: a learner itself may be removed, which ends its joining.
Finding joiningFinding(const ChangeFacts& facts, const MemberFacts& subject) {
    Finding finding{CheckId::joining};
    for (const MemberFacts& member : facts.members) {
        if (!member.voting && &member != &subject) {
            finding.names.push_back(member.name);
            finding.severity = Severity::blocks;
        }
    }
    return finding;
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

Finding spaceFinding(const ChangeFacts& facts) {
    Finding finding{CheckId::databaseSpace};
    for (const MemberFacts& member : facts.members) {
        if (member.databaseFull) {
            finding.names.push_back(member.name);
            finding.severity = Severity::blocks;
        }
    }
    return finding;
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
    findings = {quorumFinding(facts), otherOperationFinding(facts), joiningFinding(facts, subject),
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
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    return plan;
}

} // namespace pilothouse::domain
