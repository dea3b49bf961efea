// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/names.h"

#include <algorithm>

namespace pilothouse::state {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isMark(char c) {
    return c == '.' || c == '_' || c == '-';
}

} // namespace

Status checkUserName(std::string_view name) {
    const bool fine =
        !name.empty() && name.size() <= 64 && !isMark(name.front()) &&
        std::all_of(name.begin(), name.end(), [](char c) { return isLower(c) || isDigit(c) || isMark(c); });
    if (fine) {
        return {};
    }
    return fail(ErrorCode::invalid, "this is no user name",
                "Use 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit");
}

Status checkReplicaName(std::string_view name) {
    const bool fine = !name.empty() && name.size() <= 63 && !isMark(name.front()) &&
                      std::all_of(name.begin(), name.end(),
                                  [](char c) { return isLower(c) || isUpper(c) || isDigit(c) || isMark(c); });
    if (fine) {
        return {};
    }
    return fail(ErrorCode::invalid, "this is no name for a replica",
                "Use 1 to 63 of a-z, A-Z, 0-9, '.', '_' and '-', beginning with a letter or digit");
}

Status checkDescription(std::string_view text) {
    const bool fine = text.size() <= 200 && std::none_of(text.begin(), text.end(), [](char c) {
                          return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
                      });
    if (fine) {
        return {};
    }
    return fail(ErrorCode::invalid, "the description is longer than 200 bytes or has control characters");
}

} // namespace pilothouse::state
