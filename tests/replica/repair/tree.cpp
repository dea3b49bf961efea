// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree.h"

#include "support/fixtures.h"

namespace pilothouse::repair::test {

namespace fs = std::filesystem;
using pilothouse::test::readWhole;

Tree treeOf(const fs::path& folder) {
    Tree tree;
    for (const auto& each : fs::recursive_directory_iterator(folder)) {
        const std::string mode = std::to_string(pilothouse::test::modeOf(each.path()));
        tree[each.path().lexically_relative(folder).string()] =
            mode + (each.is_directory() ? " folder" : " " + readWhole(each.path()));
    }
    return tree;
}

std::string difference(const Tree& before, const Tree& after) {
    std::string lines;
    for (const auto& [path, content] : before) {
        const auto found = after.find(path);
        if (found == after.end()) {
            lines += path + " is gone\n";
        } else if (found->second != content) {
            lines += path + " is another\n";
        }
    }
    for (const auto& [path, content] : after) {
        lines += before.contains(path) ? "" : path + " is new\n";
    }
    return lines;
}

} // namespace pilothouse::repair::test
