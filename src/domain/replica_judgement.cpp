// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replica_judgement.h"

#include "domain/message_ids.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

constexpr Milliseconds unknownTime{-1};

Message silence(const Sighted& replica, const Situation& situation) {
    const auto time = situation.failingFor(replica).value_or(unknownTime);
    if (replica.engineAnswers) {
        return {MessageId::cardStillVotes, {}};
    }
    switch (replica.seen->reach) {
    case Reach::refused:
        return {MessageId::cardRefused, {time}};
    case Reach::unreachable:
        return {MessageId::cardNoRoute, {time}};
    case Reach::tls:
        return {MessageId::cardCertificate, {time}};
    case Reach::wrongId:
        return {MessageId::cardWrongId, {}};
    case Reach::rejected:
        return {MessageId::cardRejected, {}};
    case Reach::error:
        return {MessageId::cardProtocol, {}};
    case Reach::unknown:
        return {MessageId::cardUnknown, {}};
    case Reach::notReady:
        return {MessageId::cardStarting, {}};
    case Reach::ok:
    case Reach::timeout:
        break;
    }
    return {MessageId::cardNoAnswer, {time}};
}

Names namesOf(const std::vector<const ReplicaReport*>& reporters, const Situation& situation) {
    Names names;
    for (const auto* reporter : reporters) {
        names.names.push_back(situation.nameOf(reporter->id));
    }
    return names;
}

// The state and words of a replica that does not answer us.
void judgeSilent(const Sighted& replica, const Situation& situation, ReplicaAssessment& result) {
    switch (standingOf(replica, situation)) {
    case Standing::notAsked:
        result.state = ReplicaState::unknown;
        result.detail = {MessageId::cardUnknown, {}};
        return;
    case Standing::starting:
        result.state = ReplicaState::unknown;
        result.detail = {MessageId::cardStarting, {}};
        return;
    case Standing::toldWell:
    case Standing::toldUnwell:
        result.state = ReplicaState::toldByPeers;
        result.detail = {MessageId::cardToldBy,
                         {situation.nameOf(replica.heardBy->id), replica.heardAgo.value_or(Milliseconds(0))}};
        return;
    case Standing::contested:
        result.state = ReplicaState::disagreed;
        result.detail = {
            MessageId::cardPeersDisagree,
            {namesOf(replica.peersThatHearIt, situation), namesOf(replica.peersThatDoNot, situation)}};
        return;
    default:
        break;
    }
    const bool stopped = replica.seen->stoppedOnPurpose || situation.observation->sandboxStopped;
    if (stopped && replica.seen->reach == Reach::refused) {
        result.state = ReplicaState::stopped;
        result.detail = {MessageId::cardStopped, {}};
        return;
    }
    result.state = ReplicaState::notAnswering;
    result.detail = silence(replica, situation);
}

struct Lags {
    std::optional<std::int64_t> notHeld; // nullopt: the leader is not to be asked
    std::int64_t notApplied = 0;
    std::optional<std::int64_t> blobs;
};

// By its own word or a peer's, against the leader's.
Lags lagsOf(const Sighted& replica, const Situation& situation, const Consensus& consensus) {
    Lags lags;
    lags.notApplied = std::max<std::int64_t>(0, consensus.held.value() - consensus.applied.value());
    const auto* leader = situation.leader ? situation.find(*situation.leader) : nullptr;
    if (leader != nullptr && leader->own != nullptr) {
        lags.notHeld =
            std::max<std::int64_t>(0, leader->own->consensus.held.value() - consensus.held.value());
    }
    if (const auto missing = missingAt(replica)) {
        lags.blobs = missing->count;
    }
    return lags;
}

bool behind(const Lags& lags, const Limits& limits) {
    return lags.blobs.value_or(0) > 0 || lags.notHeld.value_or(0) > limits.behindEntries ||
           lags.notApplied > limits.behindEntries;
}

void takeLags(const Consensus& consensus, const Lags& lags, ReplicaAssessment& result) {
    result.applied = consensus.applied;
    result.entriesNotApplied = lags.notApplied;
    result.entriesNotHeld = lags.notHeld;
    result.blobsMissing = lags.blobs;
}

// "1 entry behind · 1.2 ms"; the leader, and whoever has no leader to be measured by, tell where they are.
Message entriesMessage(const ReplicaAssessment& result, bool leads) {
    const double ms = result.roundTripMs.value_or(-1);
    if (leads || !result.entriesNotHeld) {
        return {MessageId::cardEntry, {result.applied.value_or(LogIndex()).value(), ms}};
    }
    return {MessageId::cardBehind, {*result.entriesNotHeld, ms}};
}

Message behindMessage(const ReplicaAssessment& result, const Limits& limits) {
    if (result.blobsMissing.value_or(0) > 0) {
        return {MessageId::cardBlobs, {*result.blobsMissing}};
    }
    if (result.entriesNotHeld.value_or(0) > limits.behindEntries) {
        return entriesMessage(result, false);
    }
    return {MessageId::cardNotApplied, {result.entriesNotApplied.value_or(0)}};
}

// For how long it has not heard those that have quorum, by its own word.
Milliseconds leaderlessFor(const Sighted& replica, const Situation& situation) {
    Milliseconds longest = unknownTime;
    for (const auto& word : replica.own->peers) {
        const auto* peer = situation.find(word.peer);
        if (word.failingFor && peer != nullptr && peer->own != nullptr && votes(*peer)) {
            const auto age = std::chrono::duration_cast<Milliseconds>(situation.observation->now -
                                                                      *replica.seen->reportAt);
            longest = std::max(longest, *word.failingFor + age);
        }
    }
    return longest;
}

Message leaderlessMessage(const Sighted& replica, const Situation& situation) {
    if (replica.own->consensus.leader) {
        return {MessageId::cardNoQuorum, {}};
    }
    return {MessageId::cardNoLeader, {leaderlessFor(replica, situation)}};
}

// The state and words of a replica that answers.
void judgeSpeaking(const Sighted& replica, const Situation& situation, ReplicaAssessment& result) {
    const auto& own = *replica.own;
    if (replica.leftBehind) {
        result.state = ReplicaState::unhealthy;
        result.detail = {MessageId::cardLeftBehind, {own.epoch}};
        return;
    }
    if (own.consensus.role == Role::learner || (replica.member && !replica.voting)) {
        result.state = ReplicaState::joining;
        result.detail = {MessageId::cardJoining, {}};
        return;
    }
    switch (standingOf(replica, situation)) {
    case Standing::starting:
        result.state = ReplicaState::unknown;
        result.detail = {MessageId::cardStarting, {}};
        return;
    case Standing::leaderless:
        result.state = ReplicaState::disagreed;
        result.detail = leaderlessMessage(replica, situation);
        return;
    case Standing::draining:
        result.state = ReplicaState::draining;
        result.detail = {MessageId::cardDraining, {std::int64_t{-1}}};
        return;
    case Standing::unwell:
        result.state = ReplicaState::unhealthy;
        result.detail = {MessageId::cardUnhealthy, {own.healthReason}};
        return;
    case Standing::behind:
        result.state = ReplicaState::behind;
        result.detail = behindMessage(result, situation.limits);
        return;
    default:
        break;
    }
    if (replica.freshness == Freshness::late) {
        result.state = ReplicaState::late;
        result.detail = {MessageId::cardLate,
                         {std::chrono::duration_cast<Milliseconds>(situation.observation->now -
                                                                   *replica.seen->lastByteAt)}};
        return;
    }
    result.state = ReplicaState::healthy;
    result.detail = entriesMessage(result, situation.leader == replica.seen->id);
}

bool leaderHears(const Sighted& replica, const Situation& situation) {
    const auto* leader = situation.leader ? situation.find(*situation.leader) : nullptr;
    if (leader == nullptr || leader->own == nullptr) {
        // The leader itself is not to be asked: the replica's own contact with it is as good.
        return replica.own != nullptr && replica.own->consensus.leader == situation.leader &&
               situation.leader.has_value();
    }
    if (leader == &replica) {
        return true;
    }
    return std::any_of(replica.peersThatHearIt.begin(), replica.peersThatHearIt.end(),
                       [&](const ReplicaReport* peer) { return peer == leader->own; }) ||
           (replica.engineAnswers && replica.peersThatHearIt.empty());
}

} // namespace

bool healthy(const Sighted& replica) {
    if (replica.own != nullptr) {
        const auto& own = *replica.own;
        return own.health == Unhealthy::none && own.consensus.quorum && own.consensus.leader.has_value();
    }
    return replica.peersThatDoNot.empty() && replica.heard != nullptr &&
           replica.heard->health == Unhealthy::none;
}

bool votes(const Sighted& replica) {
    if (!replica.voting) {
        return false;
    }
    if (replica.own != nullptr) {
        return replica.own->consensus.quorum && replica.own->consensus.leader.has_value();
    }
    if (replica.heard == nullptr) {
        return replica.engineAnswers;
    }
    // Where peers disagree, those that have quorum themselves know; the leader knows best.
    const bool heardByQuorum = std::any_of(replica.peersThatHearIt.begin(), replica.peersThatHearIt.end(),
                                           [](const ReplicaReport* peer) { return peer->consensus.quorum; });
    return replica.heard->consensus && replica.heard->consensus->quorum && !replica.leaderDenies &&
           (heardByQuorum || replica.peersThatDoNot.empty());
}

namespace {

// What is wrong with itself, whoever it sees: the reason that it sees no leader, where it sees none.
bool isOwnFault(Unhealthy reason) {
    return reason == Unhealthy::engineDown || reason == Unhealthy::diskFull ||
           reason == Unhealthy::diskUnwritable || reason == Unhealthy::readOnly;
}

} // namespace

Standing standingOf(const Sighted& replica, const Situation& situation) {
    if (replica.own != nullptr) {
        const auto& own = *replica.own;
        if (own.health == Unhealthy::starting) {
            return Standing::starting;
        }
        if (isOwnFault(own.health)) {
            return Standing::unwell;
        }
        if (!own.consensus.leader || !own.consensus.quorum || own.health == Unhealthy::noQuorum) {
            return Standing::leaderless;
        }
        if (own.health != Unhealthy::none) {
            return own.health == Unhealthy::draining ? Standing::draining : Standing::unwell;
        }
        return behind(lagsOf(replica, situation, own.consensus), situation.limits) ? Standing::behind
                                                                                   : Standing::well;
    }
    if (replica.heard != nullptr) {
        if (!replica.peersThatDoNot.empty()) {
            return Standing::contested;
        }
        return votes(replica) && healthy(replica) ? Standing::toldWell : Standing::toldUnwell;
    }
    if (replica.seen->reach == Reach::notReady) {
        return Standing::starting;
    }
    if (replica.engineAnswers) {
        return Standing::engineOnly;
    }
    const bool tried = replica.seen->reach != Reach::unknown || replica.seen->report;
    return tried || !replica.peersThatDoNot.empty() ? Standing::down : Standing::notAsked;
}

ReplicaAssessment judgeReplica(const Sighted& replica, const Situation& situation) {
    ReplicaAssessment result;
    const auto& seen = *replica.seen;
    result.id = seen.id;
    result.name = seen.name;
    result.url = seen.url;
    result.voting = replica.voting;
    result.freshness = replica.freshness;
    result.stillVotes = replica.own == nullptr && replica.engineAnswers;
    result.replicates = leaderHears(replica, situation);
    result.roundTripMs = seen.roundTripMs;
    if (seen.reach != Reach::unknown) {
        result.reachable = replica.own != nullptr;
    }
    if (replica.own != nullptr) {
        result.role = replica.own->consensus.role;
        result.healthy = healthy(replica);
        result.observedBy = seen.id;
        result.observedAt = seen.lastByteAt; // changes are told at once: what was told holds until then
        takeLags(replica.own->consensus, lagsOf(replica, situation, replica.own->consensus), result);
        judgeSpeaking(replica, situation, result);
        return result;
    }
    if (replica.heard != nullptr && replica.heard->consensus) {
        result.role = replica.heard->consensus->role;
        result.healthy = healthy(replica);
        result.observedBy = replica.heardBy->id;
        result.observedAt = situation.observation->now - *replica.heardAgo;
        takeLags(*replica.heard->consensus, lagsOf(replica, situation, *replica.heard->consensus), result);
    } else if (seen.report) {
        // Its last words, however old: never counted as good.
        result.observedBy = seen.id;
        result.observedAt = seen.reportAt;
        result.applied = seen.report->consensus.applied;
    }
    // A service that refuses does not run, and peers that miss it agree; mere silence towards us says
    // nothing.
    if (!result.healthy && (seen.reach == Reach::refused || !replica.peersThatDoNot.empty())) {
        result.healthy = false;
    }
    judgeSilent(replica, situation, result);
    return result;
}

} // namespace pilothouse::domain
