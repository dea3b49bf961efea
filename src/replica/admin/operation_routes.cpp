// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/operation_routes.h"

#include "replica/admin/changes.h"
#include "replica/operations/operation_service.h"

namespace pilothouse::admin {
namespace {

constexpr Milliseconds startDeadline{15'000}; // which asks every member first, and a host that is to join

http::Awaitable<void> postPlan(const Context& context, http::Exchange& exchange) {
    const auto wanted = co_await readJson<api::AskPlan>(exchange);
    if (!wanted) {
        co_return;
    }
    const auto plan = co_await context.operations.plan(*wanted);
    co_await answer(exchange, plan);
}

http::Awaitable<void> postOperation(const Context& context, http::Exchange& exchange,
                                    const Principal& principal) {
    const auto wanted = co_await readJson<api::StartOperation>(exchange);
    if (!wanted) {
        co_return;
    }
    auto request = requestOf(principal, wanted->operation_id);
    request.deadline = startDeadline;
    auto written = co_await context.operations.start(std::move(request), *wanted);
    const auto started = co_await settled(context, std::move(written));
    co_await answer(exchange, started, 201);
}

http::Awaitable<void> postDecision(const Context& context, http::Exchange& exchange, std::string id,
                                   const Principal& principal) {
    const auto wanted = co_await readJson<api::DecideOperation>(exchange);
    if (!wanted) {
        co_return;
    }
    auto request = requestOf(principal, wanted->operation_id);
    auto written = co_await context.operations.decide(std::move(request), std::move(id), *wanted);
    const auto decided = co_await settled(context, std::move(written));
    co_await answer(exchange, decided);
}

http::Awaitable<void> getOperations(const Context& context, http::Exchange& exchange) {
    const auto list = co_await context.operations.list();
    co_await answer(exchange, list);
}

http::Awaitable<void> getOperation(const Context& context, http::Exchange& exchange, std::string id) {
    const auto found = co_await context.operations.find(std::move(id));
    co_await answer(exchange, found);
}

} // namespace

void addOperationRoutes(http::Router& router, const Context& context) {
    router.add("POST", "/api/v0/cluster/plan",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return postPlan(context, exchange);
                       }));
    router.add("POST", "/api/v0/cluster/operations",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) {
                           return postOperation(context, exchange, principal);
                       }));
    router.add("GET", "/api/v0/cluster/operations",
               guarded(context, Access::reader,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return getOperations(context, exchange);
                       }));
    router.add(
        "GET", "/api/v0/cluster/operations/{id}",
        guarded(context, Access::reader,
                [&context](http::Exchange& exchange, const http::PathParameters& path, const Principal&) {
                    return getOperation(context, exchange, path.at("id"));
                }));
    router.add("POST", "/api/v0/cluster/operations/{id}/decision",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters& path,
                                  const Principal& principal) {
                           return postDecision(context, exchange, path.at("id"), principal);
                       }));
}

} // namespace pilothouse::admin
