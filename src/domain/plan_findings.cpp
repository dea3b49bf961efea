// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/plan_findings.h"

#include "domain/quorum.h"

#include <algorithm>

namespace pilothouse::domain {

const MemberFacts* find(const ChangeFacts& facts, const ReplicaId& replica) {
    const auto found = std::find_if(facts.members.begin(), facts.members.end(),
                                    [&](const MemberFacts& member) { return member.id == replica; });
    return found != facts.members.end() ? &*found : nullptr;
}

Voters votersIn(const ChangeFacts& facts) {
    Voters voters;
    for (const MemberFacts& member : facts.members) {
        if (member.voting) {
            voters.push_back(&member);
        }
    }
    return voters;
}

int count(const Voters& voters, const MemberTest& test) {
    return static_cast<int>(
        std::count_if(voters.begin(), voters.end(), [&](const MemberFacts* each) { return test(*each); }));
}

std::vector<std::string> names(const Voters& voters, const MemberTest& test) {
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

Finding joiningFinding(const ChangeFacts& facts, const MemberFacts* subject) {
    Finding finding{CheckId::joining};
    for (const MemberFacts& member : facts.members) {
        if (!member.voting && &member != subject) {
            finding.names.push_back(member.name);
            finding.severity = Severity::blocks;
        }
    }
    return finding;
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

void sortByWeight(std::vector<Finding>& findings) {
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
}

} // namespace pilothouse::domain
