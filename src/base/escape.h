// SPDX-License-Identifier: GPL-3.0-or-later
// Text from anywhere, made safe for a line of a log and for a JSON string.
#pragma once

#include <string>
#include <string_view>

namespace pilothouse {

// Appends `text` as valid UTF-8 on one line: control characters (also U+0080 to U+009F, which can steer a
// terminal) escaped as in JSON, every byte of broken UTF-8 (RFC 3629) as U+FFFD.
void appendEscaped(std::string& out, std::string_view text);

// The same in quotation marks, with quotation marks and backslashes escaped too: a JSON string (RFC 8259).
void appendQuoted(std::string& out, std::string_view text);

} // namespace pilothouse
