// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/routes.h"

#include "replica/admin/check_routes.h"
#include "replica/admin/cluster_routes.h"
#include "replica/admin/dtr_routes.h"
#include "replica/admin/event_routes.h"
#include "replica/admin/health_routes.h"
#include "replica/admin/join_routes.h"
#include "replica/admin/metrics.h"
#include "replica/admin/openapi.h"
#include "replica/admin/operation_routes.h"
#include "replica/admin/repair_routes.h"
#include "replica/admin/setting_routes.h"
#include "replica/admin/user_routes.h"

#include <algorithm>
#include <array>

namespace pilothouse::admin {
namespace {

// See replication/peer_routes.h
constexpr std::string_view copies = "/api/v0/replica/blobs/";
constexpr std::string_view earlyCopies = "/api/v0/replica/uploads/";

} // namespace

http::Response missAnswer(const http::Request& request, int status) {
    return problemOf(status, status == 405 ? request.method + " is not for this address"
                                           : "There is nothing at this address");
}

void addHttpsRoutes(http::Router& router, const Context& context) {
    router.onMiss(missAnswer);
    addHealthRoutes(router, context.board, Reasons::whole);
    addServerStatusRoute(router, context.connections);
    addCaRoute(router, context.clusterCa);
    addOpenApiRoute(router);
    addMetricsRoute(router, context);
    addDtrRoutes(router, context);
    addClusterRoutes(router, context);
    addCheckRoutes(router, context);
    addEventRoutes(router, context);
    addUserRoutes(router, context);
    addSettingRoutes(router, context);
    addJoinRoutes(router, context);
    addOperationRoutes(router, context);
    addRepairRoutes(router, context);
}

void addHttpRoutes(http::Router& router, const Context& context, RedirectOptions redirect) {
    addHealthRoutes(router, context.board, Reasons::plain);
    addServerStatusRoute(router, context.connections);
    router.onMiss([&context, redirect = std::move(redirect)](const http::Request& request, int) {
        const auto snapshot = context.board.snapshot();
        const auto recorded = snapshot->status.cluster.external_url.value_or("");
        return redirectToHttps(request, redirect.externalUrl.value_or(recorded), redirect.httpsPort);
    });
}

bool isCopy(const http::Request& request) {
    return request.path.starts_with(copies);
}

bool isEarlyCopy(const http::Request& request) {
    return request.path.starts_with(earlyCopies);
}

bool countsAsTraffic(const http::Request& request) {
    static constexpr std::array<std::string_view, 7> others{
        "/_ping",   "/health",        "/load_balancer_status",    "/nginx_status",
        "/metrics", "/api/v0/stream", "/api/v0/replica/heartbeat"};
    return std::find(others.begin(), others.end(), request.path) == others.end() && !isEarlyCopy(request);
}

} // namespace pilothouse::admin
