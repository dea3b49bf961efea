// SPDX-License-Identifier: GPL-3.0-or-later
// Mistakes in what was typed, told so that the next attempt is right.
#pragma once

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace pilothouse::cli {

// Of `known`, those that `typed` was probably meant to be, best first, at most three: a few letters wrong,
// missing, too many or swapped, or only the beginning typed.
[[nodiscard]] std::vector<std::string> likely(const std::string& typed,
                                              const std::vector<std::string>& known);

// What a parse ended with: help and version go to standard output, a command that lacks its verb gives its
// help on standard error, everything else one sentence there. Gives the exit code.
[[nodiscard]] int endOfParse(const CLI::App& app, const CLI::ParseError& error);

} // namespace pilothouse::cli
