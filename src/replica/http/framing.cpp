// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/framing.h"

#include <charconv>
#include <optional>

namespace pilothouse::http {

namespace {

std::optional<std::uint64_t> parseLength(std::string_view text) {
    std::uint64_t length = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, length);
    const bool isNumber = !text.empty() && error == std::errc() && stop == end && length < (1ULL << 62U);
    return isNumber ? std::optional(length) : std::nullopt;
}

// Nothing when neither Transfer-Encoding nor Content-Length is there.
tl::expected<std::optional<Framing>, Refusal> explicitFraming(const Headers& headers, int versionMinor) {
    const auto codings = headers.count("Transfer-Encoding");
    const auto lengths = headers.count("Content-Length");
    if (codings > 0) {
        if (lengths > 0) {
            return tl::unexpected(Refusal{400, "Transfer-Encoding and Content-Length exclude each other"});
        }
        if (versionMinor == 0) {
            return tl::unexpected(Refusal{400, "HTTP/1.0 has no Transfer-Encoding"});
        }
        if (codings > 1 || !equalsIgnoringCase(headers.value("Transfer-Encoding"), "chunked")) {
            return tl::unexpected(Refusal{501, "the only Transfer-Encoding supported is chunked"});
        }
        return Framing{Framing::Kind::chunked, 0};
    }
    if (lengths == 0) {
        return std::nullopt;
    }
    const auto length = parseLength(headers.value("Content-Length"));
    if (lengths > 1 || !length) {
        return tl::unexpected(Refusal{400, "the Content-Length is not one number"});
    }
    return Framing{Framing::Kind::length, *length};
}

} // namespace

tl::expected<Framing, Refusal> requestFraming(const Request& request) {
    auto framing = explicitFraming(request.headers, request.versionMinor);
    if (!framing) {
        return tl::unexpected(std::move(framing.error()));
    }
    return framing->value_or(Framing{});
}

tl::expected<Framing, std::string> responseFraming(const ParsedResponse& response, std::string_view method) {
    const int status = response.head.status;
    auto framing = explicitFraming(response.head.headers, response.versionMinor);
    if (!framing) {
        return tl::unexpected("the answer's length is ambiguous: " + framing.error().sentence);
    }
    if (method == "HEAD" || status < 200 || status == 204 || status == 304) {
        return Framing{};
    }
    return framing->value_or(Framing{Framing::Kind::untilClose, 0});
}

} // namespace pilothouse::http
