// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/roll.h"

#include "domain/replica_judgement.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

constexpr Milliseconds unknownTime{-1};

void addOnce(Names& names, const std::string& name) {
    if (std::find(names.names.begin(), names.names.end(), name) == names.names.end()) {
        names.names.push_back(name);
    }
}

void addPeers(Names& names, const Sighted& replica, const Situation& situation) {
    for (const auto* peer : replica.peersThatHearIt) {
        addOnce(names, situation.nameOf(peer->id));
    }
}

// One that a replica with quorum hears has only not heard of the leader yet. Others that are cut off with it
// hear it too: that says nothing.
bool heardByTheMajority(const Sighted& replica) {
    return std::any_of(
        replica.peersThatHearIt.begin(), replica.peersThatHearIt.end(),
        [](const ReplicaReport* peer) { return peer->consensus.leader && peer->consensus.quorum; });
}

// Whether everybody who answers says that it does not hear it.
bool deniedByAll(const Sighted& replica, const Situation& situation) {
    return std::all_of(situation.replicas.begin(), situation.replicas.end(), [&](const Sighted& peer) {
        return peer.own == nullptr || !peer.voting ||
               std::find(replica.peersThatDoNot.begin(), replica.peersThatDoNot.end(), peer.own) !=
                   replica.peersThatDoNot.end();
    });
}

void callSpeaking(const Sighted& replica, const std::string& name, const Situation& situation, Roll& roll) {
    roll.answeringVoters.names.push_back(name);
    switch (standingOf(replica, situation)) {
    case Standing::behind:
        roll.behind.names.push_back(name);
        return;
    case Standing::draining:
        roll.draining.names.push_back(name);
        return;
    case Standing::unwell:
        roll.unwell.push_back(&replica);
        return;
    case Standing::starting:
        roll.starting.names.push_back(name);
        return;
    case Standing::leaderless:
        roll.withoutLeader.names.push_back(name);
        roll.someNameALeader = roll.someNameALeader || replica.own->consensus.leader;
        if (situation.quorumTestified && !heardByTheMajority(replica)) {
            roll.cutOff.names.push_back(name);
        }
        return;
    default:
        roll.well.names.push_back(name);
    }
}

// On this computer nobody listens where a connection is refused, and who is paused does nothing.
bool standsStill(const Sighted& replica, const Situation& situation) {
    return situation.observation->sandbox && (replica.seen->paused || replica.seen->reach == Reach::refused);
}

void callSilent(const Sighted& replica, const std::string& name, const Situation& situation, Roll& roll) {
    const bool deniedQuorum =
        replica.heard != nullptr && replica.heard->consensus && !replica.heard->consensus->quorum;
    if (!deniedQuorum && !standsStill(replica, situation)) {
        roll.mayHaveQuorum.names.push_back(name);
    }
    switch (standingOf(replica, situation)) {
    case Standing::toldWell:
        roll.toldWell.names.push_back(name);
        addPeers(roll.toldWellBy, replica, situation);
        return;
    case Standing::toldUnwell:
        roll.toldUnwell.names.push_back(name);
        addPeers(roll.toldUnwellBy, replica, situation);
        return;
    case Standing::contested:
        roll.contested.push_back(&replica);
        return;
    case Standing::engineOnly:
        roll.stillVoting.names.push_back(name);
        return;
    case Standing::notAsked:
        roll.notAsked.names.push_back(name);
        return;
    case Standing::starting:
        roll.starting.names.push_back(name);
        return;
    default:
        roll.down.names.push_back(name);
        if (replica.seen->paused) {
            roll.paused.names.push_back(name);
        }
        roll.downFor.push_back(situation.failingFor(replica).value_or(unknownTime));
        if (deniedByAll(replica, situation)) {
            roll.deniedByAll.names.push_back(name);
        }
    }
}

void callAlarms(const Situation& situation, Roll& roll) {
    for (const auto& replica : situation.replicas) {
        if (replica.own == nullptr || !replica.member) {
            continue;
        }
        for (const auto& alarm : replica.own->alarms) {
            auto& names = alarm.kind == "NOSPACE"   ? roll.noSpace
                          : alarm.kind == "CORRUPT" ? roll.corrupt
                                                    : roll.otherAlarms;
            addOnce(names, situation.nameOf(alarm.replica.empty() ? replica.seen->id : alarm.replica));
        }
    }
}

} // namespace

Roll callRoll(const Situation& situation) {
    Roll roll;
    callAlarms(situation, roll);
    for (const auto& replica : situation.replicas) {
        if (!replica.member) {
            continue;
        }
        const std::string name = situation.nameOf(*replica.seen);
        roll.answering += replica.own != nullptr ? 1 : 0;
        if (!replica.voting) {
            const bool lost = standingOf(replica, situation) == Standing::down;
            (lost ? roll.lostLearners : roll.learners).names.push_back(name);
            continue;
        }
        if (votes(replica)) {
            roll.voting.names.push_back(name);
            const auto standing = standingOf(replica, situation);
            const bool lacks = standing == Standing::behind || standing == Standing::engineOnly ||
                               (replica.own != nullptr && replica.own->health == Unhealthy::projectionBehind);
            roll.haveState += lacks ? 0 : 1;
        }
        if (replica.own != nullptr) {
            callSpeaking(replica, name, situation, roll);
        } else {
            callSilent(replica, name, situation, roll);
        }
    }
    return roll;
}

Names notWell(const Roll& roll, const Situation& situation) {
    Names all;
    for (const auto* names : {&roll.down, &roll.notAsked, &roll.stillVoting, &roll.toldUnwell,
                              &roll.withoutLeader, &roll.starting, &roll.draining, &roll.behind}) {
        all.names.insert(all.names.end(), names->names.begin(), names->names.end());
    }
    for (const auto* replicas : {&roll.contested, &roll.unwell}) {
        for (const auto* replica : *replicas) {
            all.names.push_back(situation.nameOf(*replica->seen));
        }
    }
    return all;
}

} // namespace pilothouse::domain
