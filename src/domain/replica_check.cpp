// SPDX-License-Identifier: GPL-3.0-or-later
// What each replica finds of itself.
#include "domain/cluster_check.h"
#include "domain/host_limits.h"

#include <algorithm>
#include <functional>

namespace pilothouse::domain {
namespace {

constexpr std::int64_t secondsPerDay = 86'400;
constexpr std::int64_t soonExpires = 30 * secondsPerDay;
constexpr std::int64_t almostExpired = 7 * secondsPerDay;
constexpr std::int64_t soonFull = 30; // days
constexpr std::int64_t almostFull = 7;

// What it finds of one replica; passed: nothing to say.
using Check = std::function<Finding(const CheckedReplica&)>;

Finding wellFinding(const CheckedReplica& replica) {
    const bool well = replica.health == Unhealthy::none || replica.health == Unhealthy::draining;
    return {CheckId::replicaWell,
            well ? Severity::passed : Severity::blocks,
            {},
            {replica.health == Unhealthy::noQuorum ? 1 : 0},
            well ? std::string() : replica.why};
}

Finding drainingFinding(const CheckedReplica& replica) {
    return {CheckId::draining,
            replica.health == Unhealthy::draining ? Severity::information : Severity::passed};
}

// Against the blobs that it lacks, those that all have, and how fast it fills.
Finding diskFinding(const CheckedReplica& replica, std::int64_t blobBytes) {
    const std::int64_t least = replica.missingBytes + spareBytes;
    const std::int64_t growth = replica.diskGrowth.value_or(-1);
    const std::int64_t days = growth > 0
                                  ? std::max<std::int64_t>(0, replica.diskFreeBytes - spareBytes) / growth
                                  : std::int64_t{-1};
    const auto within = [days](std::int64_t limit) { return days >= 0 && days < limit; };
    const bool full = replica.diskFreeBytes < least || replica.health == Unhealthy::diskFull;
    const auto severity = full                 ? Severity::blocks
                          : within(almostFull) ? Severity::needsWord
                          : within(soonFull) || replica.diskFreeBytes < least + blobBytes / 2
                              ? Severity::information
                              : Severity::passed;
    return {CheckId::diskSpace, severity, {}, {replica.diskFreeBytes, blobBytes, least, growth, days}};
}

Finding speedFinding(const CheckedReplica& replica) {
    if (!replica.syncMs || replica.health == Unhealthy::diskUnwritable) {
        return {CheckId::diskSpeed,
                Severity::blocks,
                {},
                {0},
                replica.diskError.empty() ? replica.why : replica.diskError};
    }
    const double ms = *replica.syncMs;
    const auto severity = ms > verySlowSyncMs ? Severity::needsWord
                          : ms > slowSyncMs   ? Severity::information
                                              : Severity::passed;
    return {CheckId::diskSpeed, severity, {}, {static_cast<std::int64_t>(ms * 1000)}};
}

Finding resourcesFinding(const CheckedReplica& replica) {
    const bool tooFew = replica.memoryBytes < leastMemory || replica.openFiles < leastOpenFiles;
    const auto severity = tooFew                       ? Severity::needsWord
                          : replica.cores < usualCores ? Severity::information
                                                       : Severity::passed;
    return {CheckId::resources, severity, {}, {replica.cores, replica.memoryBytes, replica.openFiles}};
}

// Full, or damaged: both need a person at once.
Finding alarmFinding(const CheckedReplica& replica) {
    if (replica.alarms.empty()) {
        return {CheckId::databaseAlarm};
    }
    const auto& alarms = replica.alarms;
    const bool corrupt = std::find(alarms.begin(), alarms.end(), "CORRUPT") != alarms.end();
    return {CheckId::databaseAlarm, Severity::blocks, {}, {}, corrupt ? "CORRUPT" : alarms.front()};
}

Finding roomFinding(const CheckedReplica& replica) {
    const std::int64_t quota = replica.databaseQuota;
    const auto over = [&](std::int64_t percent) {
        return quota > 0 && replica.databaseBytes >= quota / 100 * percent;
    };
    const auto severity = over(95) ? Severity::blocks : over(80) ? Severity::needsWord : Severity::passed;
    return {CheckId::databaseRoom, severity, {}, {replica.databaseBytes, quota}};
}

Finding copiesFinding(const CheckedReplica& replica) {
    const std::int64_t missing = replica.missingBlobs.value_or(0);
    return {CheckId::copies,
            missing > 0 ? Severity::information : Severity::passed,
            {},
            {missing, replica.missingBytes}};
}

// One finding for each replica of which the check says something; else one for all that were looked at.
void add(const ClusterCheckFacts& facts, const std::string& only, const Check& check,
         std::vector<Finding>& findings) {
    std::optional<Finding> well;
    std::vector<std::string> names;
    bool all = true;
    for (const CheckedReplica& replica : facts.replicas) {
        if (!replica.reports || (!only.empty() && replica.name != only)) {
            continue;
        }
        Finding finding = check(replica);
        if (finding.severity == Severity::passed) {
            names.push_back(replica.name);
            well = std::move(finding);
            continue;
        }
        all = false;
        finding.names.insert(finding.names.begin(), replica.name);
        findings.push_back(std::move(finding));
    }
    if (!well || !all) {
        return;
    }
    if (names.size() > 1) {
        well->numbers.clear(); // of one of them only
    }
    well->names = std::move(names);
    findings.push_back(std::move(*well));
}

bool isAuthority(const CertificateFacts& certificate) {
    return certificate.use == "cluster-ca" || certificate.use == "engine-peer-ca";
}

// An authority's is the same everywhere: all that have it are named.
void addCertificates(const ClusterCheckFacts& facts, const std::string& only,
                     std::vector<Finding>& findings) {
    std::vector<Finding> soon;
    Finding well{CheckId::certificates};
    for (const CheckedReplica& replica : facts.replicas) {
        if (!replica.reports || (!only.empty() && replica.name != only)) {
            continue;
        }
        bool fine = true;
        for (const CertificateFacts& each : replica.certificates) {
            if (each.secondsLeft >= soonExpires) {
                continue;
            }
            fine = false;
            const auto known = std::find_if(soon.begin(), soon.end(), [&](const Finding& finding) {
                return isAuthority(each) && finding.detail == each.use;
            });
            if (known != soon.end()) {
                known->names.push_back(replica.name);
                continue;
            }
            // Those of replicas renew themselves, and are due by then.
            const bool renews = each.use == "node" || each.use == "engine-peer";
            const auto severity = each.secondsLeft < almostExpired ? Severity::blocks
                                  : renews                         ? Severity::information
                                                                   : Severity::needsWord;
            soon.push_back({CheckId::certificates, severity, {replica.name}, {each.secondsLeft}, each.use});
        }
        if (fine) {
            well.names.push_back(replica.name);
        }
    }
    if (soon.empty() && !well.names.empty()) {
        findings.push_back(std::move(well));
    }
    std::move(soon.begin(), soon.end(), std::back_inserter(findings));
}

void addUncounted(const ClusterCheckFacts& facts, const std::string& only, std::vector<Finding>& findings) {
    Finding finding{CheckId::copiesKnown, Severity::information};
    for (const CheckedReplica& replica : facts.replicas) {
        if (replica.reports && !replica.missingBlobs && (only.empty() || replica.name == only)) {
            finding.names.push_back(replica.name);
        }
    }
    if (!finding.names.empty()) {
        findings.push_back(std::move(finding));
    }
}

} // namespace

std::vector<Finding> checkEach(const ClusterCheckFacts& facts, const std::string& only) {
    std::vector<Finding> findings;
    const Check checks[] = {
        wellFinding,
        drainingFinding,
        [&](const CheckedReplica& replica) { return diskFinding(replica, facts.blobBytes); },
        speedFinding,
        resourcesFinding,
        alarmFinding,
        roomFinding,
        copiesFinding,
    };
    for (const Check& check : checks) {
        add(facts, only, check, findings);
    }
    addCertificates(facts, only, findings);
    addUncounted(facts, only, findings);
    return findings;
}

} // namespace pilothouse::domain
