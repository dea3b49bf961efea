// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as text (RFC 3986).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pilothouse::http {

// "https://host:port/path?query" taken apart.
struct Url {
    bool tls = false;
    std::string host;         // lower case, without brackets
    std::uint16_t port = 0;   // 443 or 80 when not given
    std::string target = "/"; // path and query as written
};

// Only http and https, without user and fragment.
[[nodiscard]] Result<Url> parseUrl(std::string_view text);
// Whether it leads to this computer itself; false for what is no address.
[[nodiscard]] bool isLoopback(std::string_view url);
// "host:port", an IPv6 address in brackets.
[[nodiscard]] std::string hostAndPort(std::string_view host, std::uint16_t port);

// Fails on a "%" without two hexadecimal digits and on a NUL byte.
[[nodiscard]] Result<std::string> percentDecode(std::string_view text, bool plusIsSpace = false);
// Encodes all but RFC 3986's unreserved characters.
[[nodiscard]] std::string percentEncode(std::string_view text);
// "a=1&b=%20" in order.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> parseQuery(std::string_view query);

} // namespace pilothouse::http
