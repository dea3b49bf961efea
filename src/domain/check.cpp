// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/check.h"

#include "domain/enum_names.h"

#include <algorithm>
#include <iterator>

namespace pilothouse::domain {
namespace {

constexpr EnumNames<CheckId, 61> checks{{{CheckId::quorum, "quorum"},
                                         {CheckId::otherOperation, "other_operation"},
                                         {CheckId::joining, "joining"},
                                         {CheckId::answers, "answers"},
                                         {CheckId::silent, "silent"},
                                         {CheckId::lastVoter, "last_voter"},
                                         {CheckId::majorityLeft, "majority_left"},
                                         {CheckId::copiesKnown, "copies_known"},
                                         {CheckId::copiesLeft, "copies_left"},
                                         {CheckId::copiesBehind, "copies_behind"},
                                         {CheckId::tolerance, "tolerance"},
                                         {CheckId::databaseSpace, "database_space"},
                                         {CheckId::mayLead, "may_lead"},
                                         {CheckId::leadsAlready, "leads_already"},
                                         {CheckId::poolLeft, "pool_left"},
                                         {CheckId::newName, "new_name"},
                                         {CheckId::allAnswer, "all_answer"},
                                         {CheckId::restartable, "restartable"},
                                         {CheckId::othersWell, "others_well"},
                                         {CheckId::hostAnswers, "host_answers"},
                                         {CheckId::hostName, "host_name"},
                                         {CheckId::hostAddress, "host_address"},
                                         {CheckId::hostVersion, "host_version"},
                                         {CheckId::hostEngine, "host_engine"},
                                         {CheckId::hostClock, "host_clock"},
                                         {CheckId::hostMachine, "host_machine"},
                                         {CheckId::hostDisk, "host_disk"},
                                         {CheckId::hostDiskSpeed, "host_disk_speed"},
                                         {CheckId::hostResources, "host_resources"},
                                         {CheckId::hostPaths, "host_paths"},
                                         {CheckId::membersWell, "members_well"},
                                         {CheckId::voterCount, "voter_count"},
                                         {CheckId::noMajority, "no_majority"},
                                         {CheckId::majorityAnswers, "majority_answers"},
                                         {CheckId::statements, "statements"},
                                         {CheckId::silentMajority, "silent_majority"},
                                         {CheckId::survivorVotes, "survivor_votes"},
                                         {CheckId::survivorLog, "survivor_log"},
                                         {CheckId::bestSurvivor, "best_survivor"},
                                         {CheckId::entriesLost, "entries_lost"},
                                         {CheckId::blobsLost, "blobs_lost"},
                                         {CheckId::copySpace, "copy_space"},
                                         {CheckId::survivorEpoch, "survivor_epoch"},
                                         {CheckId::repairRunning, "repair_running"},
                                         {CheckId::replicaAnswers, "replica_answers"},
                                         {CheckId::checksKnown, "checks_known"},
                                         {CheckId::replicaWell, "replica_well"},
                                         {CheckId::draining, "draining"},
                                         {CheckId::changeUnderWay, "change_under_way"},
                                         {CheckId::paths, "paths"},
                                         {CheckId::clocks, "clocks"},
                                         {CheckId::diskSpace, "disk_space"},
                                         {CheckId::diskSpeed, "disk_speed"},
                                         {CheckId::ownMachine, "own_machine"},
                                         {CheckId::resources, "resources"},
                                         {CheckId::databaseAlarm, "database_alarm"},
                                         {CheckId::databaseRoom, "database_room"},
                                         {CheckId::versions, "versions"},
                                         {CheckId::certificates, "certificates"},
                                         {CheckId::voters, "voters"},
                                         {CheckId::copies, "copies"}}};
constexpr EnumNames<Severity, 5> severities{{{Severity::passed, "passed"},
                                             {Severity::information, "information"},
                                             {Severity::needsWord, "needs_word"},
                                             {Severity::forcible, "forcible"},
                                             {Severity::blocks, "blocks"}}};

} // namespace

bool standsInTheWay(Severity severity, const std::string& replica, const Consent& consent) {
    // What is about no replica has no name that could be typed.
    const bool typed = !replica.empty() && consent.typedName == replica;
    switch (severity) {
    case Severity::blocks:
        return true;
    case Severity::forcible:
        return !typed;
    case Severity::needsWord:
        return consent.reason.empty() && !typed;
    case Severity::passed:
    case Severity::information:
        break;
    }
    return false;
}

std::vector<Finding> objections(const std::vector<Finding>& findings, const std::string& replica,
                                const Consent& consent) {
    std::vector<Finding> standing;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(standing),
                 [&](const Finding& finding) { return standsInTheWay(finding.severity, replica, consent); });
    return standing;
}

std::string_view nameOf(CheckId check) {
    return nameIn(checks, check);
}
std::string_view nameOf(Severity severity) {
    return nameIn(severities, severity);
}
std::optional<CheckId> checkIdOf(std::string_view name) {
    return valueIn(checks, name);
}
std::optional<Severity> severityOf(std::string_view name) {
    return valueIn(severities, name);
}

} // namespace pilothouse::domain
