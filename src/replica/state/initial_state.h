// SPDX-License-Identifier: GPL-3.0-or-later
// The first records of a new cluster.
#pragma once

#include "base/ids.h"
#include "replica/engine/engine.h"
#include "replica/state/records.h"

#include <string>
#include <vector>

namespace pilothouse::state {

struct InitialState {
    ClusterRecord cluster;
    std::vector<MemberRecord> members; // all of them voters; engine_member stays empty until reconcile()
    UserRecord admin;
    std::string clusterCaPem;
    std::string peerCaPem;
    std::vector<SealedSecretRecord> secrets;
};

// Puts it into an empty state, in one transaction that compares that there is no cluster yet. Harmless when
// it, or another member with the same content, has done so before. ErrorCode::conflict when the engine holds
// another cluster.
[[nodiscard]] engine::Awaitable<Status> createState(engine::Engine& engine, InitialState initial,
                                                    ReplicaId observer, Milliseconds deadline);

} // namespace pilothouse::state
