// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica knows about its cluster when somebody wants to change it.
#pragma once

#include "base/ids.h"
#include "domain/copies.h"

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::domain {

struct MemberFacts {
    ReplicaId id;
    std::string name;
    bool voting = false;
    bool answers = false;                  // the replica that looks, now
    bool well = false;                     // answers, has the state and takes part; draining is no illness
    std::vector<std::string> heardBy = {}; // names of other members that hear it
    std::optional<MissingBlobs> lacks = std::nullopt; // nullopt: not known
    bool databaseFull = false;
    std::string url = {};
    std::string version = {}; // empty: not known, as the next
    std::string machine = {}; // of the computer, within the cluster
    bool draining = false;    // its load balancer's pool does without it; not known of one that is silent
    bool leads = false;
    bool restartable = false; // it is new enough to be told to
};

struct RunningOperation {
    std::string kind;    // as in the admin API
    std::string replica; // its subject's name
};

struct ChangeFacts {
    std::vector<MemberFacts> members; // in the order of the membership record
    bool quorum = false;              // a majority takes changes
    std::optional<RunningOperation> running = std::nullopt;
};

// nullptr when there is none of this id.
[[nodiscard]] const MemberFacts* find(const ChangeFacts& facts, const ReplicaId& replica);

} // namespace pilothouse::domain
