// SPDX-License-Identifier: GPL-3.0-or-later
// The words for changes to a cluster: plans, checks, steps, and how far they are.
//
// Names that this version does not know, of a newer replica, are shown as they are.
#pragma once

#include "api/operations.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <string>

namespace pilothouse::text {

// "Remove reg-3"
[[nodiscard]] QString operationTitle(const std::string& kind, const std::string& replica);
// "Take reg-3 out of the load balancer's pool". `host`: the name of a new host that the operation joins,
// which some of its steps are about.
[[nodiscard]] QString stepTitle(const std::string& step, const std::string& replica,
                                const std::optional<std::string>& host = {});
[[nodiscard]] QString stepTitle(const api::Operation& operation, const api::OperationStep& step);
// `at`: which of the plan's steps.
[[nodiscard]] QString stepTitle(const api::OperationPlan& plan, std::size_t at);
// How one by which the members stay the same ended, as a sentence: "reg-2 leads."
[[nodiscard]] QString upkeepEnd(const api::Operation& operation);
// "done", "cancelled: everything is as it was"
[[nodiscard]] QString phaseWords(const std::string& phase);

struct FindingWords {
    QString title;
    QString evidence;       // with the way out where there is one, unless the next has it; may be empty
    QString fix = {};       // what to do about it, where nothing is to be changed now
    QString reference = {}; // where more is said about it
};
[[nodiscard]] FindingWords findingWords(const api::Finding& finding);
// "Blocks", "Needs your word": the heading of all findings of this severity.
[[nodiscard]] QString severityWords(const std::string& severity);

// What the step waits for: "14 blobs must be copied to reg-1 first"
[[nodiscard]] QString waitingWords(const api::Waiting& waiting);
// One line of the record: "Take reg-3 out of the load balancer's pool: done"
[[nodiscard]] QString journalWords(const api::JournalLine& line, const api::Operation& operation);

// "3 of 3 replicas vote and are well, it can lose 1 more"
[[nodiscard]] QString marginWords(const api::Margin& margin);

} // namespace pilothouse::text
