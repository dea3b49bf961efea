// SPDX-License-Identifier: GPL-3.0-or-later
// The form of what people paste: one line of "<prefix><version>." and base64url of a JSON object.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pilothouse::security {

struct LineKind {
    std::string_view what;   // "the join token": begins each error
    std::string_view family; // "phjoin"
    std::string_view prefix; // "phjoin1."
    std::string_view hint;   // how to get it right
};

[[nodiscard]] std::string formatLine(const LineKind& kind, std::string_view json);
// The JSON in the line; white space around it is ignored. ErrorCode::invalid says what is wrong without
// repeating any of it.
[[nodiscard]] Result<std::string> jsonInLine(const LineKind& kind, std::string_view text);

// ErrorCode::invalid: "<what> <why>".
[[nodiscard]] tl::unexpected<Error> invalidLine(const LineKind& kind, const std::string& why);

[[nodiscard]] bool isLowerHex(std::string_view text, std::size_t digits);

} // namespace pilothouse::security
