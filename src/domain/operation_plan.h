// SPDX-License-Identifier: GPL-3.0-or-later
// What an operation will do, what speaks against it, and what can be lost before, during and after. Pure.
#pragma once

#include "domain/change_facts.h"
#include "domain/check.h"
#include "domain/host_facts.h"
#include "domain/operation.h"

#include <string>
#include <vector>

namespace pilothouse::domain {

constexpr int mostVoters = 7; // of a cluster

// How many replicas may be lost at some moment.
struct Margin {
    int voters = 0;
    int well = 0;      // of them
    int tolerates = 0; // further losses, by votes and by copies
    friend bool operator==(const Margin&, const Margin&) = default;
};

// Of a step that is not about the operation's replica; empty: it is.
struct StepSubject {
    ReplicaId replica;
    std::string name;
    friend bool operator==(const StepSubject&, const StepSubject&) = default;
};

struct OperationPlan {
    OperationKind kind{};
    ReplicaId replica; // empty: it is about all
    std::string name;
    std::vector<StepKind> steps;
    std::vector<Finding> findings; // the worst first; those that passed too
    Margin before;
    Margin worst; // while it goes on
    Margin after;
    std::string hostName = {};              // of a new host: what it will be called
    std::string newName = {};               // that the replica will have
    std::vector<StepSubject> subjects = {}; // one for each step, or none
};

// What is asked for, of the members as they are.
struct ChangeRequest {
    OperationKind kind{};
    ReplicaId replica;
    std::string newName = {}; // of a rename
};
// Of a change without a new host. `replica` is a member; a rolling restart may do without.
[[nodiscard]] OperationPlan planChange(const ChangeRequest& request, const ChangeFacts& facts);
// Of one by which the members stay the same.
[[nodiscard]] OperationPlan planUpkeep(const ChangeRequest& request, const ChangeFacts& facts);

// `replica` is a member. The facts are of the moment: it is made again when the operation begins.
[[nodiscard]] OperationPlan planRemoval(OperationKind kind, const ChangeFacts& facts,
                                        const ReplicaId& replica);

// `replica`: the id that the host will have as a member; it may be empty until that is known.
[[nodiscard]] OperationPlan planJoin(const ChangeFacts& facts, const HostFacts& host,
                                     const ReplicaId& replica);

// Of the replica `replica`, which is a member.
[[nodiscard]] OperationPlan planReplacement(const ChangeFacts& facts, const HostFacts& host,
                                            const ReplicaId& replica, const ReplicaId& hostId);

} // namespace pilothouse::domain
