// SPDX-License-Identifier: GPL-3.0-or-later
// Sizing by DTR's rules, and the order of things to do when there is no quorum.
#include "domain/clock_offset.h"
#include "domain/message_ids.h"
#include "domain/wording.h"

#include <cmath>

namespace pilothouse::domain {
namespace {

constexpr Milliseconds leftOfflineAfter = std::chrono::hours(1);
constexpr int mostUsefulVoters = 7;

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

void addClocks(const Situation& situation, const Assessment& assessment, std::vector<Message>& advice) {
    for (const auto& replica : assessment.replicas) {
        const double offset = replica.clockOffsetMs.value_or(0);
        const auto finding = clockFinding(offset);
        if (finding == ClockFinding::none) {
            continue;
        }
        const std::string name = situation.nameOf(replica.id);
        const Milliseconds size(static_cast<std::int64_t>(std::abs(offset)));
        advice.push_back(
            {offset > 0 ? MessageId::adviceClockAhead : MessageId::adviceClockBehind, {name, size}});
        if (finding == ClockFinding::blocksJoin) {
            advice.push_back({MessageId::adviceClockBlocks, {name}});
        }
    }
}

// What helps against one lost replica depends on how it does not answer.
void addStepsFor(const Sighted& replica, const std::string& name, std::int64_t lacking,
                 std::vector<Message>& steps) {
    const std::string address = addressOf(replica);
    switch (replica.seen->reach) {
    case Reach::refused: // its host answers: a service that only has to be started
        steps.push_back({MessageId::stepLookAndStart, {name, address}});
        steps.push_back(lacking <= 1 ? Message{MessageId::stepOneIsEnough, {}}
                                     : Message{MessageId::stepMoreAreNeeded, {lacking}});
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

} // namespace

std::vector<Message> adviceFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    std::vector<Message> advice;
    for (std::size_t i = 0; i < roll.down.names.size(); ++i) {
        if (roll.downFor[i] >= leftOfflineAfter) {
            advice.push_back({MessageId::adviceRemoveLost, {roll.down.names[i], roll.downFor[i]}});
        }
    }
    if (situation.voters == 2) {
        advice.push_back({MessageId::adviceTwo, {}});
    } else if (situation.voters > mostUsefulVoters) {
        advice.push_back({MessageId::adviceTooMany, {std::int64_t{situation.voters}}});
    } else if (situation.voters > 0 && situation.voters % 2 == 0) {
        advice.push_back({MessageId::adviceEven, {std::int64_t{situation.voters}}});
    }
    addClocks(situation, assessment, advice);
    return advice;
}

std::vector<Message> stepsFor(const Situation& situation, const Roll& roll, const Assessment& assessment) {
    std::vector<Message> steps;
    if (assessment.verdict != Verdict::noQuorum) {
        return steps;
    }
    const auto& observation = *situation.observation;
    const std::int64_t lacking = situation.quorum - assessment.answeringVoters;
    if (observation.sandbox) {
        if (!roll.down.names.empty()) {
            steps.push_back({MessageId::stepStartSandbox, {roll.down}});
            steps.push_back(lacking <= 1 ? Message{MessageId::stepOneIsEnough, {}}
                                         : Message{MessageId::stepMoreAreNeeded, {lacking}});
            steps.push_back({MessageId::commandSandboxStart, {observation.clusterName}});
        }
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
    return steps;
}

} // namespace pilothouse::domain
