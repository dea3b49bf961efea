// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/message_ids.h"
#include "domain/quorum.h"
#include "domain/wording.h"

namespace pilothouse::domain {
namespace {

using Parts = std::vector<Message>;

std::int64_t sizeOf(const Names& names) {
    return static_cast<std::int64_t>(names.names.size());
}

// "reg-2 has been down for 2 h 14 min, reg-5 for 38 s."
Message downMessage(const Roll& roll) {
    Message message{MessageId::downFor, {roll.down}};
    for (const auto time : roll.downFor) {
        message.arguments.emplace_back(time);
    }
    return message;
}

Names namesOf(const std::vector<const ReplicaReport*>& reporters, const Situation& situation) {
    Names names;
    for (const auto* reporter : reporters) {
        names.names.push_back(situation.nameOf(reporter->id));
    }
    return names;
}

Names everyone(const Situation& situation) {
    Names names;
    for (const auto& replica : situation.replicas) {
        names.names.push_back(situation.nameOf(*replica.seen));
    }
    return names;
}

void addNamed(Parts& parts, MessageId id, const Names& names) {
    if (!names.names.empty()) {
        parts.push_back({id, {names}});
    }
}

// Those that do not answer here, by what is known of them.
void addSilent(const Situation& situation, const Roll& roll, Parts& parts) {
    addNamed(parts, MessageId::stillVoting, roll.stillVoting);
    for (const auto* replica : roll.contested) {
        parts.push_back({MessageId::contested,
                         {situation.nameOf(*replica->seen), namesOf(replica->peersThatHearIt, situation),
                          namesOf(replica->peersThatDoNot, situation)}});
    }
    if (!roll.toldUnwell.names.empty()) {
        parts.push_back({MessageId::heardElsewhere, {roll.toldUnwell, roll.toldUnwellBy}});
    }
    if (!roll.toldWell.names.empty()) {
        parts.push_back({MessageId::notReachableFromHere, {roll.toldWell, roll.toldWellBy}});
    }
    addNamed(parts, MessageId::notKnownYet, roll.notAsked);
}

void addUnwell(const Situation& situation, const Roll& roll, Parts& parts) {
    for (const auto* replica : roll.unwell) {
        parts.push_back({MessageId::unwell, {situation.nameOf(*replica->seen), replica->own->healthReason}});
    }
}

// In a partition those without a leader have been named; beside a loss, one that is behind is the card's to
// tell.
void addFaults(const Situation& situation, const Roll& roll, bool partition, Parts& parts) {
    if (!roll.down.names.empty()) {
        parts.push_back(downMessage(roll));
    }
    addUnwell(situation, roll, parts);
    if (!partition) {
        addNamed(parts, MessageId::cutOffSide, roll.withoutLeader);
    }
    addNamed(parts, MessageId::startingUp, roll.starting);
    if (roll.down.names.empty()) {
        addNamed(parts, MessageId::behindNow, roll.behind);
    }
    addNamed(parts, MessageId::drainingNow, roll.draining);
    addSilent(situation, roll, parts);
    addNamed(parts, MessageId::learnersLost, roll.lostLearners);
    addNamed(parts, MessageId::alarmNoSpace, roll.noSpace);
    addNamed(parts, MessageId::alarmCorrupt, roll.corrupt);
    addNamed(parts, MessageId::alarmOther, roll.otherAlarms);
}

// The first thing that helps; nothing where waiting does.
void addNextStep(const Situation& situation, const Roll& roll, Parts& parts) {
    Names links = roll.withoutLeader;
    links.names.insert(links.names.end(), roll.toldUnwell.names.begin(), roll.toldUnwell.names.end());
    for (const auto* replica : roll.contested) {
        links.names.push_back(situation.nameOf(*replica->seen));
    }
    if (!roll.noSpace.names.empty()) {
        parts.push_back({MessageId::makeRoom, {roll.noSpace}});
    } else if (!roll.corrupt.names.empty()) {
        parts.push_back({MessageId::replaceDamaged, {roll.corrupt}});
    } else if (!roll.paused.names.empty()) {
        parts.push_back({MessageId::resumeThem, {roll.paused}});
    } else if (!roll.down.names.empty()) {
        parts.push_back({MessageId::startAgain, {roll.down}});
    } else if (!roll.stillVoting.names.empty()) {
        parts.push_back({MessageId::startAgain, {roll.stillVoting}});
    } else if (!links.names.empty()) {
        parts.push_back({MessageId::lookAtLinks, {links}});
    }
}

// What may be lost is less by the copies of blobs than by votes.
Message fewCopies(const Copies& copies) {
    const std::int64_t fewest = copies.fewest;
    if (copies.tolerates == 0) {
        return {fewest == 0 ? MessageId::noCopyLeft : MessageId::loseNoneForCopies, {copies.underReplicated}};
    }
    return {MessageId::canLoseForCopies, {std::int64_t{copies.tolerates}, copies.underReplicated, fewest}};
}

// Nothing is accepted while the state is full, or nobody leads, whatever may be lost.
void addCanLose(const Situation& situation, const Roll& roll, const Margins& margins, MessageId none,
                Parts& parts) {
    if (!roll.noSpace.names.empty()) {
        return;
    }
    if (situation.voters - sizeOf(roll.down) < situation.quorum) {
        parts.push_back(
            {MessageId::tooFewLeft, {std::int64_t{situation.quorum}, std::int64_t{situation.voters}}});
    } else if (situation.leaderLost) {
        parts.push_back({MessageId::choosingLeader, {}});
    } else if (margins.copies && margins.copies->tolerates < margins.toleratesVotes) {
        parts.push_back(fewCopies(*margins.copies));
    } else {
        parts.push_back(margins.tolerates > 0 ? Message{MessageId::canLose, {std::int64_t{margins.tolerates}}}
                                              : Message{none, {}});
    }
}

Parts partitionSentence(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    Parts parts;
    parts.push_back({MessageId::quorumSide, {roll.voting}});
    addCanLose(situation, roll, assessment.margins, MessageId::canLoseNoneOfThem, parts);
    parts.push_back({MessageId::cutOffSide, {roll.withoutLeader}});
    addFaults(situation, roll, true, parts);
    parts.push_back({MessageId::lookAtLinks, {roll.cutOff}});
    return parts;
}

Parts singleSentence(const Situation& situation, const Roll& roll) {
    Parts parts;
    addFaults(situation, roll, false, parts);
    if (parts.empty()) {
        parts.push_back({MessageId::singleReplica, {}});
    }
    parts.push_back({MessageId::thisLossStops, {}});
    if (!roll.noSpace.names.empty()) {
        parts.push_back({MessageId::makeRoom, {roll.noSpace}});
    } else if (roll.learners.names.empty()) {
        parts.push_back({MessageId::addTwo, {}});
    }
    return parts;
}

// Those that answer, and that they are too few or see no leader.
void addTestimony(const Situation& situation, const Roll& roll, Parts& parts) {
    Names names = roll.withoutLeader;
    names.names.insert(names.names.end(), roll.starting.names.begin(), roll.starting.names.end());
    for (const auto* replica : roll.unwell) {
        names.names.push_back(situation.nameOf(*replica->seen));
    }
    if (names.names.empty()) {
        return; // only replicas without a vote answer
    }
    parts.push_back({roll.someNameALeader ? MessageId::answersWithoutQuorum : MessageId::answersWithoutLeader,
                     {names, std::int64_t{situation.quorum}, std::int64_t{situation.voters}}});
    addUnwell(situation, roll, parts);
}

Parts noQuorumSentence(const Situation& situation, const Roll& roll) {
    Parts parts;
    addTestimony(situation, roll, parts);
    if (roll.deniedByAll == roll.down && !roll.down.names.empty() && !roll.answeringVoters.names.empty()) {
        parts.push_back({MessageId::silentToAll, {roll.down, roll.answeringVoters}});
    } else {
        addNamed(parts, MessageId::silentToUs, roll.down);
    }
    addSilent(situation, roll, parts);
    const std::int64_t lacking = situation.quorum - sizeOf(roll.answeringVoters) - sizeOf(roll.toldUnwell);
    if (lacking > 0 && !roll.down.names.empty()) {
        parts.push_back({MessageId::bringBack, {lacking, sizeOf(roll.down)}});
    } else {
        parts.push_back({MessageId::lookAtAllLinks, {}});
    }
    if (sizeOf(roll.mayHaveQuorum) >= situation.quorum) {
        parts.push_back({MessageId::silentMayHaveMajority, {roll.mayHaveQuorum}});
    }
    return parts;
}

Parts startingSentence(const Situation& situation, const Roll& roll) {
    Parts parts;
    if (roll.answering > 0) {
        parts.push_back(
            {MessageId::startingNow,
             {std::int64_t{roll.answering}, static_cast<std::int64_t>(situation.replicas.size())}});
    } else {
        addNamed(parts, MessageId::notKnownYet, everyone(situation));
    }
    return parts;
}

Parts unreachableSentence(const Situation& situation) {
    if (situation.observation->sandboxStopped) {
        return {{MessageId::sandboxStopped, {}}};
    }
    const Names names = everyone(situation);
    std::string error;
    for (const auto& replica : situation.replicas) {
        error = error.empty() ? replica.seen->error : error;
    }
    switch (commonFailure(situation)) {
    case Reach::rejected:
        return {{MessageId::rejectedHere, {names, error}}, {MessageId::checkLogin, {}}};
    case Reach::tls:
        return {{MessageId::notTrustedHere, {names, error}}, {MessageId::compareFingerprints, {}}};
    default:
        return {{MessageId::silentHere, {names, error}}, {MessageId::checkAddressAndNetwork, {}}};
    }
}

} // namespace

std::vector<Message> sentenceFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    const auto& margins = assessment.margins;
    switch (assessment.verdict) {
    case Verdict::starting:
        return startingSentence(situation, roll);
    case Verdict::unreachable:
        return unreachableSentence(situation);
    case Verdict::noQuorum:
        return noQuorumSentence(situation, roll);
    case Verdict::healthy:
    case Verdict::degraded:
    case Verdict::atRisk:
        break;
    }
    if (situation.voters == 1) {
        return singleSentence(situation, roll);
    }
    if (assessment.partition) {
        return partitionSentence(situation, roll, assessment);
    }
    Parts parts;
    if (assessment.verdict != Verdict::atRisk || roll.down.names.empty()) {
        parts.push_back(
            {MessageId::votersHaveState, {std::int64_t{roll.haveState}, std::int64_t{margins.voters}}});
    }
    addFaults(situation, roll, false, parts);
    const bool nothingLost = assessment.votingNow == situation.voters;
    addCanLose(situation, roll, margins, nothingLost ? MessageId::oneLossStops : MessageId::oneMoreStops,
               parts);
    addNextStep(situation, roll, parts);
    if (situation.voters == 2 && nothingLost && roll.learners.names.empty()) {
        parts.push_back({MessageId::addThird, {}});
    }
    return parts;
}

} // namespace pilothouse::domain
