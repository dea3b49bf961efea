// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/openapi.h"

#include "replica/admin/answer.h"

namespace pilothouse::admin {

void addOpenApiRoute(http::Router& router) {
    router.add("GET", "/api/v0/openapi.json",
               [](http::Exchange& exchange, const http::PathParameters&) -> http::Awaitable<void> {
                   auto response = jsonText(std::string(openApiDocument()));
                   (void)co_await exchange.respond(std::move(response));
               });
}

} // namespace pilothouse::admin
