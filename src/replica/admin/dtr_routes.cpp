// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/dtr_routes.h"

#include "replica/admin/dtr_view.h"
#include "replica/admin/health_routes.h"
#include "replica/state/keys.h"
#include "replica/state/settings.h"

namespace pilothouse::admin {
namespace {

constexpr Milliseconds lookDeadline{1000};

// Calls `make` with everything that this replica knows now.
template <typename Make>
http::Response view(const Context& context, Make make, std::string collector = {}) {
    const auto look = context.board.look();
    const auto now = context.clock.wall();
    const DtrInputs inputs{.status = look.snapshot->status,
                           .self = currentHealth(look),
                           .fresh = isFresh(look),
                           .checkedAt =
                               now - std::chrono::duration_cast<WallTime::duration>(look.uncheckedFor),
                           .now = now,
                           .collector = std::move(collector)};
    return json(make(inputs));
}

GuardedHandler answering(const Context& context, http::Response (*make)(const Context&)) {
    return [&context, make](http::Exchange& exchange, const http::PathParameters&,
                            const Principal&) -> http::Awaitable<void> {
        auto response = make(context);
        (void)co_await exchange.respond(std::move(response));
    };
}

// The id of the replica that holds the collector's lock, as this replica knows it; empty when none does.
http::Awaitable<std::string> collectorOf(const Context& context) {
    using Record = std::optional<engine::Entry>;
    const std::function<Result<Record>(state::Projection&)> query = [](state::Projection& projection) {
        return projection.record(std::string(state::keys::collectorLock));
    };
    const auto lock = co_await context.model.read<Record>(query, lookDeadline);
    co_return lock&&* lock ? (*lock)->value : std::string();
}

http::Awaitable<void> clusterStatus(const Context& context, http::Exchange& exchange) {
    auto collector = co_await collectorOf(context);
    auto response = view(context, dtrClusterStatus, std::move(collector));
    (void)co_await exchange.respond(std::move(response));
}

http::Response alerts(const Context& context) {
    return view(context, dtrAlerts);
}

http::Response settings(const Context& context) {
    const bool readOnly = state::settingSwitch(*context.model.snapshot(), state::setting::readOnlyRegistry);
    return json(dtrSettings(context.board.snapshot()->status, context.clusterCa, readOnly));
}

} // namespace

void addDtrRoutes(http::Router& router, const Context& context) {
    router.add("GET", "/api/v0/meta/cluster_status",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return clusterStatus(context, exchange);
                       }));
    router.add("GET", "/api/v0/meta/settings", guarded(context, Access::admin, answering(context, settings)));
    router.add("GET", "/api/v0/meta/alerts", guarded(context, Access::admin, answering(context, alerts)));
}

} // namespace pilothouse::admin
