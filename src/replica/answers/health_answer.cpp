// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/answers/health_answer.h"

#include "api/dtr.h"
#include "api/json.h"

namespace pilothouse::answers {
namespace {

std::string_view word(bool up) {
    return up ? "up" : "down";
}

http::Response healthAnswer(bool healthy, std::string body, std::string_view type) {
    http::Response response;
    response.status = healthy ? 200 : 503;
    response.headers.set("Content-Type", std::string(type));
    response.headers.set("Cache-Control", "no-store");
    response.body = std::move(body);
    return response;
}

const std::vector<Component>& nothingUp() {
    static const std::vector<Component> components{
        {"engine", false}, {"quorum", false}, {"state", false}, {"disk", false}};
    return components;
}

} // namespace

http::Response pingAnswer(bool healthy, const std::string& reason) {
    return healthAnswer(healthy, api::toJson(api::dtr::Ping{reason, healthy}), "application/json");
}

http::Response loadBalancerAnswer(bool healthy, const std::vector<Component>& components,
                                  const http::Request& request) {
    const auto format = request.parameter("format").value_or("table");
    std::string body;
    if (format == "json") {
        for (const auto& component : components) {
            body += (body.empty() ? "{\"" : ",\"") + std::string(component.name) + "\":\"" +
                    std::string(word(component.up)) + "\"";
        }
        body += ",\"status\":\"" + std::string(word(healthy)) + "\"}\n";
        return healthAnswer(healthy, std::move(body), "application/json");
    }
    if (format != "csv" && format != "table") {
        return http::textResponse(400, "format is json, csv or table");
    }
    const char* const between = format == "csv" ? "," : "\t";
    body = std::string("component") + between + "status\n";
    for (const auto& component : components) {
        body += std::string(component.name) + between + std::string(word(component.up)) + "\n";
    }
    body += std::string("replica") + between + std::string(word(healthy)) + "\n";
    return healthAnswer(healthy, std::move(body), format == "csv" ? "text/csv" : "text/plain; charset=utf-8");
}

http::Response caAnswer(const std::string& pem) {
    http::Response response;
    response.headers.set("Content-Type", "application/x-pem-file");
    response.body = pem;
    return response;
}

void addUnhealthyRoutes(http::Router& router, std::function<std::string()> reason) {
    for (const char* path : {"/_ping", "/health"}) {
        router.add("GET", path,
                   [reason](http::Exchange& exchange, const http::PathParameters&) -> http::Awaitable<void> {
                       auto response = pingAnswer(false, reason());
                       (void)co_await exchange.respond(std::move(response));
                   });
    }
    router.add("GET", "/load_balancer_status",
               [](http::Exchange& exchange, const http::PathParameters&) -> http::Awaitable<void> {
                   auto response = loadBalancerAnswer(false, nothingUp(), exchange.request());
                   (void)co_await exchange.respond(std::move(response));
               });
}

} // namespace pilothouse::answers
