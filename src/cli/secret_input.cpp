// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/secret_input.h"

#include "cli/text.h"
#include "client/secret_store.h"

#include <QFile>

#include <csignal>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace pilothouse::cli {
namespace {

constexpr qint64 longestLine = 4096;

volatile std::sig_atomic_t terminalFd = -1; // what the handler below needs, and cannot be given otherwise
termios usual{};

extern "C" void restoreAndEnd(int signal) {
    tcsetattr(terminalFd, TCSAFLUSH, &usual);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

// No echo while it lives.
class Silence {
public:
    explicit Silence(int terminal) : m_terminal(terminal) {
        tcgetattr(terminal, &usual);
        terminalFd = terminal;
        std::signal(SIGINT, restoreAndEnd);
        std::signal(SIGTERM, restoreAndEnd);
        termios silent = usual;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(terminal, TCSAFLUSH, &silent);
    }
    ~Silence() {
        tcsetattr(m_terminal, TCSAFLUSH, &usual);
        std::signal(SIGINT, SIG_DFL);
        std::signal(SIGTERM, SIG_DFL);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    int m_terminal;
};

QString withoutLineEnd(QString line) {
    while (line.endsWith(u'\n') || line.endsWith(u'\r')) {
        line.chop(1);
    }
    return line;
}

} // namespace

Result<QString> readSecret(const std::string& passwordFile) {
    if (passwordFile != "-") {
        return client::readPasswordFile(QString::fromStdString(passwordFile));
    }
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly)) {
        return failWith(ErrorCode::invalid, Text::tr("cannot read the password from standard input"));
    }
    const QString secret = withoutLineEnd(QString::fromUtf8(input.readLine(longestLine)));
    if (secret.isEmpty()) {
        return failWith(ErrorCode::invalid, Text::tr("standard input has no password on its first line"));
    }
    return secret;
}

Result<QString> askSecret(const QString& question, const QString& otherwise) {
    QFile terminal(QStringLiteral("/dev/tty"));
    if (isatty(STDIN_FILENO) == 0 || !terminal.open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        return failWith(ErrorCode::invalid, Text::tr("there is no terminal to ask for the password"),
                        otherwise);
    }
    terminal.write(question.toUtf8() + ": ");
    QString secret;
    {
        const Silence silence(terminal.handle());
        secret = withoutLineEnd(QString::fromUtf8(terminal.readLine(longestLine)));
    }
    terminal.write("\n");
    if (secret.isEmpty()) {
        return failWith(ErrorCode::invalid, Text::tr("no password was given"), otherwise);
    }
    return secret;
}

} // namespace pilothouse::cli
