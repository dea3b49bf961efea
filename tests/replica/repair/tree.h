// SPDX-License-Identifier: GPL-3.0-or-later
// Folders, compared bit for bit.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace pilothouse::repair::test {

// What is below a folder: mode and content by relative path.
using Tree = std::map<std::string, std::string>;
[[nodiscard]] Tree treeOf(const std::filesystem::path& folder);
// Where two trees differ, a path a line; content is not shown.
[[nodiscard]] std::string difference(const Tree& before, const Tree& after);

} // namespace pilothouse::repair::test
