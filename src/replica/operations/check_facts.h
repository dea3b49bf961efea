// SPDX-License-Identifier: GPL-3.0-or-later
// From what the members find of themselves to what is judged.
#pragma once

#include "api/checks.h"
#include "domain/cluster_check.h"

#include <map>
#include <optional>
#include <string>

namespace pilothouse::operations {

// What one member said when it was asked for its checks.
struct HeardChecks {
    std::optional<api::ReplicaChecks> checks;
    bool tooOld = false; // it answers, but has no such address
};

// `own`: of the replica that asked. `heard`: by replica id, of those that answered it. Pure; `now` is for
// what certificates have left.
[[nodiscard]] domain::ClusterCheckFacts
checkFactsOf(const api::ClusterStatus& own, const std::map<std::string, HeardChecks>& heard, WallTime now);

// How a port was found: by connecting, and by what came of a question.
[[nodiscard]] domain::PortState portStateOf(const api::CheckedPort& port);

} // namespace pilothouse::operations
