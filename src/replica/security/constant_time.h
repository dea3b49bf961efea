// SPDX-License-Identifier: GPL-3.0-or-later
// Comparison of secrets.
#pragma once

#include <string_view>

namespace pilothouse::security {

// Whether both hold the same bytes. Takes the same time wherever they differ; only the length shows.
[[nodiscard]] bool equal(std::string_view a, std::string_view b);

} // namespace pilothouse::security
