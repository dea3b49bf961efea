// SPDX-License-Identifier: GPL-3.0-or-later
// The file of settings of a command: "name = value" lines, where the names are the command's options.
#pragma once

#include "base/result.h"

#include <CLI/App.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::program {

struct Setting {
    int line = 0; // from 1
    std::string name;
    std::string value;
};

// Blank lines and those that begin with # are passed over; a value is all after the equals sign without the
// blanks around it. ErrorCode::invalid with the line when one is no setting, or a name comes twice.
[[nodiscard]] Result<std::vector<Setting>> parseSettings(std::string_view text);

// Gives the file's values to those options of `command` that neither the command line nor the environment
// set, and checks all of them. To be called once the command line is parsed. ErrorCode::invalid names file,
// line and setting.
[[nodiscard]] Status applySettingsFile(CLI::App& command, const std::filesystem::path& file);

} // namespace pilothouse::program
