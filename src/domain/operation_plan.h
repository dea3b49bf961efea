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

struct OperationPlan {
    OperationKind kind{};
    ReplicaId replica;
    std::string name;
    std::vector<StepKind> steps;
    std::vector<Finding> findings; // the worst first; those that passed too
    Margin before;
    Margin worst; // while it goes on
    Margin after;
    std::string hostName = {}; // of a new host: what it will be called
};

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
