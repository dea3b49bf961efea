// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas that a repair left behind, as those that answer list them.
#pragma once

#include "api/status.h"
#include "client/observation_collector.h"

#include <QJsonArray>
#include <QStringList>

#include <vector>

namespace pilothouse::cli {

struct FormerSeen {
    api::FormerMember member;
    bool answers = false; // us, or somebody who tells of it
};

// Of all that `statuses` list, each once, in the order of their names.
[[nodiscard]] std::vector<FormerSeen> formerMembers(const std::vector<const api::ClusterStatus*>& statuses);
[[nodiscard]] std::vector<FormerSeen> formerMembers(const client::CollectedObservation& seen);

// "reg-2: of epoch 1, read-only, waits to be emptied and joined again"
[[nodiscard]] QStringList formerLines(const std::vector<FormerSeen>& former);
// As the API has them, and whether they answer.
[[nodiscard]] QJsonArray formerJson(const std::vector<FormerSeen>& former);

} // namespace pilothouse::cli
