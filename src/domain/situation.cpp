// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/situation.h"

#include "domain/quorum.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace pilothouse::domain {
namespace {

Milliseconds since(MonotonicTime then, MonotonicTime now) {
    return std::chrono::duration_cast<Milliseconds>(now - then);
}

Freshness freshnessOf(const ReplicaObservation& seen, MonotonicTime now, const Limits& limits) {
    if (seen.reach == Reach::unknown && !seen.lastByteAt) {
        return Freshness::unknown;
    }
    // A refused connection says more than a byte of half a second ago. One request that got no answer in time
    // says no more than the silence itself: one lost packet changes nothing.
    const bool silent = seen.reach == Reach::timeout;
    if ((seen.reach != Reach::ok && !silent) || !seen.lastByteAt) {
        return Freshness::stale;
    }
    const auto age = since(*seen.lastByteAt, now);
    return age >= limits.staleAfter            ? Freshness::stale
           : age >= limits.lateAfter || silent ? Freshness::late
                                               : Freshness::fresh;
}

// "reg-1" of "reg-1.dc1". An address is no name that can be cut.
std::string_view firstLabel(std::string_view name) {
    const bool address = name.find_first_not_of("0123456789.:") == std::string_view::npos ||
                         name.find(':') != std::string_view::npos;
    return address ? name : name.substr(0, name.find('.'));
}

bool shortNamesTellApart(const ClusterObservation& observation) {
    std::set<std::string_view> labels;
    return std::all_of(observation.replicas.begin(), observation.replicas.end(),
                       [&](const ReplicaObservation& replica) {
                           const auto label = firstLabel(replica.name);
                           return replica.name.empty() || (!label.empty() && labels.insert(label).second);
                       });
}

// Whose membership came later: generations count within an epoch.
bool isNewer(const ReplicaReport& a, const ReplicaReport& b) {
    return a.epoch != b.epoch ? a.epoch > b.epoch : a.generation > b.generation;
}

// The newest membership that anyone who answers reports; without any, the newest that anyone ever reported.
const ReplicaReport* membershipReport(const std::vector<Sighted>& replicas) {
    const ReplicaReport* best = nullptr;
    const auto consider = [&](const ReplicaReport* report) {
        if (report != nullptr && !report->members.empty() && (best == nullptr || isNewer(*report, *best))) {
            best = report;
        }
    };
    for (const auto& replica : replicas) {
        consider(replica.own);
    }
    if (best == nullptr) {
        for (const auto& replica : replicas) {
            consider(replica.seen->report ? &*replica.seen->report : nullptr);
        }
    }
    return best;
}

void takeMembership(Situation& situation) {
    const auto* report = membershipReport(situation.replicas);
    for (auto& replica : situation.replicas) {
        replica.leftBehind =
            replica.own != nullptr &&
            (replica.own->newerEpoch || (report != nullptr && replica.own->epoch < report->epoch));
        if (report == nullptr) {
            // Nobody ever said who votes: what was saved is all there is.
            replica.member = replica.voting = !replica.seen->id.empty();
            continue;
        }
        const auto member = std::find_if(report->members.begin(), report->members.end(),
                                         [&](const MemberReport& m) { return m.id == replica.seen->id; });
        replica.member = member != report->members.end();
        replica.voting = replica.member && member->voting;
    }
    if (report != nullptr) {
        situation.voters = static_cast<int>(std::count_if(report->members.begin(), report->members.end(),
                                                          [](const MemberReport& m) { return m.voting; }));
    } else {
        situation.voters = static_cast<int>(std::count_if(
            situation.replicas.begin(), situation.replicas.end(), [](const Sighted& r) { return r.voting; }));
    }
    situation.quorum = quorumOf(situation.voters);
}

// What the reporter says of one peer, into that peer's sighting.
void takePeerWord(Sighted& peer, const Sighted& reporter, const PeerReport& word,
                  const Situation& situation) {
    if (word.reach == Reach::unknown) {
        return;
    }
    const auto ago =
        word.heardAgo.value_or(Milliseconds(0)) + since(*reporter.seen->reportAt, situation.observation->now);
    // On the side without quorum an engine that answers has nobody to vote with.
    peer.engineAnswers =
        peer.engineAnswers || (word.engineAnswers.value_or(false) && reporter.own->consensus.quorum);
    if (word.reach != Reach::ok) {
        peer.peersThatDoNot.push_back(reporter.own);
        peer.leaderDenies = peer.leaderDenies || reporter.own->consensus.role == Role::leader;
        if (word.failingFor) {
            const auto time = *word.failingFor + since(*reporter.seen->reportAt, situation.observation->now);
            peer.failingForPeers = std::max(peer.failingForPeers.value_or(time), time);
        }
        return;
    }
    if (word.failingFor) {
        return; // it has begun to doubt
    }
    // A reporter that is heard tells of changes at once, so its word holds until its own last sign of life.
    const auto ours = peer.seen->lastByteAt ? peer.seen->lastByteAt : peer.seen->failingSince;
    if (peer.own == nullptr && ours && reporter.seen->lastByteAt < *ours + situation.limits.peerNotices) {
        return;
    }
    peer.peersThatHearIt.push_back(reporter.own);
    if (!peer.heardAgo || ago < *peer.heardAgo) {
        peer.heardAgo = ago;
        peer.heard = &word;
        peer.heardBy = reporter.own;
    }
}

void takePeerWords(Situation& situation) {
    for (const auto& reporter : situation.replicas) {
        if (reporter.own == nullptr || !reporter.member) {
            continue;
        }
        for (const auto& word : reporter.own->peers) {
            for (auto& peer : situation.replicas) {
                if (peer.seen->id == word.peer) {
                    takePeerWord(peer, reporter, word, situation);
                }
            }
        }
    }
}

bool hasQuorum(const Consensus& consensus) {
    return consensus.quorum && consensus.leader.has_value();
}

void takeClaims(Situation& situation) {
    for (const auto& replica : situation.replicas) {
        // One that we do not reach testifies through those that hear it.
        if (replica.own == nullptr && replica.voting && replica.heard != nullptr &&
            replica.peersThatDoNot.empty() && replica.heard->consensus) {
            situation.quorumTestified = situation.quorumTestified || hasQuorum(*replica.heard->consensus);
        }
        if (replica.own == nullptr || !replica.member) {
            continue;
        }
        ++situation.views;
        const auto& consensus = replica.own->consensus;
        situation.quorumTestified = situation.quorumTestified || hasQuorum(consensus);
        auto claim =
            std::find_if(situation.claims.begin(), situation.claims.end(), [&](const LeaderClaim& c) {
                return c.leader == consensus.leader && c.term == consensus.term;
            });
        if (claim == situation.claims.end()) {
            claim = situation.claims.insert(claim, {consensus.leader, consensus.term, {}});
        }
        claim->observers.push_back(replica.seen->id);
    }
    // Highest term first, so that the order does not depend on who was asked first.
    std::sort(situation.claims.begin(), situation.claims.end(),
              [](const LeaderClaim& a, const LeaderClaim& b) {
                  return a.term != b.term ? a.term > b.term : a.leader > b.leader;
              });
}

// Whether it was tried and nobody hears anything of it: who still names it has not noticed yet.
bool isLost(const Sighted* replica) {
    return replica != nullptr && replica->own == nullptr && replica->heard == nullptr &&
           !replica->engineAnswers && replica->seen->reach != Reach::unknown;
}

// Leader and term: what the highest term that a majority of the views names says. In a term at most one
// leads, so one that has quorum under it is believed, and so is a majority; a claim that nobody confirms is
// not. Without quorum nobody leads: who led has only not stepped back yet.
void takeLeader(Situation& situation) {
    std::map<Term, int> naming;
    for (const auto& claim : situation.claims) {
        naming[claim.term] += static_cast<int>(claim.observers.size());
    }
    for (auto term = naming.rbegin(); term != naming.rend() && !situation.term; ++term) {
        if (2 * term->second > situation.views && term->first > Term()) {
            situation.term = term->first;
        }
    }
    std::set<ReplicaId> believed;
    for (const auto& claim : situation.claims) {
        const bool confirmed =
            std::any_of(claim.observers.begin(), claim.observers.end(),
                        [&](const ReplicaId& id) { return situation.find(id)->own->consensus.quorum; }) ||
            2 * static_cast<int>(claim.observers.size()) > situation.views;
        if (claim.leader && claim.term == situation.term && confirmed) {
            believed.insert(*claim.leader);
        }
    }
    if (believed.size() == 1 && situation.quorumTestified) {
        situation.leaderLost = isLost(situation.find(*believed.begin()));
        situation.leader = situation.leaderLost ? std::nullopt : std::optional(*believed.begin());
    }
}

} // namespace

const Sighted* Situation::find(const ReplicaId& id) const {
    const auto found =
        std::find_if(replicas.begin(), replicas.end(), [&](const Sighted& r) { return r.seen->id == id; });
    return found == replicas.end() ? nullptr : &*found;
}

std::optional<Milliseconds> Situation::failingFor(const Sighted& replica) const {
    std::optional<Milliseconds> time = replica.failingForPeers;
    if (replica.seen->failingSince) {
        const auto ours = since(*replica.seen->failingSince, observation->now);
        time = std::max(time.value_or(ours), ours);
    }
    return time;
}

std::string Situation::nameOf(const ReplicaId& id) const {
    const auto* replica = find(id);
    return replica != nullptr ? nameOf(*replica->seen) : id.str();
}

std::string Situation::nameOf(const ReplicaObservation& replica) const {
    if (replica.name.empty()) {
        return replica.id.empty() ? replica.url : replica.id.str();
    }
    return shortNames ? std::string(firstLabel(replica.name)) : replica.name;
}

std::optional<MissingBlobs> missingAt(const Sighted& replica) {
    if (replica.own != nullptr) {
        return replica.own->blobsMissing;
    }
    return replica.heard != nullptr ? replica.heard->blobsMissing : std::nullopt;
}

Situation sortOut(const ClusterObservation& observation, const Limits& limits) {
    Situation situation;
    situation.observation = &observation;
    situation.limits = limits;
    situation.shortNames = shortNamesTellApart(observation);
    for (const auto& seen : observation.replicas) {
        Sighted replica;
        replica.seen = &seen;
        replica.freshness = freshnessOf(seen, observation.now, limits);
        const bool answers = replica.freshness == Freshness::fresh || replica.freshness == Freshness::late;
        if (answers && seen.report && seen.reportAt) {
            replica.own = &*seen.report;
        }
        situation.tried = situation.tried || seen.reach != Reach::unknown;
        situation.replicas.push_back(replica);
    }
    takeMembership(situation);
    takePeerWords(situation);
    takeClaims(situation);
    takeLeader(situation);
    return situation;
}

} // namespace pilothouse::domain
