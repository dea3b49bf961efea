// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace pilothouse::cli {
namespace {

// Qt ignores SIGPIPE, so a reader that has gone must end us here.
[[noreturn]] void endWithoutOutput(int error) {
    if (error != EPIPE) {
        std::fprintf(stderr, "pilothousectl: cannot write to standard output: %s\n", std::strerror(error));
    }
    std::_Exit(exitFailed);
}

void write(FILE* stream, const QByteArray& text) {
    errno = 0;
    const auto written = std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stream);
    if ((written != static_cast<std::size_t>(text.size()) || std::fflush(stream) != 0) && stream == stdout) {
        endWithoutOutput(errno);
    }
}

} // namespace

QString harmless(QString text) {
    for (auto& character : text) {
        if (character.category() == QChar::Other_Control && character != QLatin1Char('\n')) {
            character = character == QLatin1Char('\t') ? QChar(u' ') : QChar(QChar::ReplacementCharacter);
        }
    }
    return text;
}

void printLine(const QString& line) {
    write(stdout, harmless(line).toUtf8() + '\n');
}

void printNote(const QString& line) {
    write(stderr, harmless(line).toUtf8() + '\n');
}

void printRaw(const QByteArray& bytes) {
    write(stdout, bytes);
}

void printJson(const QJsonDocument& json) {
    const auto format = terminalSize() ? QJsonDocument::Indented : QJsonDocument::Compact;
    write(stdout, json.toJson(format).trimmed() + '\n');
}

void printJsonText(const std::string& json) {
    printJson(QJsonDocument::fromJson(QByteArray::fromStdString(json)));
}

void printJsonLine(const std::string& json) {
    write(stdout, QByteArray::fromStdString(json) + '\n');
}

std::optional<TerminalSize> terminalSize() {
    if (isatty(STDOUT_FILENO) == 0) {
        return std::nullopt;
    }
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
        return TerminalSize();
    }
    return TerminalSize{size.ws_col, size.ws_row};
}

int reportError(const Error& error) {
    printNote(QStringLiteral("pilothousectl: ") + QString::fromStdString(error.text()));
    return error.code == ErrorCode::invalid ? exitUsage : exitFailed;
}

} // namespace pilothouse::cli
