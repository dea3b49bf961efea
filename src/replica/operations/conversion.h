// SPDX-License-Identifier: GPL-3.0-or-later
// Between the policy's values and the wire's.
#pragma once

#include "api/operations.h"
#include "api/status.h"
#include "base/result.h"
#include "domain/operation_plan.h"

#include <optional>
#include <vector>

namespace pilothouse::operations {

[[nodiscard]] api::Margin toApi(const domain::Margin& margin);
[[nodiscard]] std::vector<api::Finding> toApi(const std::vector<domain::Finding>& findings);
[[nodiscard]] api::OperationPlan toApi(const domain::OperationPlan& plan);

// Without names where not all are named.
[[nodiscard]] std::optional<domain::MissingBlobs> missingIn(const std::optional<api::Blobs>& blobs);

// Why something was not begun: what was found stands in the way.
[[nodiscard]] Error objection(const std::vector<domain::Finding>& standing);

} // namespace pilothouse::operations
