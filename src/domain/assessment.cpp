// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/assessment.h"

#include "domain/clock_offset.h"
#include "domain/quorum.h"
#include "domain/replica_judgement.h"
#include "domain/wording.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

bool isWell(const Sighted& replica, const Situation& situation) {
    const auto standing = standingOf(replica, situation);
    return standing == Standing::well || standing == Standing::toldWell;
}

std::vector<std::optional<MissingBlobs>> missingAtVoters(const Situation& situation) {
    std::vector<std::optional<MissingBlobs>> missing;
    for (const auto& replica : situation.replicas) {
        if (votes(replica)) {
            missing.push_back(missingAt(replica));
        }
    }
    return missing;
}

Margins measure(const Situation& situation, int voting) {
    Margins margins;
    margins.voters = situation.voters;
    margins.quorum = situation.quorum;
    margins.configuredTolerance = toleranceOf(situation.voters);
    margins.healthyVoters = static_cast<int>(
        std::count_if(situation.replicas.begin(), situation.replicas.end(),
                      [&](const Sighted& r) { return r.voting && votes(r) && isWell(r, situation); }));
    margins.toleratesVotes = situation.quorumTestified ? toleratesNow(situation.voters, voting) : 0;
    margins.copies = copiesOf(missingAtVoters(situation));
    margins.tolerates =
        margins.copies ? std::min(margins.toleratesVotes, margins.copies->tolerates) : margins.toleratesVotes;
    if (situation.quorumTestified && voting == situation.quorum) {
        for (const auto& replica : situation.replicas) {
            if (votes(replica)) {
                margins.critical.push_back(replica.seen->id);
            }
        }
    }
    return margins;
}

// Whether a replica that says it starts has waited in vain: too few peers are there to make a majority, or
// they are and their engines do not come together.
bool waitsInVain(const Sighted& replica, const Situation& situation) {
    if (replica.own->upFor > situation.limits.startsWithin) {
        return true;
    }
    const auto& words = replica.own->peers;
    const auto missing = std::count_if(words.begin(), words.end(), [&](const PeerReport& word) {
        const auto* peer = situation.find(word.peer);
        return peer != nullptr && peer->voting && peer->own == nullptr &&
               word.failingFor.value_or(Milliseconds(0)) > situation.limits.startsWithin;
    });
    return missing > toleranceOf(situation.voters);
}

bool everyoneWhoAnswersStarts(const Situation& situation) {
    return std::all_of(situation.replicas.begin(), situation.replicas.end(), [&](const Sighted& r) {
        return r.own == nullptr || !r.voting ||
               (r.own->health == Unhealthy::starting && !waitsInVain(r, situation));
    });
}

bool anyVoterAnswers(const Situation& situation) {
    return std::any_of(situation.replicas.begin(), situation.replicas.end(),
                       [](const Sighted& r) { return r.own != nullptr && r.voting; });
}

bool hasAlarms(const Situation& situation) {
    return std::any_of(situation.replicas.begin(), situation.replicas.end(), [](const Sighted& r) {
        return r.own != nullptr && r.member && !r.own->alarms.empty();
    });
}

Verdict judge(const Situation& situation, const Margins& margins) {
    if (situation.views == 0) {
        const bool starts = std::any_of(situation.replicas.begin(), situation.replicas.end(),
                                        [](const Sighted& r) { return r.seen->reach == Reach::notReady; });
        return situation.tried && !starts ? Verdict::unreachable : Verdict::starting;
    }
    if (!situation.quorumTestified) {
        // No quorum needs testimony: of somebody who has been up long enough to know.
        const bool starting = anyVoterAnswers(situation) && everyoneWhoAnswersStarts(situation);
        return starting ? Verdict::starting : Verdict::noQuorum;
    }
    if (margins.tolerates == 0) {
        return Verdict::atRisk;
    }
    return margins.healthyVoters == margins.voters && !hasAlarms(situation) ? Verdict::healthy
                                                                            : Verdict::degraded;
}

} // namespace

Assessment assess(const ClusterObservation& observation, const Limits& limits) {
    const Situation situation = sortOut(observation, limits);
    Assessment assessment;
    assessment.votingNow =
        static_cast<int>(std::count_if(situation.replicas.begin(), situation.replicas.end(), votes));
    assessment.margins = measure(situation, assessment.votingNow);
    assessment.verdict = judge(situation, assessment.margins);
    assessment.leader = situation.leader;
    assessment.term = situation.term;
    assessment.claims = situation.claims;
    assessment.disagreement = situation.claims.size() > 1;
    assessment.views = situation.views;
    const auto clocks = clockOffsets(situation);
    for (const auto& replica : situation.replicas) {
        auto& judged = assessment.replicas.emplace_back(judgeReplica(replica, situation));
        if (const auto clock = clocks.find(judged.id); clock != clocks.end()) {
            judged.clockOffsetMs = clock->second;
        }
    }
    const Roll roll = callRoll(situation);
    assessment.answeringVoters = static_cast<int>(roll.answeringVoters.names.size());
    assessment.partition = situation.quorumTestified && !roll.cutOff.names.empty();
    putInWords(situation, roll, assessment);
    return assessment;
}

} // namespace pilothouse::domain
