// SPDX-License-Identifier: GPL-3.0-or-later
// What a person must have said before a change begins.
#pragma once

#include "api/operations.h"
#include "base/result.h"
#include "domain/check.h"

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::cli {

[[nodiscard]] bool has(const std::vector<api::Finding>& findings, domain::Severity severity);

// What is missing before it may begin; nothing: it may. `name`: of the replica that the findings are about.
[[nodiscard]] std::optional<Error> objection(const std::vector<api::Finding>& findings,
                                             const std::string& name, const domain::Consent& consent,
                                             bool yes);

} // namespace pilothouse::cli
