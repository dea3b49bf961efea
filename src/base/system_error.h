// SPDX-License-Identifier: GPL-3.0-or-later
// What the operating system refused, as an error for people.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace pilothouse {

// "cannot <what> <path>: <reason>" for `number`, an errno, with what to do. A full disk, a quota and a size
// limit are ErrorCode::exhausted, missing rights `forbidden`, a missing file `notFound`, a medium that cannot
// be read `corrupt`, the rest `internal`.
[[nodiscard]] tl::unexpected<Error> systemFailure(const std::string& what, const std::filesystem::path& path,
                                                  int number);

} // namespace pilothouse
