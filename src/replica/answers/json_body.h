// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON that a request carries.
#pragma once

#include "api/json.h"
#include "replica/answers/answer.h"
#include "replica/http/exchange.h"

#include <optional>
#include <string>

namespace pilothouse::answers {

// The request's body, at most 64 KiB, which must be sent as application/json: no form of a web page can.
// nullopt when it cannot be had; the problem (400, 408, 413, 415) is answered then.
[[nodiscard]] http::Awaitable<std::optional<std::string>> readJsonText(http::Exchange& exchange);
// The same as a wire type.
template <typename T>
[[nodiscard]] http::Awaitable<std::optional<T>> readJson(http::Exchange& exchange) {
    const auto text = co_await readJsonText(exchange);
    if (!text) {
        co_return std::nullopt;
    }
    auto read = api::fromJson<T>(*text);
    if (!read) {
        auto response = problem(read.error());
        (void)co_await exchange.respond(std::move(response));
        co_return std::nullopt;
    }
    co_return std::move(*read);
}

} // namespace pilothouse::answers
