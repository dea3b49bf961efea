// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sandbox_state.h"

#include "sandbox/process.h"
#include "sandbox/store.h"

#include <algorithm>

namespace pilothouse::cli {

void addSandboxState(const Target& target, domain::ClusterObservation& observation) {
    observation.sandbox = target.sandbox;
    if (!target.sandbox) {
        return;
    }
    const auto record = sandbox::load(target.watch.name.toStdString());
    if (!record) {
        return; // removed meanwhile: what the network says stands
    }
    for (auto& seen : observation.replicas) {
        seen.paused = std::any_of(
            record->replicas.begin(), record->replicas.end(), [&](const api::SandboxReplica& replica) {
                return replica.id == seen.id.str() && replica.pid && sandbox::isPaused(replica.data_dir);
            });
    }
    observation.sandboxStopped = std::none_of(record->replicas.begin(), record->replicas.end(),
                                              [](const auto& replica) { return replica.pid.has_value(); });
}

} // namespace pilothouse::cli
