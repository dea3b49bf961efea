// SPDX-License-Identifier: GPL-3.0-or-later
// What came over the wire, as values that can be judged.
#pragma once

#include "api/status.h"
#include "domain/observation.h"

namespace pilothouse::client {

// One replica's report. Ages of what it heard are taken between its own time stamps, so this computer's clock
// plays no part. Fails with ErrorCode::corrupt, naming the field, when an id or a time is malformed.
[[nodiscard]] Result<domain::ReplicaReport> toReport(const api::ClusterStatus& status);

[[nodiscard]] domain::Role toDomain(api::Role role);
[[nodiscard]] domain::Unhealthy toDomain(api::Unhealthy reason);
[[nodiscard]] domain::Reach toDomain(api::Reach reach);
[[nodiscard]] domain::Consensus toDomain(const api::Consensus& consensus);

} // namespace pilothouse::client
