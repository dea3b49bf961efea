// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/secret_input.h"

#include "replica/security/files.h"

#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace pilothouse::program {
namespace {

constexpr std::size_t secretLimit = 4096;

// A terminal without echo while it lives.
class NoEcho {
public:
    NoEcho() {
        tcgetattr(STDIN_FILENO, &m_before);
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~NoEcho() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    termios m_before{};
};

std::string ask(const std::string& prompt) {
    const NoEcho quiet;
    std::string line;
    std::cerr << prompt << ": " << std::flush;
    std::getline(std::cin, line);
    std::cerr << '\n';
    return line;
}

} // namespace

Result<std::string> readSecret(const std::string& file, const std::string& prompt) {
    if (file != "-") {
        const auto text = security::readPrivateFile(file, secretLimit);
        return text ? Result<std::string>(text->substr(0, text->find_first_of("\r\n"))) : text;
    }
    if (isatty(STDIN_FILENO) == 0) {
        std::string line;
        std::getline(std::cin, line);
        return line;
    }
    std::string first = ask(prompt);
    if (ask(prompt + " again") != first) {
        return fail(ErrorCode::invalid, "the two are not the same");
    }
    return first;
}

} // namespace pilothouse::program
