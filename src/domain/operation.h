// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to a cluster: what they consist of, in which order, and what each step may do.
//
// The names are those of the admin API, the same for all programs and versions: a newer replica may use
// others, which are shown as they are.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace pilothouse::domain {

enum class OperationKind {
    remove,  // of a replica that answers
    forget,  // of one that does not, and never will
    join,    // of a new host that waits for it
    replace, // of one that will never answer, by a new host: forgets the one, then joins the other
    // The members stay the same by these:
    rollingRestart, // of all, one after another, or of one
    makeLeader,
    drain,
    undrain,
    rename,
};

enum class StepKind {
    check,          // that nothing speaks against it now
    drain,          // takes the replica out of the load balancer's pool
    finishRequests, // waits for those that it still answers
    handOver,       // the leadership, if it leads
    completeCopies, // until those that stay hold a majority of every blob without it
    removeMember,   // from the group: from here on there is no way back
    stopReplica,    // tells it that it is removed, so that it stops
    repairCopies,   // until those that are left hold a majority of every blob
    admit,          // gives the new host its token: it becomes a member without a vote
    catchUp,        // until it has the state, and all blobs but those that are being pushed
    promote,        // until every blob is on a majority with it, then gives it its vote: no way back
    takePart,       // waits until it answers healthy
    restart,        // its program, and waits until it takes part again
    makeLeader,     // hands the leadership to it: no way back
    undrain,        // puts the replica back into the load balancer's pool
    rename,         // no way back but another one
};

// How far a step is.
enum class StepState { pending, running, done, skipped, undone };

// How far an operation is.
enum class OperationPhase {
    running,
    undoing, // cancelled: what was done is taken back
    done,
    cancelled, // everything is as it was
    refused,   // a check spoke against it before anything was changed
};

// Why a step is not done yet.
enum class WaitReason {
    requests,   // number: that are still answered
    balancer,   // number: seconds until a load balancer has certainly seen that it drains
    copies,     // number: blobs that must be copied first; names: to whom
    unknown,    // names: do not say which blobs they have
    noLeader,   // an election goes on
    engineBusy, // the engine takes no change of its members until all have been connected for 5 s
    membership, // somebody else changes the membership
    noAnswer,   // names: do not answer
    stopping,   // names: still answer
    joining,    // names: are being set up
    restarting, // names: have been told to
    catchingUp, // names: still fetch; numbers: blobs that they lack, bytes of those
    unwell,     // names: answer, and say that they are not healthy; why is told in words
    trouble,    // what went wrong is told in words; it is tried again
};

// What an operator may decide while a step waits for longer than it should.
enum class Decision { cancel, skip };

[[nodiscard]] bool isOver(OperationPhase phase);

// Which steps an operation has, in their order.
[[nodiscard]] const std::vector<StepKind>& stepsOf(OperationKind kind);
// The step after which it cannot be cancelled any more; nullopt: there is none.
[[nodiscard]] std::optional<StepKind> commitOf(OperationKind kind);

// For how long a step may wait before the operator is asked.
[[nodiscard]] Milliseconds limitOf(StepKind step);
// Whether a step can be taken back once it is done. An operation that is cancelled leaves the others as they
// are.
[[nodiscard]] bool canBeUndone(StepKind step);
// Whether a member leaves, or a new one comes.
[[nodiscard]] bool changesMembers(OperationKind kind);
// Whether a new host becomes a replica by it.
[[nodiscard]] bool hasHost(OperationKind kind);
// Whether the step is about that host, and not about the replica that the operation names.
[[nodiscard]] bool isOfHost(StepKind step);
// Whether the operation may go on without it.
[[nodiscard]] bool canBeSkipped(StepKind step);

[[nodiscard]] std::string_view nameOf(OperationKind kind);
[[nodiscard]] std::string_view nameOf(StepKind step);
[[nodiscard]] std::string_view nameOf(StepState state);
[[nodiscard]] std::string_view nameOf(OperationPhase phase);
[[nodiscard]] std::string_view nameOf(WaitReason reason);
[[nodiscard]] std::string_view nameOf(Decision decision);

[[nodiscard]] std::optional<OperationKind> operationKindOf(std::string_view name);
[[nodiscard]] std::optional<StepKind> stepKindOf(std::string_view name);
[[nodiscard]] std::optional<StepState> stepStateOf(std::string_view name);
[[nodiscard]] std::optional<OperationPhase> operationPhaseOf(std::string_view name);
[[nodiscard]] std::optional<WaitReason> waitReasonOf(std::string_view name);
[[nodiscard]] std::optional<Decision> decisionOf(std::string_view name);

} // namespace pilothouse::domain
