// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/repair_facts.h"

#include "replica/operations/conversion.h"

#include <algorithm>

namespace pilothouse::repair {
namespace {

template <typename T>
const T* about(const std::vector<T>& all, const std::string& replica) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const T& each) { return each.replica == replica; });
    return found != all.end() ? &*found : nullptr;
}

void take(domain::RepairMember& member, const api::SurvivorReport& report) {
    member.answers = true;
    member.engineRuns = report.engine_running;
    member.majority = report.quorum;
    if (report.log) {
        member.log = domain::EngineLog{report.log->last_term, report.log->last, report.log->committed};
    }
    member.lacks = operations::missingIn(report.blobs);
}

// What the asker hears counts as much as what this replica hears. Of one that only the asker hears it is not
// known whether its engine runs, so that is taken for granted.
void take(domain::RepairMember& member, const api::SeenMember& seen) {
    if (seen.answers && !member.answers) {
        member.answers = true;
        member.engineRuns = true;
    }
    member.majority = member.majority || seen.quorum;
}

domain::RepairMember memberOf(const api::Member& member, const Known& known) {
    domain::RepairMember facts{.id = ReplicaId(member.id), .name = member.name, .voting = member.voting};
    if (member.id == known.own.id) {
        take(facts, known.own);
    } else if (const auto report = known.reports.find(member.id); report != known.reports.end()) {
        take(facts, report->second);
    }
    if (const auto* seen = about(known.seen, member.id)) {
        take(facts, *seen);
    }
    if (const auto* silent = about(known.silent, member.id)) {
        facts.statement = domain::statementOf(silent->statement).value_or(domain::Statement::unknown);
    }
    return facts;
}

} // namespace

domain::RepairFacts factsOf(const Known& known) {
    domain::RepairFacts facts;
    facts.survivor = ReplicaId(known.own.id);
    facts.epoch = known.status.cluster.epoch;
    if (const auto& newer = known.status.newer_epoch) {
        facts.newerEpoch = domain::NewerEpoch{newer->epoch, newer->name};
    }
    for (const api::Member& member : known.status.members) {
        facts.members.push_back(memberOf(member, known));
    }
    facts.logError = known.own.log_error;
    facts.quorumAt = known.own.quorum_at.value_or("");
    facts.copyFolder = known.copyFolder;
    facts.copyBytes = known.measured.copyBytes;
    facts.freeBytes = known.measured.freeBytes;
    facts.running = known.running;
    return facts;
}

api::RepairPlan toApi(const domain::RepairPlan& plan, const Known& known, std::int64_t toEpoch) {
    api::RepairPlan wire;
    wire.replica = known.status.self.id;
    wire.name = known.status.self.name;
    wire.from_epoch = known.status.cluster.epoch;
    wire.to_epoch = toEpoch;
    for (const auto step : plan.steps) {
        wire.steps.emplace_back(nameOf(step));
    }
    wire.findings = operations::toApi(plan.findings);
    for (const auto& each : plan.survivors) {
        api::Survivor survivor{each.id.str(), each.name, {}, {}};
        if (each.log) {
            survivor.log = api::EngineLog{each.log->lastTerm, each.log->last, each.log->committed};
        }
        if (each.lacks) {
            survivor.missing_blobs = each.lacks->count;
        }
        wire.survivors.push_back(std::move(survivor));
    }
    for (const auto& each : plan.silent) {
        wire.silent.push_back({each.id.str(), each.name, std::string(nameOf(each.statement))});
    }
    wire.quorum_at = known.own.quorum_at;
    wire.copy_path = known.copyFolder;
    wire.copy_bytes = known.measured.copyBytes;
    return wire;
}

} // namespace pilothouse::repair
