// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets that a person or a script hands over; never on the command line.
#pragma once

#include "base/result.h"

#include <QString>

#include <string>

namespace pilothouse::cli {

// From the file, or from the first line of standard input where it is "-".
[[nodiscard]] Result<QString> readSecret(const std::string& passwordFile);

// Asks the person at the terminal, without echo. Fails with ErrorCode::invalid, naming `otherwise` as the
// way out, when there is no terminal. Ctrl-C ends the program with the terminal as it was.
[[nodiscard]] Result<QString> askSecret(const QString& question, const QString& otherwise);

} // namespace pilothouse::cli
