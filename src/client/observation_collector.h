// SPDX-License-Identifier: GPL-3.0-or-later
// One look at a cluster, for a command that ends: every replica that can be found is asked, all at once.
#pragma once

#include "api/status.h"
#include "client/cluster_watcher.h"

#include <QFuture>

#include <map>

namespace pilothouse::client {

struct CollectedObservation {
    domain::ClusterObservation observation;
    std::map<ReplicaId, api::ClusterStatus> statuses; // of those that answered
    std::vector<TrustProblem> trustProblems;
};

// Asks the seeds and the known members, then everyone they name. Ends when each has answered or failed, at
// the latest after `timeout`. That nobody answers is an observation too: the future always has a value unless
// it is cancelled, which the end of `parent` does. Runs on the calling thread's event loop.
[[nodiscard]] QFuture<CollectedObservation>
collectObservation(const WatchTarget& target, const Clock& clock,
                   std::chrono::milliseconds timeout = std::chrono::seconds(3), QObject* parent = nullptr);

} // namespace pilothouse::client
