// SPDX-License-Identifier: GPL-3.0-or-later
// Without quorum: what the silence of each means, what to do in order, what still works.
#include "domain/message_ids.h"
#include "domain/replica_judgement.h"
#include "domain/wording.h"

#include <algorithm>
#include <limits>

namespace pilothouse::domain {
namespace {

// "https://reg-2.example.com:443" as people say it: without the scheme and without its usual port.
std::string addressOf(const Sighted& replica) {
    constexpr std::string_view scheme = "https://";
    constexpr std::string_view port = ":443";
    std::string address = replica.seen->url;
    if (address.starts_with(scheme)) {
        address.erase(0, scheme.size());
    }
    if (address.ends_with(port)) {
        address.erase(address.size() - port.size());
    }
    return address;
}

Message howManyBack(std::int64_t lacking) {
    return lacking <= 1 ? Message{MessageId::stepOneIsEnough, {}}
                        : Message{MessageId::stepMoreAreNeeded, {lacking}};
}

// What helps against one lost replica depends on how it does not answer.
void addStepsFor(const Sighted& replica, const std::string& name, std::int64_t lacking,
                 std::vector<Message>& steps) {
    const std::string address = addressOf(replica);
    switch (replica.seen->reach) {
    case Reach::refused: // its host answers: a service that only has to be started
        steps.push_back({MessageId::stepLookAndStart, {name, address}});
        steps.push_back(howManyBack(lacking));
        steps.push_back({MessageId::commandJournal, {}});
        steps.push_back({MessageId::commandStart, {}});
        return;
    case Reach::tls:
    case Reach::wrongId:
    case Reach::rejected:
    case Reach::error:
        steps.push_back({MessageId::stepTrust, {name, address}});
        steps.push_back({MessageId::stepCompare, {}});
        return;
    default:
        steps.push_back({MessageId::stepReach, {name, address}});
        steps.push_back({MessageId::stepHostThenLink, {}});
    }
}

// Of a sandbox: its processes are on this computer, and go on or are started by one command.
std::vector<Message> sandboxSteps(const std::string& cluster, const Roll& roll, std::int64_t lacking) {
    std::vector<Message> steps;
    if (!roll.paused.names.empty()) {
        steps.push_back({MessageId::stepResume, {roll.paused}});
        steps.push_back(howManyBack(lacking));
        for (const auto& name : roll.paused.names) {
            steps.push_back({MessageId::commandSandboxResume, {cluster, name}});
        }
    }
    Names ended;
    std::copy_if(roll.down.names.begin(), roll.down.names.end(), std::back_inserter(ended.names),
                 [&](const std::string& name) {
                     const auto& paused = roll.paused.names;
                     return std::find(paused.begin(), paused.end(), name) == paused.end();
                 });
    if (!ended.names.empty()) {
        steps.push_back({MessageId::stepStartSandbox, {ended}});
        steps.push_back(howManyBack(lacking));
        steps.push_back({MessageId::commandSandboxStart, {cluster}});
    }
    return steps;
}

bool holdsMore(const Sighted& a, const Sighted& b) {
    const Consensus& mine = a.own->consensus;
    const Consensus& other = b.own->consensus;
    if (mine.held != other.held) {
        return mine.held > other.held;
    }
    if (mine.applied != other.applied) {
        return mine.applied > other.applied;
    }
    const auto lacks = [](const Sighted& replica) {
        return replica.own->blobsMissing ? replica.own->blobsMissing->count
                                         : std::numeric_limits<std::int64_t>::max();
    };
    return lacks(a) < lacks(b);
}

// By what they say of themselves; a repair looks at their logs. Null: nobody who votes answers.
const Sighted* bestSurvivor(const Situation& situation) {
    const Sighted* best = nullptr;
    for (const auto& replica : situation.replicas) {
        const bool possible = replica.voting && replica.own != nullptr && !replica.leftBehind &&
                              replica.own->health != Unhealthy::readOnly;
        if (possible && (best == nullptr || holdsMore(replica, *best))) {
            best = &replica;
        }
    }
    return best;
}

// Since when too few were heard for a majority; nullopt: of one of the silent nobody knows it.
std::optional<WallTime> majorityUntil(const Situation& situation) {
    std::vector<Milliseconds> silentFor;
    for (const auto& replica : situation.replicas) {
        if (!replica.voting || replica.own != nullptr) {
            continue;
        }
        const auto time = situation.failingFor(replica);
        if (!time) {
            return std::nullopt;
        }
        silentFor.push_back(*time);
    }
    std::sort(silentFor.rbegin(), silentFor.rend());
    const auto spare = static_cast<std::size_t>(situation.voters - situation.quorum);
    return silentFor.size() > spare ? std::optional(situation.observation->wallNow - silentFor[spare])
                                    : std::nullopt;
}

// The last way out, when too few are left and the others never come back.
void addRepair(const Situation& situation, std::vector<Message>& steps) {
    Names silent;
    int answering = 0;
    for (const auto& replica : situation.replicas) {
        if (replica.voting && replica.own == nullptr) {
            silent.names.push_back(situation.nameOf(*replica.seen));
        }
        answering += replica.voting && replica.own != nullptr ? 1 : 0;
    }
    const Sighted* best = bestSurvivor(situation);
    if (best == nullptr || answering >= situation.quorum || silent.names.empty()) {
        return; // they only have to hear each other
    }
    steps.push_back({MessageId::stepOnlyIfGone, {silent}});
    steps.push_back({MessageId::stepRepairFrom, {situation.nameOf(*best->seen)}});
    if (const auto until = majorityUntil(situation)) {
        steps.push_back({MessageId::stepHeldUntil, {*until, silent}});
    } else {
        steps.push_back({MessageId::stepHeldOnly, {silent}});
    }
    if (const auto lacks = best->own->blobsMissing; lacks && lacks->count > 0) {
        steps.push_back({MessageId::stepBlobsLost, {lacks->count}});
    }
}

// What the way in which it does not answer tells of a lost replica.
MessageId findingOf(const ReplicaObservation& seen, bool sandbox) {
    if (seen.paused) {
        return MessageId::findingPaused;
    }
    switch (seen.reach) {
    case Reach::refused:
        return sandbox ? MessageId::findingNotRunning : MessageId::findingRefused;
    case Reach::tls:
    case Reach::wrongId:
    case Reach::rejected:
    case Reach::error:
        return MessageId::findingNotToUs;
    default:
        return MessageId::findingSilent;
    }
}

} // namespace

std::vector<Message> findingsFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    std::vector<Message> findings;
    if (assessment.verdict != Verdict::noQuorum) {
        return findings;
    }
    for (const auto kind : {MessageId::findingRefused, MessageId::findingNotRunning, MessageId::findingPaused,
                            MessageId::findingSilent, MessageId::findingNotToUs}) {
        Names names;
        for (const auto& replica : situation.replicas) {
            if (replica.voting && replica.own == nullptr &&
                standingOf(replica, situation) == Standing::down &&
                findingOf(*replica.seen, situation.observation->sandbox) == kind) {
                names.names.push_back(situation.nameOf(*replica.seen));
            }
        }
        if (!names.names.empty()) {
            findings.push_back({kind, {names}});
        }
    }
    if (static_cast<int>(roll.mayHaveQuorum.names.size()) >= situation.quorum) {
        findings.push_back({MessageId::findingMayHaveMajority, {}});
    }
    return findings;
}

std::vector<Message> stepsFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    std::vector<Message> steps;
    if (assessment.verdict != Verdict::noQuorum) {
        return steps;
    }
    const auto& observation = *situation.observation;
    const std::int64_t lacking = situation.quorum - assessment.answeringVoters;
    if (observation.sandbox) {
        steps = sandboxSteps(observation.clusterName, roll, lacking);
        addRepair(situation, steps);
        return steps;
    }
    // First those whose host answers.
    for (const bool refused : {true, false}) {
        for (const auto& replica : situation.replicas) {
            if (replica.voting && replica.own == nullptr &&
                (replica.seen->reach == Reach::refused) == refused) {
                addStepsFor(replica, situation.nameOf(*replica.seen), lacking, steps);
            }
        }
    }
    addRepair(situation, steps);
    return steps;
}

std::vector<Message> stillWorksFor(const Roll& roll, const Assessment& assessment) {
    if (assessment.verdict != Verdict::noQuorum || roll.answeringVoters.names.empty()) {
        return {};
    }
    return {{MessageId::stillWorks, {roll.answeringVoters}}};
}

} // namespace pilothouse::domain
