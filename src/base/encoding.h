// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as text.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pilothouse {

[[nodiscard]] std::string toHex(std::string_view bytes); // lower case
[[nodiscard]] Result<std::string> fromHex(std::string_view text);
[[nodiscard]] std::string toBase64(std::string_view bytes);          // RFC 4648 §4, padded
[[nodiscard]] Result<std::string> fromBase64(std::string_view text); // padded, no white space
[[nodiscard]] std::string toBase64Url(std::string_view bytes);       // RFC 4648 §5, without padding
[[nodiscard]] Result<std::string> fromBase64Url(std::string_view text);

} // namespace pilothouse
