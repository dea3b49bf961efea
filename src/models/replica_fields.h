// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of the inspector: "How is this one?"
#pragma once

#include "models/describe.h"

namespace pilothouse::models {

// `at`: place of the replica in the snapshot's observation and assessment.
[[nodiscard]] QList<Field> fieldsOf(const ClusterSnapshot& snapshot, std::size_t at);

// "reg-1, term 41", "nobody, term 41", or empty when it has not said.
[[nodiscard]] QString leaderClaimOf(const ClusterSnapshot& snapshot, std::size_t at);

// Name of a replica of the snapshot, or its id.
[[nodiscard]] QString nameOf(const ClusterSnapshot& snapshot, const ReplicaId& id);

} // namespace pilothouse::models
