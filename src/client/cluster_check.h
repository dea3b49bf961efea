// SPDX-License-Identifier: GPL-3.0-or-later
// What this computer itself sees, beside what the replicas find of themselves and of each other.
#pragma once

#include "api/checks.h"
#include "client/cluster_network.h"
#include "domain/observation.h"

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::client {

// Whom to ask for a check: those that answer, with a majority first. `about`: the replica that it is about,
// which is asked last, as it may be the sick one.
[[nodiscard]] std::vector<Endpoint> checkersIn(const domain::ClusterObservation& seen,
                                               const std::optional<ReplicaId>& about);

// Adds to a check who is reached by the others, but not from here.
void addOwnView(api::ClusterCheck& check, const domain::ClusterObservation& seen);

// What can be said when nobody answers who could check: by this computer's own attempts alone. `cluster`: as
// it is called here.
[[nodiscard]] api::ClusterCheck checkFromHere(const domain::ClusterObservation& seen,
                                              const std::optional<ReplicaId>& about,
                                              const std::string& cluster);

// Whether something needs attention: a finding that is more than information, or a way that is closed to us.
[[nodiscard]] bool needsAttention(const api::ClusterCheck& check);

} // namespace pilothouse::client
