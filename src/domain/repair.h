// SPDX-License-Identifier: GPL-3.0-or-later
// Repair: a cluster whose majority is gone for good goes on from one survivor, in a new epoch. What it
// consists of, what speaks against it, what it may lose. Pure.
//
// It is the one change that can split a cluster in two, so it is refused as long as anybody hears of a
// majority, and a person says of each member that does not answer why it will not come back by itself.
#pragma once

#include "base/ids.h"
#include "domain/check.h"
#include "domain/copies.h"
#include "domain/newer_epoch.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::domain {

// What a person says became of a member that does not answer.
enum class Statement {
    unknown,
    destroyed,
    poweredOff,
    cutOff, // from its peers and from clients; it may run
};

enum class RepairStep {
    stop,         // the survivor's engine, and what it serves
    copyFolder,   // the engine's data, so that it can be put back
    newAuthority, // of the engine's peers, so that old and new engines cannot speak to each other
    startAlone,   // the engine, as a group of its own
    recordEpoch,  // in the state: from here on the cluster is in the new epoch
    serve,        // until it answers healthy
};

// How far a repair is.
enum class RepairPhase {
    running,
    done,
    failed,      // before anything was changed, or after everything was taken back
    puttingBack, // the survivor's data of before is being put back
    putBack,
};

// Where a member's engine stands. Order: what could be saved from it.
struct EngineLog {
    std::int64_t lastTerm = 0; // of the last entry
    std::int64_t last = 0;     // entry in the log
    std::int64_t committed = 0;
    friend auto operator<=>(const EngineLog&, const EngineLog&) = default;
};

struct RepairMember {
    ReplicaId id;
    std::string name;
    bool voting = false;
    bool answers = false;                     // the survivor, or whoever asks for the repair
    bool engineRuns = false;                  // so that it could vote
    bool majority = false;                    // it says that a majority confirmed a read just now
    std::optional<EngineLog> log = {};        // nullopt: not known
    std::optional<MissingBlobs> lacks = {};   // nullopt: not known
    Statement statement = Statement::unknown; // of one that does not answer
};

struct RepairFacts {
    std::vector<RepairMember> members; // in the order of the membership record
    ReplicaId survivor;                // one of them
    std::int64_t epoch = 0;            // of the survivor
    // That the cluster was repaired already, from whom: the survivor is left behind.
    std::optional<NewerEpoch> newerEpoch = {};
    std::string logError = {}; // why the survivor's log cannot be read
    std::string quorumAt = {}; // when a majority last confirmed a read there, RFC 3339; empty: unknown
    std::string copyFolder = {};
    std::int64_t copyBytes = 0;
    std::int64_t freeBytes = 0;              // on the disk of that folder
    std::optional<RepairPhase> running = {}; // of a repair that is not over
};

struct RepairPlan {
    std::vector<RepairStep> steps;
    std::vector<Finding> findings;       // the worst first; those that passed too
    std::vector<RepairMember> survivors; // those that answer and vote, the best first
    std::vector<RepairMember> silent;    // of whom a statement is needed
};

[[nodiscard]] RepairPlan planRepair(const RepairFacts& facts);

// Whether `a` is to be gone on from rather than `b`: by what its log holds; then by what it knows to be
// committed, which is part of that; then by the blobs that it lacks.
[[nodiscard]] bool isBetterSurvivor(const RepairMember& a, const RepairMember& b);

[[nodiscard]] const std::vector<RepairStep>& repairSteps();
[[nodiscard]] bool isOver(RepairPhase phase);

// As in the admin API.
[[nodiscard]] std::string_view nameOf(Statement statement);
[[nodiscard]] std::string_view nameOf(RepairStep step);
[[nodiscard]] std::string_view nameOf(RepairPhase phase);
[[nodiscard]] std::optional<Statement> statementOf(std::string_view name);
[[nodiscard]] std::optional<RepairStep> repairStepOf(std::string_view name);
[[nodiscard]] std::optional<RepairPhase> repairPhaseOf(std::string_view name);

} // namespace pilothouse::domain
