// SPDX-License-Identifier: GPL-3.0-or-later
// How the figures are printed: one line each, with its limit and whether it is kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::bench {

struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    std::optional<double> limit = {};   // the most that is good; none: for information
    std::optional<double> atLeast = {}; // the least that is good
};

void print(const Figure& figure);
// Something that could not be measured, and why. The program's exit code says so too: see exitCode().
void printMissing(const std::string& name, const std::string& why);
// A line that is no figure: versions, how it was measured.
void printNote(const std::string& text);

// 0, or 1 once something could not be measured. A limit that is missed is no failure: machines differ.
[[nodiscard]] int exitCode();

// `values` is not empty.
[[nodiscard]] double median(std::vector<double> values);
[[nodiscard]] double largest(const std::vector<double>& values);

} // namespace pilothouse::bench
