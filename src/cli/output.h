// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line prints: results on standard output, everything else on standard error.
//
// Control characters that come from elsewhere (a name, a message) are never passed on to a terminal. When
// standard output cannot be written the program ends with exitFailed: without a word if the reader has gone,
// as `head` does, else with the reason.
#pragma once

#include "base/result.h"
#include "cli/exit_code.h"

#include <QJsonDocument>
#include <QString>

namespace pilothouse::cli {

void printLine(const QString& line = {});
void printNote(const QString& line);
// Compact, or indented when standard output is a terminal.
void printJson(const QJsonDocument& json);
void printJsonText(const std::string& json);
// One object on one line, as it is: for streams of objects.
void printJsonLine(const std::string& json);
// Control sequences and all, without a line feed: for those who drive a terminal.
void printRaw(const QByteArray& bytes);

// Whether standard output is a terminal, and how large it is; nothing when it is none.
struct TerminalSize {
    int columns = 80;
    int rows = 24;
};
[[nodiscard]] std::optional<TerminalSize> terminalSize();

// "pilothousectl: message. hint" on standard error; gives exitUsage for ErrorCode::invalid, else exitFailed.
[[nodiscard]] int reportError(const Error& error);

// `text` without what a terminal would act on; line feeds stay.
[[nodiscard]] QString harmless(QString text);

} // namespace pilothouse::cli
