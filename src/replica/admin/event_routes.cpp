// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/event_routes.h"

#include "replica/admin/event_stream.h"

#include <charconv>

namespace pilothouse::admin {
namespace {

constexpr std::int64_t defaultLimit = 100;
constexpr std::int64_t largestLimit = 1000;

// A whole number of at least 0 from the query; `otherwise` when it is not given.
Result<std::int64_t> numberIn(const http::Request& request, std::string_view name, std::int64_t otherwise) {
    const auto text = request.parameter(name);
    if (!text) {
        return otherwise;
    }
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (failure != std::errc() || end != text->data() + text->size() || number < 0) {
        return fail(ErrorCode::invalid,
                    "The parameter " + std::string(name) + " is not a whole number of at least 0");
    }
    return number;
}

http::Awaitable<Result<api::EventPage>> eventPage(const Context& context, const http::Request& request) {
    const auto limit = numberIn(request, "limit", defaultLimit);
    const auto after = numberIn(request, "after", 0);
    const auto before = numberIn(request, "before", 0);
    for (const auto* number : {&limit, &after, &before}) {
        if (!*number) {
            co_return fail(number->error());
        }
    }
    if (*limit < 1 || *limit > largestLimit) {
        co_return fail(ErrorCode::invalid, "The parameter limit must be from 1 to 1000");
    }
    if (request.parameter("after")) {
        if (request.parameter("before")) {
            co_return fail(ErrorCode::invalid, "Give either after or before, not both");
        }
        co_return co_await context.model.eventsAfter(Revision(*after), *limit);
    }
    co_return co_await context.model.eventsBefore(Revision(*before), *limit);
}

} // namespace

void addEventRoutes(http::Router& router, const Context& context) {
    router.add("GET", "/api/v0/events",
               guarded(context, Access::reader,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal&) -> http::Awaitable<void> {
                           const auto page = co_await eventPage(context, exchange.request());
                           co_await answer(exchange, page);
                       }));
    router.add("GET", "/api/v0/stream",
               guarded(context, Access::reader,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) {
                           return serveEventStream(context, exchange, principal);
                       }));
}

} // namespace pilothouse::admin
