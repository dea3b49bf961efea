// SPDX-License-Identifier: GPL-3.0-or-later
// Enumerators and their names, both ways.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace pilothouse::domain {

template <typename T, std::size_t N>
using EnumNames = std::array<std::pair<T, std::string_view>, N>;

// Empty for a value without a name.
template <typename T, std::size_t N>
[[nodiscard]] constexpr std::string_view nameIn(const EnumNames<T, N>& names, T value) {
    for (const auto& [each, name] : names) {
        if (each == value) {
            return name;
        }
    }
    return {};
}

// nullopt for a name that is none of them.
template <typename T, std::size_t N>
[[nodiscard]] constexpr std::optional<T> valueIn(const EnumNames<T, N>& names, std::string_view name) {
    for (const auto& [value, each] : names) {
        if (each == name) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace pilothouse::domain
