// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wording.h"

#include "domain/message_ids.h"
#include "domain/quorum.h"

#include <algorithm>
#include <functional>

namespace pilothouse::domain {
namespace {

constexpr Milliseconds unknownTime{-1};

// For how long nobody has answered: since the last of them fell silent.
Milliseconds allSilentFor(const Roll& roll) {
    const auto shortest = std::min_element(roll.downFor.begin(), roll.downFor.end());
    return shortest == roll.downFor.end() ? unknownTime : *shortest;
}

// Since the loss that took the quorum: one more than could be lost. Not known when it was not a silence.
Milliseconds withoutQuorumFor(const Situation& situation, const Roll& roll) {
    auto times = roll.downFor;
    std::sort(times.begin(), times.end(), std::greater<>());
    const auto decisive = static_cast<std::size_t>(toleranceOf(situation.voters));
    return decisive < times.size() ? times[decisive] : unknownTime;
}

MessageId unreachableHeadline(const Situation& situation) {
    if (situation.observation->sandboxStopped) {
        return MessageId::headlineSandboxStopped;
    }
    switch (commonFailure(situation)) {
    case Reach::rejected:
        return MessageId::headlineRejected;
    case Reach::tls:
        return MessageId::headlineNotTrusted;
    default:
        return MessageId::headlineUnreachable;
    }
}

Message headlineFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    switch (assessment.verdict) {
    case Verdict::starting:
        return {MessageId::headlineStarting, {}};
    case Verdict::unreachable:
        return {unreachableHeadline(situation), {}};
    case Verdict::noQuorum:
        return {MessageId::headlineNoQuorum, {}};
    case Verdict::healthy:
        return roll.learners.names.empty() ? Message{MessageId::headlineHealthy, {}}
                                           : Message{MessageId::headlineCatchingUp, {roll.learners}};
    case Verdict::degraded:
    case Verdict::atRisk:
        break;
    }
    if (!roll.noSpace.names.empty()) {
        return {MessageId::headlineNoSpace, {}};
    }
    if (assessment.partition) {
        return {MessageId::headlinePartition,
                {roll.cutOff, static_cast<std::int64_t>(roll.voting.names.size())}};
    }
    if (assessment.verdict == Verdict::atRisk) {
        return {situation.voters == 1 ? MessageId::headlineSingle : MessageId::headlineAtRisk, {}};
    }
    Names names = notWell(roll, situation);
    if (names.names.empty()) { // what is wrong is in an alarm
        names = roll.corrupt.names.empty() ? roll.otherAlarms : roll.corrupt;
    }
    return {MessageId::headlineDegraded, {names}};
}

Message unreachableListWord(const Situation& situation, const Roll& roll) {
    if (situation.observation->sandboxStopped) {
        return {MessageId::listSandboxStopped, {}};
    }
    switch (commonFailure(situation)) {
    case Reach::rejected:
        return {MessageId::listRejected, {}};
    case Reach::tls:
        return {MessageId::listNotTrusted, {}};
    default:
        return {MessageId::listUnreachable, {allSilentFor(roll)}};
    }
}

Message listWordFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    switch (assessment.verdict) {
    case Verdict::starting:
        return {MessageId::listStarting, {}};
    case Verdict::unreachable:
        return unreachableListWord(situation, roll);
    case Verdict::noQuorum:
        return {MessageId::listNoQuorum, {withoutQuorumFor(situation, roll)}};
    case Verdict::healthy:
    case Verdict::degraded:
    case Verdict::atRisk:
        break;
    }
    if (!roll.noSpace.names.empty()) {
        return {MessageId::listNoSpace, {}};
    }
    const std::int64_t canLose{assessment.margins.tolerates};
    if (assessment.partition) {
        return {MessageId::listPartition, {canLose}};
    }
    return canLose > 0 ? Message{MessageId::listCanLose, {canLose}} : Message{MessageId::listCanLoseNone, {}};
}

} // namespace

Reach commonFailure(const Situation& situation) {
    const auto all = [&](auto matches) {
        return !situation.replicas.empty() &&
               std::all_of(situation.replicas.begin(), situation.replicas.end(),
                           [&](const Sighted& replica) { return matches(replica.seen->reach); });
    };
    if (all([](Reach reach) { return reach == Reach::rejected; })) {
        return Reach::rejected;
    }
    if (all([](Reach reach) { return reach == Reach::tls || reach == Reach::wrongId; })) {
        return Reach::tls;
    }
    return Reach::timeout;
}

void putInWords(const Situation& situation, const Roll& roll, Assessment& assessment) {
    assessment.headline = headlineFor(situation, roll, assessment);
    assessment.sentence = sentenceFor(situation, roll, assessment);
    assessment.facts = factsFor(situation, roll, assessment);
    assessment.listWord = listWordFor(situation, roll, assessment);
    assessment.advice = adviceFor(situation, roll, assessment);
    assessment.findings = findingsFor(situation, roll, assessment);
    assessment.steps = stepsFor(situation, roll, assessment);
    assessment.stillWorks = stillWorksFor(roll, assessment);
}

} // namespace pilothouse::domain
