// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/status_screen.h"

#include "cli/output.h"

#include <QStringList>

namespace pilothouse::cli {

StatusScreen::StatusScreen() {
    printRaw("\033[?1049h\033[?25l\033[2J");
}

StatusScreen::~StatusScreen() {
    printRaw("\033[?25h\033[?1049l");
}

// Each line is written over the old one and only its rest erased: nothing is ever blank in between.
void StatusScreen::draw(const QString& text) {
    const auto size = terminalSize().value_or(TerminalSize());
    QByteArray bytes("\033[H");
    const auto lines = harmless(text).split(QLatin1Char('\n'));
    const auto shown = std::min<qsizetype>(lines.size(), size.rows);
    for (qsizetype i = 0; i < shown; ++i) {
        bytes += lines[i].toUtf8() + "\033[K" + (i + 1 < shown ? "\r\n" : "");
    }
    printRaw(bytes + "\033[J");
}

} // namespace pilothouse::cli
