// SPDX-License-Identifier: GPL-3.0-or-later
// That enumerators and their names lead to each other.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace pilothouse::domain {

// Every enumerator up to the last has a name of its own, which leads back to it.
template <typename T>
void expectNames(T last, std::optional<T> (*read)(std::string_view)) {
    std::set<std::string> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const auto value = static_cast<T>(i);
        const std::string name(nameOf(value));
        EXPECT_FALSE(name.empty()) << i;
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_EQ(read(name), value) << name;
    }
    EXPECT_EQ(read("of another version"), std::nullopt);
    EXPECT_EQ(read(""), std::nullopt);
}

} // namespace pilothouse::domain
