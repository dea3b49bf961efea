// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/check_routes.h"

#include "replica/operations/check_service.h"

namespace pilothouse::admin {
namespace {

http::Awaitable<void> getChecks(const Context& context, http::Exchange& exchange) {
    const api::ReplicaChecks checks = co_await context.checks.own();
    auto response = json(checks);
    (void)co_await exchange.respond(std::move(response));
}

http::Awaitable<void> postCheck(const Context& context, http::Exchange& exchange) {
    auto wanted = co_await readJson<api::AskCheck>(exchange);
    if (!wanted) {
        co_return;
    }
    const auto found = co_await context.checks.check(std::move(*wanted));
    co_await answer(exchange, found);
}

} // namespace

// Both open connections to every member: not for just anybody.
void addCheckRoutes(http::Router& router, const Context& context) {
    router.add("GET", "/api/v0/replica/checks",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return getChecks(context, exchange);
                       }));
    router.add("POST", "/api/v0/cluster/check",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return postCheck(context, exchange);
                       }));
}

} // namespace pilothouse::admin
