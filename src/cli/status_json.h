// SPDX-License-Identifier: GPL-3.0-or-later
// The stable JSON of `pilothousectl status --json`.
#pragma once

#include "cli/former_members.h"
#include "domain/assessment.h"

#include <QJsonObject>

namespace pilothouse::cli {

// Keys are only ever added. What is not known is null.
[[nodiscard]] QJsonObject statusJson(const domain::ClusterObservation& observation,
                                     const domain::Assessment& assessment,
                                     const std::vector<FormerSeen>& former);

// "healthy", "degraded", "at-risk", "no-quorum", "unreachable", "starting".
[[nodiscard]] QString verdictName(domain::Verdict verdict);
[[nodiscard]] QString roleName(domain::Role role);
[[nodiscard]] QString stateName(domain::ReplicaState state);

// When the assessment's moment was, on the wall clock.
[[nodiscard]] WallTime wallTimeOf(const domain::ClusterObservation& observation, MonotonicTime at);

} // namespace pilothouse::cli
