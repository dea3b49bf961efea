// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/repair.h"

#include "domain/enum_names.h"
#include "domain/plan_findings.h"
#include "domain/quorum.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace pilothouse::domain {
namespace {

constexpr std::int64_t spareBytes = std::int64_t{256} << 20; // beside the copy: the engine goes on writing

constexpr EnumNames<Statement, 4> statements{{{Statement::unknown, "unknown"},
                                              {Statement::destroyed, "destroyed"},
                                              {Statement::poweredOff, "powered_off"},
                                              {Statement::cutOff, "cut_off"}}};
constexpr EnumNames<RepairStep, 6> steps{{{RepairStep::stop, "stop"},
                                          {RepairStep::copyFolder, "copy_folder"},
                                          {RepairStep::newAuthority, "new_authority"},
                                          {RepairStep::startAlone, "start_alone"},
                                          {RepairStep::recordEpoch, "record_epoch"},
                                          {RepairStep::serve, "serve"}}};
constexpr EnumNames<RepairPhase, 5> phases{{{RepairPhase::running, "running"},
                                            {RepairPhase::done, "done"},
                                            {RepairPhase::failed, "failed"},
                                            {RepairPhase::puttingBack, "putting_back"},
                                            {RepairPhase::putBack, "put_back"}}};

using Test = bool (*)(const RepairMember&);

std::vector<std::string> namesOf(const RepairFacts& facts, Test test) {
    std::vector<std::string> names;
    for (const RepairMember& member : facts.members) {
        if (test(member)) {
            names.push_back(member.name);
        }
    }
    return names;
}

int votersIn(const RepairFacts& facts) {
    return static_cast<int>(std::count_if(facts.members.begin(), facts.members.end(),
                                          [](const RepairMember& member) { return member.voting; }));
}

std::int64_t needed(const RepairFacts& facts) {
    return quorumOf(votersIn(facts));
}

Finding noMajorityFinding(const RepairFacts& facts) {
    auto names = namesOf(facts, [](const RepairMember& member) { return member.majority; });
    const auto severity = names.empty() ? Severity::passed : Severity::blocks;
    return {CheckId::noMajority, severity, std::move(names)};
}

// They only have to hear each other again.
Finding majorityAnswersFinding(const RepairFacts& facts) {
    auto names = namesOf(facts, [](const RepairMember& member) {
        return member.voting && member.answers && member.engineRuns;
    });
    const auto voters = static_cast<std::int64_t>(names.size());
    const auto severity = voters >= needed(facts) ? Severity::blocks : Severity::passed;
    return {CheckId::majorityAnswers, severity, std::move(names), {voters, needed(facts)}};
}

Finding statementsFinding(const RepairFacts& facts) {
    auto names = namesOf(facts, [](const RepairMember& member) {
        return !member.answers && member.statement == Statement::unknown;
    });
    const auto severity = names.empty() ? Severity::passed : Severity::blocks;
    return {CheckId::statements, severity, std::move(names)};
}

// Those that only are cut off may run, and serve whoever reaches them.
Finding silentMajorityFinding(const RepairFacts& facts) {
    auto names = namesOf(facts, [](const RepairMember& member) {
        return member.voting && !member.answers && member.statement == Statement::cutOff;
    });
    const auto voters = static_cast<std::int64_t>(names.size());
    const auto severity = voters >= needed(facts) ? Severity::needsWord
                          : voters > 0            ? Severity::information
                                                  : Severity::passed;
    return {CheckId::silentMajority, severity, std::move(names), {voters, needed(facts)}};
}

Finding votesFinding(const RepairMember& survivor) {
    return {CheckId::survivorVotes, survivor.voting ? Severity::passed : Severity::blocks, {survivor.name}};
}

Finding logFinding(const RepairFacts& facts, const RepairMember& survivor) {
    if (!survivor.log) {
        return {CheckId::survivorLog, Severity::blocks, {survivor.name}, {0, 0}, facts.logError};
    }
    return {CheckId::survivorLog,
            Severity::passed,
            {survivor.name},
            {survivor.log->last, survivor.log->committed}};
}

Finding bestFinding(const RepairMember& survivor, const std::vector<RepairMember>& ranked) {
    const RepairMember& best = ranked.empty() ? survivor : ranked.front();
    const EngineLog own = survivor.log.value_or(EngineLog());
    const EngineLog most = best.log.value_or(own);
    const bool isBest = best.id == survivor.id || most == own;
    return {CheckId::bestSurvivor,
            isBest ? Severity::passed : Severity::needsWord,
            {survivor.name, isBest ? survivor.name : best.name},
            {isBest ? 0 : std::max<std::int64_t>(most.last - own.last, 0)}};
}

// It can never be excluded: what was acknowledged by the others alone is known to them alone.
Finding entriesFinding(const RepairFacts& facts, const RepairMember& survivor) {
    auto names = namesOf(facts, [](const RepairMember& member) { return member.voting && !member.answers; });
    return {CheckId::entriesLost,
            Severity::needsWord,
            std::move(names),
            {survivor.log.value_or(EngineLog()).last},
            facts.quorumAt};
}

Finding blobsFinding(const RepairFacts& facts, const RepairMember& survivor) {
    Finding finding{CheckId::blobsLost};
    finding.names = namesOf(facts, [](const RepairMember& member) { return member.answers; });
    finding.names.erase(std::remove(finding.names.begin(), finding.names.end(), survivor.name),
                        finding.names.end());
    if (!survivor.lacks) {
        finding.severity = Severity::needsWord;
        finding.numbers = {-1, -1};
        return finding;
    }
    std::vector<std::optional<MissingBlobs>> lacks;
    for (const RepairMember& member : facts.members) {
        if (member.answers && member.lacks) {
            lacks.emplace_back(member.lacks);
        }
    }
    const auto copies = copiesOf(lacks);
    const std::int64_t nowhere = copies ? copies->nowhere : survivor.lacks->count;
    finding.numbers = {survivor.lacks->count, nowhere};
    finding.severity = nowhere > 0                 ? Severity::needsWord
                       : survivor.lacks->count > 0 ? Severity::information
                                                   : Severity::passed;
    return finding;
}

Finding spaceFinding(const RepairFacts& facts) {
    const bool room = facts.freeBytes >= facts.copyBytes + spareBytes;
    return {CheckId::copySpace,
            room ? Severity::passed : Severity::blocks,
            {},
            {facts.freeBytes, facts.copyBytes},
            facts.copyFolder};
}

Finding epochFinding(const RepairFacts& facts, const RepairMember& survivor) {
    if (!facts.newerEpoch) {
        return {CheckId::survivorEpoch, Severity::passed, {survivor.name}, {facts.epoch, facts.epoch}};
    }
    return {CheckId::survivorEpoch,
            Severity::blocks,
            {survivor.name, facts.newerEpoch->survivor},
            {facts.epoch, facts.newerEpoch->epoch}};
}

Finding runningFinding(const RepairFacts& facts) {
    const bool over = !facts.running || isOver(*facts.running);
    return {CheckId::repairRunning,
            over ? Severity::passed : Severity::blocks,
            {},
            {},
            facts.running ? std::string(nameOf(*facts.running)) : std::string()};
}

std::vector<RepairMember> rankedSurvivors(const RepairFacts& facts) {
    std::vector<RepairMember> survivors;
    std::copy_if(facts.members.begin(), facts.members.end(), std::back_inserter(survivors),
                 [](const RepairMember& member) { return member.voting && member.answers; });
    std::stable_sort(survivors.begin(), survivors.end(), isBetterSurvivor);
    return survivors;
}

} // namespace

RepairPlan planRepair(const RepairFacts& facts) {
    RepairPlan plan;
    plan.steps = repairSteps();
    plan.survivors = rankedSurvivors(facts);
    std::copy_if(facts.members.begin(), facts.members.end(), std::back_inserter(plan.silent),
                 [](const RepairMember& member) { return !member.answers; });
    const RepairMember& survivor =
        *std::find_if(facts.members.begin(), facts.members.end(),
                      [&](const RepairMember& member) { return member.id == facts.survivor; });
    plan.findings = {noMajorityFinding(facts),
                     majorityAnswersFinding(facts),
                     statementsFinding(facts),
                     silentMajorityFinding(facts),
                     votesFinding(survivor),
                     logFinding(facts, survivor),
                     bestFinding(survivor, plan.survivors),
                     entriesFinding(facts, survivor),
                     blobsFinding(facts, survivor),
                     spaceFinding(facts),
                     epochFinding(facts, survivor),
                     runningFinding(facts)};
    sortByWeight(plan.findings);
    return plan;
}

bool isBetterSurvivor(const RepairMember& a, const RepairMember& b) {
    const auto blobs = [](const RepairMember& member) {
        return member.lacks ? member.lacks->count : std::numeric_limits<std::int64_t>::max();
    };
    return a.log != b.log ? a.log > b.log : blobs(a) < blobs(b);
}

const std::vector<RepairStep>& repairSteps() {
    static const std::vector<RepairStep> all{RepairStep::stop,         RepairStep::copyFolder,
                                             RepairStep::newAuthority, RepairStep::startAlone,
                                             RepairStep::recordEpoch,  RepairStep::serve};
    return all;
}

bool isOver(RepairPhase phase) {
    return phase != RepairPhase::running && phase != RepairPhase::puttingBack;
}

std::string_view nameOf(Statement statement) {
    return nameIn(statements, statement);
}
std::string_view nameOf(RepairStep step) {
    return nameIn(steps, step);
}
std::string_view nameOf(RepairPhase phase) {
    return nameIn(phases, phase);
}
std::optional<Statement> statementOf(std::string_view name) {
    return valueIn(statements, name);
}
std::optional<RepairStep> repairStepOf(std::string_view name) {
    return valueIn(steps, name);
}
std::optional<RepairPhase> repairPhaseOf(std::string_view name) {
    return valueIn(phases, name);
}

} // namespace pilothouse::domain
