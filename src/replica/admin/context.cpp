// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/context.h"

namespace pilothouse::admin {

namespace {

std::string_view whoMay(Access access) {
    return access == Access::replica ? "Only members of this cluster may ask for this"
                                     : "This needs an administrator";
}

} // namespace

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
