// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104) as raw bytes.
#pragma once

#include <string>
#include <string_view>

namespace pilothouse::security {

[[nodiscard]] std::string sha256(std::string_view bytes);                             // 32 bytes
[[nodiscard]] std::string hmacSha256(std::string_view key, std::string_view message); // 32 bytes

} // namespace pilothouse::security
