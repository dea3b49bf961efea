// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands print.
#pragma once

#include "base/result.h"

#include <string>

namespace pilothouse::program {

void printLine(const std::string& line);
// "pilothouse-replica: message. hint" on standard error; gives the exit code.
[[nodiscard]] int reportError(const Error& error);

} // namespace pilothouse::program
