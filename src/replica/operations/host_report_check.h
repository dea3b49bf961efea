// SPDX-License-Identifier: GPL-3.0-or-later
// What a host says of itself, before any of it is believed: it may be another than its operator thinks.
#pragma once

#include "api/setup.h"
#include "base/result.h"

#include <string>
#include <vector>

namespace pilothouse::operations {

// `url`: of the setup code, by which the host was asked. `asked`: the ways that it was asked about.
// ErrorCode::invalid says what cannot be.
[[nodiscard]] Status checkReport(const api::HostReport& report, const std::string& url,
                                 const std::vector<api::PathQuery>& asked);

// A sentence that others wrote, in one line and not longer than people read.
[[nodiscard]] std::string shortened(std::string sentence);

} // namespace pilothouse::operations
