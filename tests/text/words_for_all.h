// SPDX-License-Identifier: GPL-3.0-or-later
// For tests that there are words for everything that has a name.
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace pilothouse::text {

template <typename T>
std::vector<std::string> allNames(T last) {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        names.emplace_back(nameOf(static_cast<T>(i)));
    }
    return names;
}

// No gap was left open in it.
inline bool isWhole(const QString& text) {
    return !text.isEmpty() && !text.contains(QLatin1Char('%')) && !text.contains(QStringLiteral("  "));
}

} // namespace pilothouse::text
