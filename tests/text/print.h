// SPDX-License-Identifier: GPL-3.0-or-later
// How GoogleTest shows Qt's strings.
#pragma once

#include <QString>

#include <ostream>

inline void PrintTo(const QString& text, std::ostream* out) {
    *out << '"' << text.toStdString() << '"';
}
