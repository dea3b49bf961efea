// SPDX-License-Identifier: GPL-3.0-or-later
// How long a body is (RFC 9112 §6). Whatever two readers could take differently is refused.
#pragma once

#include "replica/http/head_parser.h"

#include <cstdint>

namespace pilothouse::http {

struct Framing {
    enum class Kind { length, chunked, untilClose };
    Kind kind = Kind::length;
    std::uint64_t length = 0;
};

[[nodiscard]] tl::expected<Framing, Refusal> requestFraming(const Request& request);
// Of the answer to `method`.
[[nodiscard]] tl::expected<Framing, std::string> responseFraming(const ParsedResponse& response,
                                                                 std::string_view method);

} // namespace pilothouse::http
