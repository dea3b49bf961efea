// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/setup_routes.h"

#include "replica/answers/health_answer.h"
#include "replica/answers/json_body.h"
#include "replica/node/path_probe.h"
#include "replica/security/coded_line.h"

#include <memory>

namespace pilothouse::waiting {
namespace {

constexpr const char* waits = "This host waits to be joined to a cluster";
constexpr Milliseconds measureDeadline{15'000}; // a disk that takes longer is none to join with
constexpr Milliseconds pathDeadline{2000};
constexpr std::size_t clusterIdDigits = 32;

http::Response problem(const Error& error) {
    auto response = answers::problem(error);
    if (response.status == 401) { // no password helps here
        response.headers.set("WWW-Authenticate", "Setup-Code realm=\"Pilothouse\"");
    }
    return response;
}

http::Awaitable<Result<api::HostReport>> inspect(const SetupContext& context, api::InspectHost question) {
    if (!security::isLowerHex(question.cluster_id, clusterIdDigits)) {
        co_return fail(ErrorCode::invalid, "cluster_id: expected 32 hexadecimal digits");
    }
    const auto report = std::make_shared<api::HostReport>(context.known);
    // It owns what it needs: a disk may hang for longer than anybody waits for it.
    std::function<Status()> measure = [report, host = context.host, &clock = context.clock,
                                       cluster = ClusterId(question.cluster_id)]() -> Status {
        *report = measureHost(host, *report, cluster, clock);
        return {};
    };
    const Status measured = co_await context.worker.runWithin(measureDeadline, std::move(measure));
    if (!measured) {
        co_return fail(measured.error());
    }
    auto paths = co_await node::probePaths(std::move(question.paths), pathDeadline);
    report->paths = std::move(paths);
    report->at = toRfc3339(context.clock.wall()); // last: the asker compares it with its own time
    co_return *report;
}

http::Awaitable<void> answerInspect(const SetupContext& context, http::Exchange& exchange) {
    auto question = co_await answers::readJson<api::InspectHost>(exchange);
    if (!question) {
        co_return;
    }
    const Status admitted = context.desk.admit(question->secret, http::addressOf(exchange.request()));
    if (!admitted) {
        auto refused = problem(admitted.error());
        (void)co_await exchange.respond(std::move(refused));
        co_return;
    }
    auto report = co_await inspect(context, std::move(*question));
    auto response = report ? answers::json(*report) : problem(report.error());
    (void)co_await exchange.respond(std::move(response));
}

http::Awaitable<void> answerJoin(const SetupContext& context, http::Exchange& exchange) {
    const auto order = co_await answers::readJson<api::AdmitHost>(exchange);
    if (!order) {
        co_return;
    }
    const auto state = context.desk.admit(order->secret, http::addressOf(exchange.request())).and_then([&] {
        return context.desk.take(order->token);
    });
    auto response = state ? answers::json(*state) : problem(state.error());
    (void)co_await exchange.respond(std::move(response));
}

http::Response missAnswer(const http::Request& request, int status) {
    const bool wrongMethod = status == 405;
    return answers::problemOf(status,
                              wrongMethod ? request.method + " does not work here"
                                          : std::string("there is nothing at this address"),
                              waits);
}

} // namespace

void addSetupRoutes(http::Router& router, const SetupContext& context) {
    router.add("GET", "/ca",
               [pem = context.authority](http::Exchange& exchange,
                                         const http::PathParameters&) -> http::Awaitable<void> {
                   auto response = answers::caAnswer(pem);
                   (void)co_await exchange.respond(std::move(response));
               });
    router.add("POST", "/api/v0/setup/inspect",
               [&context](http::Exchange& exchange, const http::PathParameters&) {
                   return answerInspect(context, exchange);
               });
    router.add("POST", "/api/v0/setup/join",
               [&context](http::Exchange& exchange, const http::PathParameters&) {
                   return answerJoin(context, exchange);
               });
    router.onMiss(missAnswer);
}

void addWaitingHealthRoutes(http::Router& router) {
    answers::addUnhealthyRoutes(router, [] { return std::string(waits); });
}

http::Response waitsAnswer() {
    return http::textResponse(503, waits);
}

} // namespace pilothouse::waiting
