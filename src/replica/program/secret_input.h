// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets that a person or script hands to a command: never as an argument.
#pragma once

#include "base/result.h"

#include <string>

namespace pilothouse::program {

// The first line of `file` (0600), or of standard input where `file` is "-": asked for with `prompt`, twice
// and without echo, when that is a terminal.
[[nodiscard]] Result<std::string> readSecret(const std::string& file, const std::string& prompt);

} // namespace pilothouse::program
