// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/cluster_routes.h"

#include "replica/node/sleep.h"

namespace pilothouse::admin {
namespace {

constexpr Milliseconds leaderDeadline{5000};
constexpr Milliseconds publishDeadline{1000};
constexpr Milliseconds publishPoll{10};

api::Heartbeat heartbeatOf(const api::ClusterStatus& status, const Clock& clock) {
    return {.cluster_id = status.cluster.id,
            .epoch = status.cluster.epoch,
            .id = status.self.id,
            .at = toRfc3339(clock.wall()),
            .health = status.self.health,
            .draining = status.self.draining,
            .consensus = status.self.consensus,
            .version = status.self.version,
            .feature_level = status.self.feature_level,
            .blobs = status.self.blobs,
            .newer_epoch = status.newer_epoch};
}

http::Awaitable<void> getCluster(const Context& context, http::Exchange& exchange) {
    (void)co_await exchange.respond(jsonText(context.board.snapshot()->json));
}

http::Awaitable<void> getReplica(const Context& context, http::Exchange& exchange) {
    (void)co_await exchange.respond(json(context.board.snapshot()->status.self));
}

http::Awaitable<void> getHeartbeat(const Context& context, http::Exchange& exchange) {
    (void)co_await exchange.respond(json(heartbeatOf(context.board.snapshot()->status, context.clock)));
}

http::Awaitable<void> postLeader(const Context& context, http::Exchange& exchange) {
    const auto request = co_await readJson<api::MakeLeader>(exchange);
    if (!request) {
        co_return;
    }
    const auto target = parseReplicaId(request->replica);
    if (!target) {
        const Status failed = fail(target.error());
        co_return co_await answer(exchange, failed);
    }
    const Status done = co_await context.leadership.makeLeader(*target, leaderDeadline);
    co_await answer(exchange, done);
}

// Whoever was told that it drains must not find it healthy with the next look.
http::Awaitable<void> untilPublished(const Context& context, bool draining) {
    const auto end = context.clock.monotonic() + publishDeadline;
    while (context.board.snapshot()->status.self.draining != draining && context.clock.monotonic() < end) {
        co_await node::sleepFor(publishPoll);
    }
}

http::Awaitable<void> putDrain(const Context& context, http::Exchange& exchange) {
    const auto request = co_await readJson<api::Drain>(exchange);
    if (!request) {
        co_return;
    }
    const Status done = co_await context.drain.change(request->draining);
    if (done) {
        co_await untilPublished(context, request->draining);
    }
    co_await answer(exchange, done);
}

// Whoever asks names the start that is to end: asked twice, it restarts once.
http::Awaitable<void> postRestart(const Context& context, http::Exchange& exchange) {
    const auto request = co_await readJson<api::Restart>(exchange);
    if (!request) {
        co_return;
    }
    Status done;
    if (context.board.snapshot()->status.self.instance == request->instance) {
        context.restart();
    } else {
        done = fail(ErrorCode::conflict, "this replica has been restarted since",
                    "Look at its status for the instance that runs now");
    }
    co_await answer(exchange, done);
}

// Routes that need neither path parameters nor the principal.
GuardedHandler simple(const Context& context,
                      http::Awaitable<void> (*handler)(const Context&, http::Exchange&)) {
    return [&context, handler](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
        return handler(context, exchange);
    };
}

} // namespace

void addClusterRoutes(http::Router& router, const Context& context) {
    router.add("GET", "/api/v0/cluster", guarded(context, Access::reader, simple(context, getCluster)));
    router.add("GET", "/api/v0/replica", guarded(context, Access::reader, simple(context, getReplica)));
    router.add("GET", "/api/v0/replica/heartbeat",
               [&context, members = guarded(context, Access::replica, simple(context, getHeartbeat))](
                   http::Exchange& exchange, const http::PathParameters& path) {
                   return context.authenticator.isFormerMember(exchange.request())
                              ? getHeartbeat(context, exchange)
                              : members(exchange, path);
               });
    router.add("POST", "/api/v0/cluster/leader",
               guarded(context, Access::admin, simple(context, postLeader)));
    router.add("PUT", "/api/v0/replica/drain", guarded(context, Access::admin, simple(context, putDrain)));
    router.add("POST", "/api/v0/replica/restart",
               guarded(context, Access::admin, simple(context, postRestart)));
}

} // namespace pilothouse::admin
