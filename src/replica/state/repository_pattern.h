// SPDX-License-Identifier: GPL-3.0-or-later
// Which repositories a rule is about.
#pragma once

#include "base/result.h"

#include <string_view>
#include <vector>

namespace pilothouse::state {

// A pattern is the name of one repository, "team/*" for all below "team/", or "*" for all.
[[nodiscard]] Status checkRepositoryPattern(std::string_view pattern);
[[nodiscard]] bool matchesRepository(std::string_view pattern, std::string_view repository);

// Several patterns with commas between them; blanks around each are left out, and so is what is empty.
[[nodiscard]] std::vector<std::string_view> splitPatterns(std::string_view list);
[[nodiscard]] Status checkRepositoryPatterns(std::string_view list);

} // namespace pilothouse::state
