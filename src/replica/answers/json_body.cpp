// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/answers/json_body.h"

namespace pilothouse::answers {
namespace {

constexpr std::size_t largestBody = std::size_t{64} * 1024;

bool isJson(std::string_view contentType) {
    const auto type = contentType.substr(0, contentType.find_first_of("; \t"));
    return http::equalsIgnoringCase(type, "application/json");
}

int statusOfBody(ErrorCode code) {
    return code == ErrorCode::exhausted ? 413 : code == ErrorCode::timeout ? 408 : 400;
}

} // namespace

http::Awaitable<std::optional<std::string>> readJsonText(http::Exchange& exchange) {
    if (!isJson(exchange.request().headers.value("Content-Type"))) {
        auto response = problemOf(415, "The body must be JSON", "Send Content-Type: application/json");
        (void)co_await exchange.respond(std::move(response));
        co_return std::nullopt;
    }
    auto body = co_await exchange.readAll(largestBody);
    if (!body) {
        auto response = problemOf(statusOfBody(body.error().code), body.error().message);
        (void)co_await exchange.respond(std::move(response));
        co_return std::nullopt;
    }
    co_return std::move(*body);
}

} // namespace pilothouse::answers
