// SPDX-License-Identifier: GPL-3.0-or-later
// Answers in JSON: values, and problems (RFC 9457).
#pragma once

#include "api/json.h"
#include "base/result.h"
#include "replica/http/message.h"

#include <chrono>
#include <optional>
#include <string>

namespace pilothouse::answers {

[[nodiscard]] int statusOf(ErrorCode code);
// Stable name of the code in problem details: "not-found".
[[nodiscard]] std::string_view nameOf(ErrorCode code);
// The same for problems of HTTP itself: 400, 404, 405, 408, 413, 415, 431, 500, 505.
[[nodiscard]] std::string_view nameOf(int status);

// application/problem+json (RFC 9457). 401 carries a Basic challenge, 429 and 503 say when to try again.
[[nodiscard]] http::Response problem(const Error& error, std::optional<std::chrono::seconds> retryAfter = {});
[[nodiscard]] http::Response problemOf(int status, const std::string& detail, const std::string& hint = {});

[[nodiscard]] http::Response jsonText(std::string json, int status = 200);
template <typename T>
[[nodiscard]] http::Response json(const T& value, int status = 200) {
    return jsonText(api::toJson(value), status);
}
[[nodiscard]] http::Response noContent();

} // namespace pilothouse::answers
