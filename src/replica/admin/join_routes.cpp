// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/join_routes.h"

#include "api/setup.h"
#include "replica/node/path_probe.h"

namespace pilothouse::admin {
namespace {

constexpr Milliseconds probeDeadline{1500};

http::Awaitable<void> postToken(const Context& context, http::Exchange& exchange,
                                const Principal& principal) {
    const auto wanted = co_await readJson<api::CreateJoinToken>(exchange);
    if (!wanted) {
        co_return;
    }
    state::Request request{.operationId = wanted->operation_id, .actor = nameOf(principal)};
    const auto created = co_await context.joining.createToken(std::move(request), *wanted);
    co_await answer(exchange, created, 201);
}

// Authenticated by the token's secret alone.
http::Awaitable<void> postJoin(const Context& context, http::Exchange& exchange) {
    const auto request = co_await readJson<api::JoinRequest>(exchange);
    if (!request) {
        co_return;
    }
    const auto joined = co_await context.joining.join(*request);
    co_await answer(exchange, joined);
}

// A learner asks for its own promotion; nobody may ask for another's.
http::Awaitable<void> postPromote(const Context& context, http::Exchange& exchange,
                                  const Principal& principal) {
    const auto* replica = std::get_if<ReplicaPrincipal>(&principal);
    if (replica == nullptr) {
        const Status refused = fail(ErrorCode::forbidden, "Only the learner itself may ask for this");
        co_return co_await answer(exchange, refused);
    }
    const Status promoted = co_await context.promotion.promote(replica->id);
    co_await answer(exchange, promoted);
}

http::Awaitable<void> postPaths(http::Exchange& exchange) {
    auto asked = co_await readJson<api::AskPaths>(exchange);
    if (!asked) {
        co_return;
    }
    auto answers = co_await node::probePaths(std::move(asked->paths), probeDeadline);
    const Result<api::PathReport> result = api::PathReport{std::move(answers)};
    co_await answer(exchange, result);
}

} // namespace

void addJoinRoutes(http::Router& router, const Context& context) {
    router.add(
        "POST", "/api/v0/cluster/join-tokens",
        guarded(context, Access::admin,
                [&context](http::Exchange& exchange, const http::PathParameters&,
                           const Principal& principal) { return postToken(context, exchange, principal); }));
    router.add("POST", "/api/v0/cluster/join",
               [&context](http::Exchange& exchange, const http::PathParameters&) {
                   return postJoin(context, exchange);
               });
    router.add("POST", "/api/v0/cluster/promote",
               guarded(context, Access::replica,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) {
                           return postPromote(context, exchange, principal);
                       }));
    router.add("POST", "/api/v0/replica/paths",
               guarded(context, Access::replica,
                       [](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return postPaths(exchange);
                       }));
}

} // namespace pilothouse::admin
