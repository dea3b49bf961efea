// SPDX-License-Identifier: GPL-3.0-or-later
// From what was observed and judged to what is shown: the one place where values become words for the
// console.
#pragma once

#include "api/admin.h"
#include "api/status.h"
#include "models/cluster_view.h"

#include <map>

namespace pilothouse::models {

// By which way one replica's values come.
enum class Feed { none, stream, polling };

// One cluster at one moment, as this console sees it.
struct ClusterSnapshot {
    QString key; // stable through renames
    bool sandbox = false;
    domain::ClusterObservation observation;
    domain::Assessment assessment; // as it is to be shown, damped
    // Each replica's own last status, and its way here; absent when there is none. Pointers live for the
    // call.
    std::map<ReplicaId, const api::ClusterStatus*> statuses;
    std::map<ReplicaId, Feed> feeds;
    // Why a replica's certificate was refused: what was expected beside what came. Empty: it was not.
    std::map<ReplicaId, QList<Field>> refusals;
};

[[nodiscard]] ClusterView describe(const ClusterSnapshot& snapshot);

// The last view that was live, marked so, when this computer has lost its network. `ago`: since the last sign
// of life from anybody, which was at `since`.
[[nodiscard]] ClusterView asLastKnown(ClusterView view, WallTime since, Milliseconds ago);

[[nodiscard]] EventView describe(const api::Event& event);
[[nodiscard]] OperationView describe(const api::RunningOperation& operation);

} // namespace pilothouse::models
