// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/context.h"

namespace pilothouse::admin {

namespace {

constexpr std::size_t largestBody = std::size_t{64} * 1024;

bool isJson(std::string_view contentType) {
    const auto type = contentType.substr(0, contentType.find_first_of("; \t"));
    return http::equalsIgnoringCase(type, "application/json");
}

int statusOfBody(ErrorCode code) {
    return code == ErrorCode::exhausted ? 413 : code == ErrorCode::timeout ? 408 : 400;
}

std::string_view whoMay(Access access) {
    return access == Access::replica ? "Only members of this cluster may ask for this"
                                     : "This needs an administrator";
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

http::RouteHandler guarded(const Context& context, Access access, GuardedHandler handler) {
    return [&context, access, handler = std::move(handler)](
               http::Exchange& exchange, const http::PathParameters& parameters) -> http::Awaitable<void> {
        const auto principal = co_await context.authenticator.authenticate(exchange.request());
        if (!principal) {
            auto response = problem(principal.error().error, principal.error().retryAfter);
            (void)co_await exchange.respond(std::move(response));
            co_return;
        }
        if (!mayAccess(*principal, access)) {
            auto response = problem({ErrorCode::forbidden, std::string(whoMay(access)), {}});
            (void)co_await exchange.respond(std::move(response));
            co_return;
        }
        co_await handler(exchange, parameters, *principal);
    };
}

http::Awaitable<void> answer(http::Exchange& exchange, Status status) {
    // Named, and so everywhere: g++ 12 destroys a conditional's temporary twice within co_await.
    auto response = status ? noContent() : problem(status.error());
    (void)co_await exchange.respond(std::move(response));
}

} // namespace pilothouse::admin
