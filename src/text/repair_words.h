// SPDX-License-Identifier: GPL-3.0-or-later
// The words for a repair: the way on from one survivor when the majority is gone for good.
//
// What its checks found is in findingWords() of operation_words.h. Names that this version does not know, of
// a newer replica, are shown as they are.
#pragma once

#include "api/repair.h"
#include "api/status.h"
#include "text/steps.h"

#include <QList>
#include <QString>

#include <string>
#include <vector>

namespace pilothouse::text {

// "Repair from reg-1"
[[nodiscard]] QString repairTitle(const std::string& survivor);
// What it comes to: "reg-1 goes on alone, in epoch 2, with what it holds."
[[nodiscard]] QString repairOutcome(const api::RepairPlan& plan);
// What becomes of all others when they come back; empty: there are none.
[[nodiscard]] QString leftBehindWords(const api::RepairPlan& plan);
// "Copy the engine’s data of reg-1"
[[nodiscard]] QString repairStepTitle(const std::string& step, const std::string& survivor);
// "being put back"
[[nodiscard]] QString repairPhaseWords(const std::string& phase);
// One line of the record: "Copy the engine’s data of reg-1: done"
[[nodiscard]] QString repairJournalWords(const api::JournalLine& line, const api::Repair& repair);

// "powered off"
[[nodiscard]] QString statementWords(const std::string& statement);
// One sentence for the choice: "It is off, and stays off until you decide." Empty for an unknown one.
[[nodiscard]] QString statementMeaning(const std::string& statement);

// Where a survivor stands: "last entry 812 (term 7), 810 committed · lacks 3 blobs"
[[nodiscard]] QString survivorWords(const api::Survivor& survivor);
// Why the first of `survivors` is the one to go on from, against the second; empty where there is no choice.
[[nodiscard]] QString bestSurvivorWords(const std::vector<api::Survivor>& survivors);

// How it ended, as a sentence or two.
[[nodiscard]] QString repairEndWords(const api::Repair& repair);
// Whether it can be put back, and until when, or why not.
[[nodiscard]] QString putBackWords(const api::Repair& repair);
// The way back to three replicas, once a repair is done; commands are for a shell. `former`: who was left
// behind.
[[nodiscard]] QList<Step> stepsAfterRepair(const std::vector<api::FormerMember>& former);

// A member that a repair left behind, without its name: "of epoch 1, read-only, waits to be emptied and
// joined again". `answers`: whether somebody hears it.
[[nodiscard]] QString formerMemberWords(const api::FormerMember& member, bool answers);

// What to do with a member that a repair left behind in `epoch`, and that answers; commands are for a shell
// on its host.
[[nodiscard]] QList<Step> stepsForLeftBehind(std::int64_t epoch);

// That no replica answers, and what a way back would need then.
[[nodiscard]] QString nothingToRepairFrom(const QString& cluster);
[[nodiscard]] QString whatABackupNeeds();

} // namespace pilothouse::text
