// SPDX-License-Identifier: GPL-3.0-or-later
// What a finding says about why something is wrong.
#include "domain/diagnosis.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

std::optional<Cause> with(CauseId id, const Finding& finding, std::vector<std::int64_t> numbers = {}) {
    return Cause{id, finding.names, std::move(numbers), finding.detail};
}

// A number that a check is meant to have.
std::int64_t at(const Finding& finding, std::size_t i) {
    return i < finding.numbers.size() ? finding.numbers[i] : 0;
}

const CheckedReplica* subjectOf(const Finding& finding, const ClusterCheckFacts& facts) {
    const auto found =
        std::find_if(facts.replicas.begin(), facts.replicas.end(), [&](const CheckedReplica& each) {
            return !finding.names.empty() && each.name == finding.names.front();
        });
    return found != facts.replicas.end() ? &*found : nullptr;
}

std::optional<Cause> healthCause(const Finding& finding, const ClusterCheckFacts& facts) {
    const CheckedReplica* replica = subjectOf(finding, facts);
    if (replica == nullptr) {
        return std::nullopt;
    }
    switch (replica->health) {
    case Unhealthy::starting:
        return with(CauseId::starting, finding);
    case Unhealthy::engineDown:
        return with(CauseId::engineDown, finding);
    case Unhealthy::projectionBehind:
        return with(CauseId::readModelBehind, finding);
    case Unhealthy::readOnly:
        return with(CauseId::leftBehind, finding);
    case Unhealthy::other:
        return with(CauseId::notWell, finding);
    // Each has a check of its own:
    case Unhealthy::noQuorum:
    case Unhealthy::diskUnwritable:
    case Unhealthy::diskFull:
    case Unhealthy::draining:
    case Unhealthy::none:
        break;
    }
    return std::nullopt;
}

std::optional<Cause> quorumCause(const Finding& finding, const ClusterCheckFacts& facts) {
    Cause cause{CauseId::noMajority, {}, finding.numbers};
    for (const CheckedReplica& replica : facts.replicas) {
        if (replica.voting && !replica.reports && !replica.tooOld) {
            cause.names.push_back(replica.name);
        }
    }
    return cause;
}

} // namespace

std::optional<Cause> causeOf(const Finding& finding, const ClusterCheckFacts& facts) {
    if (finding.check == CheckId::draining && finding.severity == Severity::information) {
        return with(CauseId::drained, finding);
    }
    if (finding.check == CheckId::copies && finding.severity == Severity::information) {
        return with(CauseId::behind, finding, finding.numbers);
    }
    if (finding.severity <= Severity::information) {
        return std::nullopt;
    }
    switch (finding.check) {
    case CheckId::replicaWell:
        return healthCause(finding, facts);
    case CheckId::quorum:
        return quorumCause(finding, facts);
    case CheckId::diskSpace:
        return finding.severity == Severity::blocks
                   ? with(CauseId::diskFull, finding, {at(finding, 0), at(finding, 2)})
                   : with(CauseId::diskFills, finding, {at(finding, 0), at(finding, 4)});
    case CheckId::diskSpeed:
        return finding.severity == Severity::blocks ? with(CauseId::diskUnwritable, finding)
                                                    : with(CauseId::slowDisk, finding, finding.numbers);
    case CheckId::resources:
        return with(CauseId::smallHost, finding, finding.numbers);
    case CheckId::databaseAlarm:
        return finding.detail == "CORRUPT"   ? with(CauseId::databaseCorrupt, finding)
               : finding.detail == "NOSPACE" ? with(CauseId::databaseFull, finding)
                                             : with(CauseId::notWell, finding);
    case CheckId::databaseRoom:
        return with(CauseId::databaseFills, finding, finding.numbers);
    case CheckId::certificates:
        return at(finding, 0) <= 0 ? with(CauseId::certificateExpired, finding, {-at(finding, 0)})
                                   : with(CauseId::certificateExpires, finding, finding.numbers);
    case CheckId::clocks:
        return with(CauseId::clockOff, finding, finding.numbers);
    default: // how the replicas reach each other is told by causesOnTheWay()
        break;
    }
    return std::nullopt;
}

} // namespace pilothouse::domain
