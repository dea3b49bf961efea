// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/health_routes.h"

#include "replica/answers/health_answer.h"
#include "replica/http/url.h"

namespace pilothouse::admin {
namespace {

std::vector<answers::Component> componentsOf(const node::StatusBoard::Look& look) {
    using api::Unhealthy;
    const bool fresh = isFresh(look); // what was known of the parts is as old as the verdict
    const auto& self = look.snapshot->status.self;
    const auto code = self.health.code;
    return {{"engine", fresh && self.engine.running},
            {"quorum", fresh && self.consensus.quorum},
            {"state", fresh && code != Unhealthy::projection_behind && code != Unhealthy::starting},
            {"disk", fresh && code != Unhealthy::disk_full && code != Unhealthy::disk_unwritable}};
}

// For whoever may be listening: what is wrong, without a name, a path or a number.
std::string_view plainReason(api::Unhealthy code) {
    using api::Unhealthy;
    switch (code) {
    case Unhealthy::none:
        return "";
    case Unhealthy::starting:
        return "starting";
    case Unhealthy::engine_down:
        return "the engine does not answer";
    case Unhealthy::no_quorum:
        return "no quorum";
    case Unhealthy::projection_behind:
        return "the state is behind";
    case Unhealthy::disk_unwritable:
        return "the disk cannot be written";
    case Unhealthy::disk_full:
        return "the disk is full";
    case Unhealthy::draining:
        return "draining";
    case Unhealthy::read_only:
        return "read-only";
    case Unhealthy::unknown:
        break;
    }
    return "not healthy";
}

http::Response ping(const node::StatusBoard& board, Reasons reasons) {
    const auto health = currentHealth(board.look());
    return answers::pingAnswer(
        health.healthy, reasons == Reasons::whole ? health.reason : std::string(plainReason(health.code)));
}

http::Response loadBalancerStatus(const node::StatusBoard& board, const http::Request& request) {
    const auto look = board.look();
    return answers::loadBalancerAnswer(currentHealth(look).healthy, componentsOf(look), request);
}

// As ngx_http_stub_status_module writes it, spaces included: scripts cut it by position.
std::string stubStatus(const http::ServerCounts& counts) {
    return "Active connections: " + std::to_string(counts.active) + " \nserver accepts handled requests\n " +
           std::to_string(counts.accepted) + " " + std::to_string(counts.handled) + " " +
           std::to_string(counts.requests) + " \nReading: " + std::to_string(counts.reading) +
           " Writing: " + std::to_string(counts.writing) + " Waiting: " + std::to_string(counts.waiting()) +
           " \n";
}

} // namespace

bool isFresh(const node::StatusBoard::Look& look) {
    return look.uncheckedFor <= look.holdsFor;
}

api::Health currentHealth(const node::StatusBoard::Look& look) {
    if (isFresh(look)) {
        return look.snapshot->status.self.health;
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(look.uncheckedFor).count();
    return {.healthy = false,
            .code = api::Unhealthy::unknown,
            .reason = "This replica has not looked after itself for " + std::to_string(seconds) + " s"};
}

void addHealthRoutes(http::Router& router, const node::StatusBoard& board, Reasons reasons) {
    for (const char* path : {"/_ping", "/health"}) {
        router.add("GET", path,
                   [&board, reasons](http::Exchange& exchange,
                                     const http::PathParameters&) -> http::Awaitable<void> {
                       auto response = ping(board, reasons);
                       (void)co_await exchange.respond(std::move(response));
                   });
    }
    router.add("GET", "/load_balancer_status",
               [&board](http::Exchange& exchange, const http::PathParameters&) -> http::Awaitable<void> {
                   auto response = loadBalancerStatus(board, exchange.request());
                   (void)co_await exchange.respond(std::move(response));
               });
}

void addServerStatusRoute(http::Router& router, std::function<http::ServerCounts()> counts) {
    router.add("GET", "/nginx_status",
               [counts = std::move(counts)](http::Exchange& exchange,
                                            const http::PathParameters&) -> http::Awaitable<void> {
                   http::Response response;
                   response.headers.set("Content-Type", "text/plain");
                   response.headers.set("Cache-Control", "no-store");
                   response.body = stubStatus(counts());
                   (void)co_await exchange.respond(std::move(response));
               });
}

void addCaRoute(http::Router& router, std::string clusterCa) {
    router.add("GET", "/ca",
               [ca = std::move(clusterCa)](http::Exchange& exchange,
                                           const http::PathParameters&) -> http::Awaitable<void> {
                   auto response = answers::caAnswer(ca);
                   (void)co_await exchange.respond(std::move(response));
               });
}

namespace {

// The target as a path, also of a request in absolute form ("GET http://host/path HTTP/1.1").
std::string pathAndQuery(const http::Request& request) {
    if (request.target.starts_with('/')) {
        return request.target;
    }
    const auto question = request.target.find('?');
    const auto query = question == std::string::npos ? std::string() : request.target.substr(question);
    return request.rawPath.starts_with('/') ? request.rawPath + query : "/";
}

} // namespace

http::Response redirectToHttps(const http::Request& request, const std::string& externalUrl,
                               std::uint16_t httpsPort) {
    std::string origin = externalUrl;
    while (origin.ends_with('/')) {
        origin.pop_back();
    }
    if (origin.empty()) {
        // The host as the client named it; its port is ours for plain HTTP.
        const auto named = http::parseUrl("http://" + std::string(request.headers.value("Host")) + "/");
        if (!named) {
            return http::textResponse(400,
                                      "This port only redirects to HTTPS, and the request names no host");
        }
        origin = "https://" + http::hostAndPort(named->host, httpsPort);
    }
    auto response = http::textResponse(308, "Use HTTPS");
    response.headers.set("Location", origin + pathAndQuery(request));
    return response;
}

} // namespace pilothouse::admin
