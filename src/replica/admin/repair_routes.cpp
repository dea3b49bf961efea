// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/repair_routes.h"

#include "replica/repair/repair_desk.h"

namespace pilothouse::admin {
namespace {

http::Awaitable<void> postPlan(const Context& context, http::Exchange& exchange) {
    auto wanted = co_await readJson<api::AskRepair>(exchange);
    if (!wanted) {
        co_return;
    }
    const auto plan = co_await context.repair.plan(std::move(*wanted));
    co_await answer(exchange, plan);
}

http::Awaitable<void> postRepair(const Context& context, http::Exchange& exchange,
                                 const Principal& principal) {
    auto wanted = co_await readJson<api::StartRepair>(exchange);
    if (!wanted) {
        co_return;
    }
    const auto ordered = co_await context.repair.start(nameOf(principal), std::move(*wanted));
    co_await answer(exchange, ordered, 202);
}

http::Awaitable<void> postPutBack(const Context& context, http::Exchange& exchange,
                                  const Principal& principal) {
    auto wanted = co_await readJson<api::PutBack>(exchange);
    if (!wanted) {
        co_return;
    }
    const auto ordered = co_await context.repair.putBack(nameOf(principal), std::move(*wanted));
    co_await answer(exchange, ordered, 202);
}

http::Awaitable<void> getRepair(const Context& context, http::Exchange& exchange) {
    co_await answer(exchange, context.repair.last());
}

http::Awaitable<void> getSurvivor(const Context& context, http::Exchange& exchange) {
    const auto report = co_await context.repair.report();
    co_await answer(exchange, report);
}

} // namespace

void addRepairRoutes(http::Router& router, const Context& context) {
    router.add("POST", "/api/v0/repair/plan",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return postPlan(context, exchange);
                       }));
    router.add(
        "POST", "/api/v0/repair",
        guarded(context, Access::admin,
                [&context](http::Exchange& exchange, const http::PathParameters&,
                           const Principal& principal) { return postRepair(context, exchange, principal); }));
    router.add("GET", "/api/v0/repair",
               guarded(context, Access::reader,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return getRepair(context, exchange);
                       }));
    router.add("POST", "/api/v0/repair/put-back",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) {
                           return postPutBack(context, exchange, principal);
                       }));
    router.add("GET", "/api/v0/replica/survivor",
               guarded(context, Access::replica,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return getSurvivor(context, exchange);
                       }));
}

} // namespace pilothouse::admin
