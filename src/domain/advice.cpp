// SPDX-License-Identifier: GPL-3.0-or-later
// Sizing by DTR's rules, and clocks.
#include "domain/clock_offset.h"
#include "domain/message_ids.h"
#include "domain/wording.h"

#include <cmath>

namespace pilothouse::domain {
namespace {

constexpr Milliseconds leftOfflineAfter = std::chrono::hours(1);
constexpr int mostUsefulVoters = 7;

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

} // namespace pilothouse::domain
