// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/escape.h"

#include <cstddef>

namespace pilothouse {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

// The length of the valid UTF-8 sequence (RFC 3629) that `text` starts with; 0 when there is none.
std::size_t utf8Length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) {
        return 1;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    // Overlong forms, surrogates and what lies above U+10FFFF show in the second byte.
    const auto second = static_cast<unsigned char>(text[1]);
    const bool wrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                       (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return wrong ? 0 : length;
}

// U+0000 to U+001F, U+007F and U+0080 to U+009F: what can steer a terminal or break a line.
bool isControl(std::string_view sequence) {
    const auto lead = static_cast<unsigned char>(sequence[0]);
    if (sequence.size() == 1) {
        return lead < 0x20 || lead == 0x7F;
    }
    return lead == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0;
}

void appendControl(std::string& out, std::string_view sequence) {
    const auto code = static_cast<unsigned char>(sequence.back());
    switch (code) {
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += "\\u00";
        out += hexDigits[code >> 4U];
        out += hexDigits[code & 15U];
    }
}

void append(std::string& out, std::string_view text, bool quoted) {
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            text.remove_prefix(1);
            continue;
        }
        const std::string_view sequence = text.substr(0, length);
        if (isControl(sequence)) {
            appendControl(out, sequence);
        } else {
            if (quoted && (sequence == "\"" || sequence == "\\")) {
                out += '\\';
            }
            out += sequence;
        }
        text.remove_prefix(length);
    }
}

} // namespace

void appendEscaped(std::string& out, std::string_view text) {
    append(out, text, false);
}

void appendQuoted(std::string& out, std::string_view text) {
    out += '"';
    append(out, text, true);
    out += '"';
}

} // namespace pilothouse
