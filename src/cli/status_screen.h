// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal that shows one picture again and again, without flicker, and that is as it was afterwards.
#pragma once

#include <QString>

namespace pilothouse::cli {

// On the terminal's other screen, without a cursor, while it lives. Standard output must be a terminal.
class StatusScreen {
public:
    StatusScreen();
    ~StatusScreen();
    StatusScreen(const StatusScreen&) = delete;
    StatusScreen& operator=(const StatusScreen&) = delete;

    // Lines that are too many are left out at the end.
    void draw(const QString& text);
};

} // namespace pilothouse::cli
