// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/report.h"

#include "replica/program/command.h"

#include <iostream>

namespace pilothouse::program {

void printLine(const std::string& line) {
    std::cout << line << '\n';
}

int reportError(const Error& error) {
    std::cerr << "pilothouse-replica: " << error.text() << '\n';
    return error.code == ErrorCode::invalid ? exitUsage : exitFailed;
}

} // namespace pilothouse::program
