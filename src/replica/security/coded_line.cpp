// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/coded_line.h"

#include "base/encoding.h"

namespace pilothouse::security {
namespace {

constexpr std::size_t longestLine = 16384;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(space) - first + 1);
}

} // namespace

bool isLowerHex(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

tl::unexpected<Error> invalidLine(const LineKind& kind, const std::string& why) {
    return fail(ErrorCode::invalid, std::string(kind.what) + " " + why, std::string(kind.hint));
}

std::string formatLine(const LineKind& kind, std::string_view json) {
    return std::string(kind.prefix) + toBase64Url(json);
}

Result<std::string> jsonInLine(const LineKind& kind, std::string_view text) {
    text = trimmed(text);
    if (text.empty()) {
        return invalidLine(kind, "is empty");
    }
    if (!text.starts_with(kind.prefix)) {
        return invalidLine(kind, text.starts_with(kind.family)
                                     ? "was made by another version of this program"
                                     : "does not begin with \"" + std::string(kind.prefix) + "\"");
    }
    if (text.size() > longestLine) {
        return invalidLine(kind, "is too long");
    }
    const Result<std::string> json = fromBase64Url(text.substr(kind.prefix.size()));
    if (!json) {
        return invalidLine(kind,
                           "is damaged: it has characters that do not belong there, or its end is missing");
    }
    return json;
}

} // namespace pilothouse::security
