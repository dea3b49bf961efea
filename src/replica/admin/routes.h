// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses each port answers. resources/openapi.json describes them all.
#pragma once

#include "replica/admin/context.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pilothouse::admin {

// The HTTPS port: all of the admin API and DTR's addresses. `context` outlives the router.
void addHttpsRoutes(http::Router& router, const Context& context);

// Where the HTTP port sends everything but health checks.
struct RedirectOptions {
    std::optional<std::string> externalUrl; // nullopt: the cluster's own; without one, to the request's host
    std::uint16_t httpsPort = 443;          // of the request's host
};
// The HTTP port, which anybody can listen to: health checks without names, paths or versions, and the
// redirect.
void addHttpRoutes(http::Router& router, const Context& context, RedirectOptions redirect);

// Where no route of the HTTPS port fits.
[[nodiscard]] http::Response missAnswer(const http::Request& request, int status);

// Whether it is about a replica's copy of a blob, and whether about one that comes along with a push.
[[nodiscard]] bool isCopy(const http::Request& request);
[[nodiscard]] bool isEarlyCopy(const http::Request& request);
// False for requests that say nothing of what clients feel: health checks, heartbeats, streams, which never
// end, and early copies, which take as long as the push.
[[nodiscard]] bool countsAsTraffic(const http::Request& request);

} // namespace pilothouse::admin
