// SPDX-License-Identifier: GPL-3.0-or-later
// What people may call things.
#pragma once

#include "base/result.h"

#include <string_view>

namespace pilothouse::state {

// User names: 1 to 64 of a-z 0-9 . _ - beginning with a letter or digit.
[[nodiscard]] Status checkUserName(std::string_view name);
// Replica names: 1 to 63 of a-z A-Z 0-9 . _ - beginning with a letter or digit.
[[nodiscard]] Status checkReplicaName(std::string_view name);
// Free text on one line: at most 200 bytes, no control characters.
[[nodiscard]] Status checkDescription(std::string_view text);

} // namespace pilothouse::state
