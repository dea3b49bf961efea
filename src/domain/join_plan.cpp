// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/host_limits.h"
#include "domain/operation_plan.h"
#include "domain/plan_findings.h"
#include "domain/quorum.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

Finding answersFinding(const HostFacts& host) {
    return {CheckId::hostAnswers,
            host.answers ? Severity::passed : Severity::blocks,
            {host.name},
            {},
            host.whyNot};
}

Finding nameFinding(const ChangeFacts& facts, const HostFacts& host, const ReplicaId& replica) {
    const bool taken =
        std::any_of(facts.members.begin(), facts.members.end(), [&](const MemberFacts& member) {
            return member.name == host.name && member.id != replica;
        });
    return {CheckId::hostName, taken ? Severity::blocks : Severity::passed, {host.name}};
}

Finding addressFinding(const ChangeFacts& facts, const HostFacts& host, const ReplicaId& replica) {
    Finding finding{CheckId::hostAddress, Severity::passed, {}, {}, host.url};
    for (const MemberFacts& member : facts.members) {
        if (member.url == host.url && member.id != replica) {
            finding.names = {member.name};
            finding.severity = Severity::blocks;
        }
    }
    return finding;
}

Finding versionFinding(const ChangeFacts& facts, const HostFacts& host) {
    Finding finding{CheckId::hostVersion,
                    Severity::passed,
                    {},
                    {host.featureLevel, host.clusterFeatureLevel},
                    host.version};
    for (const MemberFacts& member : facts.members) {
        if (!member.version.empty() && member.version != host.version) {
            finding.names.push_back(member.name);
            finding.severity = Severity::information;
        }
    }
    if (host.featureLevel < host.clusterFeatureLevel) {
        finding.severity = Severity::blocks;
    }
    return finding;
}

Finding engineFinding(const HostFacts& host) {
    return {CheckId::hostEngine,
            host.engineVersion.empty() ? Severity::blocks : Severity::passed,
            {},
            {},
            host.engineVersion};
}

Finding clockFinding(const HostFacts& host) {
    const Milliseconds offset = std::chrono::abs(host.clockAhead);
    const auto severity = offset > blockingClock  ? Severity::blocks
                          : offset > noticedClock ? Severity::information
                                                  : Severity::passed;
    return {CheckId::hostClock, severity, {}, {host.clockAhead.count()}};
}

// A sandbox is on one computer on purpose, and its addresses say so.
Finding machineFinding(const ChangeFacts& facts, const HostFacts& host, const ReplicaId& replica) {
    Finding finding{CheckId::hostMachine, Severity::passed, {}, {}, host.hostname};
    for (const MemberFacts& member : facts.members) {
        if (!host.machine.empty() && member.machine == host.machine && member.id != replica) {
            finding.names.push_back(member.name);
            finding.severity = host.loopback ? Severity::information : Severity::blocks;
        }
    }
    return finding;
}

Finding diskFinding(const HostFacts& host) {
    const std::int64_t least = host.blobBytes + spareBytes;
    const auto severity = host.diskFreeBytes < least                        ? Severity::blocks
                          : host.diskFreeBytes < least + host.blobBytes / 2 ? Severity::information
                                                                            : Severity::passed;
    return {CheckId::hostDisk, severity, {}, {host.diskFreeBytes, host.blobBytes, least}};
}

Finding diskSpeedFinding(const HostFacts& host) {
    const double ms = host.syncMs.value_or(0);
    const auto severity = !host.syncMs          ? Severity::blocks // it cannot be written to
                          : ms > verySlowSyncMs ? Severity::needsWord
                          : ms > slowSyncMs     ? Severity::information
                                                : Severity::passed;
    return {CheckId::hostDiskSpeed, severity, {}, {static_cast<std::int64_t>(ms * 1000)}};
}

Finding resourcesFinding(const HostFacts& host) {
    const bool tooFew = host.memoryBytes < leastMemory || host.openFiles < leastOpenFiles;
    const auto severity = tooFew                    ? Severity::needsWord
                          : host.cores < usualCores ? Severity::information
                                                    : Severity::passed;
    return {CheckId::hostResources, severity, {}, {host.cores, host.memoryBytes, host.openFiles}};
}

// Of members that do not answer no way can be open; that is told by another check.
Finding pathsFinding(const ChangeFacts& facts, const HostFacts& host) {
    Finding finding{CheckId::hostPaths};
    const auto answers = [&](const std::string& name) {
        return std::none_of(facts.members.begin(), facts.members.end(), [&](const MemberFacts& member) {
            return member.name == name && !member.answers;
        });
    };
    std::int64_t tried = 0;
    std::int64_t open = 0;
    for (const PathFacts& path : host.paths) {
        if (!answers(path.from) || !answers(path.to)) {
            continue;
        }
        ++tried;
        if (path.reach == "ok") {
            ++open;
            continue;
        }
        finding.severity = Severity::blocks;
        finding.names.insert(finding.names.end(), {path.from, path.to, path.port, path.reach});
    }
    finding.numbers = {tried, open};
    return finding;
}

// A replica that joins while a broken one is listed makes a majority harder to have, not easier.
Finding membersFinding(const ChangeFacts& facts, const ReplicaId& replica) {
    Finding finding{CheckId::membersWell};
    for (const MemberFacts& member : facts.members) {
        if (member.well || member.id == replica) {
            continue;
        }
        finding.names.push_back(member.name);
        finding.severity =
            std::max(finding.severity, member.answers ? Severity::needsWord : Severity::blocks);
    }
    return finding;
}

Finding countFinding(int voters) {
    const auto severity = voters > mostVoters ? Severity::blocks
                          : voters == 2       ? Severity::needsWord   // the loss of either stops writes
                          : voters % 2 == 0   ? Severity::information // no safer than with one less
                                              : Severity::passed;
    return {CheckId::voterCount, severity, {}, {voters}};
}

void addHost(const ChangeFacts& facts, const HostFacts& host, const ReplicaId& replica,
             std::vector<Finding>& findings) {
    findings.insert(findings.end(),
                    {nameFinding(facts, host, replica), addressFinding(facts, host, replica),
                     versionFinding(facts, host), engineFinding(host), clockFinding(host),
                     machineFinding(facts, host, replica), diskFinding(host), diskSpeedFinding(host),
                     resourcesFinding(host), pathsFinding(facts, host)});
}

} // namespace

OperationPlan planJoin(const ChangeFacts& facts, const HostFacts& host, const ReplicaId& replica) {
    const Voters voters = votersIn(facts);
    OperationPlan plan{OperationKind::join, replica, host.name, stepsOf(OperationKind::join), {}, {}, {}, {}};
    plan.hostName = host.name;
    plan.before = marginOf(voters);
    plan.after = {plan.before.voters + 1, plan.before.well + 1, 0};
    plan.after.tolerates = toleratesNow(plan.after.voters, plan.after.well);
    if (const auto copies = copiesOn(voters)) { // the new one has them all when it gets its vote
        plan.after.tolerates = std::min(plan.after.tolerates, copies->tolerates + 1);
    }
    plan.worst = plan.after.tolerates < plan.before.tolerates ? plan.after : plan.before;

    auto& findings = plan.findings;
    findings = {quorumFinding(facts),
                otherOperationFinding(facts),
                joiningFinding(facts, find(facts, replica)),
                membersFinding(facts, replica),
                spaceFinding(facts),
                countFinding(plan.after.voters),
                answersFinding(host)};
    if (host.answers) {
        addHost(facts, host, replica, findings);
    }
    sortByWeight(findings);
    return plan;
}

OperationPlan planReplacement(const ChangeFacts& facts, const HostFacts& host, const ReplicaId& replica,
                              const ReplicaId& hostId) {
    OperationPlan plan = planRemoval(OperationKind::forget, facts, replica);
    ChangeFacts left = facts;
    std::erase_if(left.members, [&](const MemberFacts& member) { return member.id == replica; });
    const OperationPlan join = planJoin(left, host, hostId);
    plan.kind = OperationKind::replace;
    plan.steps = stepsOf(OperationKind::replace);
    plan.hostName = host.name;
    plan.worst = join.worst.tolerates < plan.worst.tolerates ? join.worst : plan.worst;
    plan.after = join.after;
    // How many there are in between does not last.
    std::erase_if(plan.findings, [](const Finding& finding) { return finding.check == CheckId::tolerance; });
    for (const Finding& finding : join.findings) {
        const bool known = std::any_of(plan.findings.begin(), plan.findings.end(),
                                       [&](const Finding& each) { return each.check == finding.check; });
        if (!known) {
            plan.findings.push_back(finding);
        }
    }
    sortByWeight(plan.findings);
    return plan;
}

} // namespace pilothouse::domain
