// SPDX-License-Identifier: GPL-3.0-or-later
// Heads of messages from bytes (RFC 9112 §3, §4, §5), strictly.
#pragma once

#include "replica/http/message.h"

#include <tl/expected.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::http {

// Why a request is not served at all.
struct Refusal {
    int status = 400;
    std::string sentence;    // without a full stop
    std::string target = {}; // of the request, as it was sent; empty when it could not be read
    std::string id = {};     // of the request; empty when it was not read
};

// The length of the head at the beginning of `bytes`, with its empty line; nothing if it is not complete.
// `searched` remembers how far it was looked; 0 for a new head.
[[nodiscard]] std::optional<std::size_t> findHeadEnd(std::string_view bytes, std::size_t& searched);

// A whole head as found by findHeadEnd(). Fills everything but the connection's part (overTls, id, remote,
// peer).
[[nodiscard]] tl::expected<Request, Refusal> parseRequestHead(std::string_view head);

struct ParsedResponse {
    ResponseHead head;
    int versionMinor = 1;
};
// A whole head of an answer; the error is a sentence.
[[nodiscard]] tl::expected<ParsedResponse, std::string> parseResponseHead(std::string_view head);

} // namespace pilothouse::http
