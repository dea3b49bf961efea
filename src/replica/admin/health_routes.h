// SPDX-License-Identifier: GPL-3.0-or-later
// The health addresses that load balancers and DTR's monitoring scripts know, on both ports and without
// login.
#pragma once

#include "replica/http/router.h"
#include "replica/http/server_counts.h"
#include "replica/node/status_board.h"

#include <functional>
#include <string>

namespace pilothouse::admin {

// The verdict that the health addresses give now. It is judged in the background; where that has not happened
// for too long (this process hangs, or was frozen until now) the last verdict counts for nothing.
[[nodiscard]] bool isFresh(const node::StatusBoard::Look& look);
[[nodiscard]] api::Health currentHealth(const node::StatusBoard::Look& look);

// How much the answers say: without TLS, neither names nor paths nor versions.
enum class Reasons { whole, plain };

// /_ping, /health (JSON) and /load_balancer_status (a table; ?format=json|csv). 200 or 503, answered from
// memory.
void addHealthRoutes(http::Router& router, const node::StatusBoard& board, Reasons reasons);

// GET /nginx_status: the numbers of NGINX's stub_status, of all this replica's ports.
void addServerStatusRoute(http::Router& router, std::function<http::ServerCounts()> counts);

// GET /ca: the cluster CA's certificate, PEM.
void addCaRoute(http::Router& router, std::string clusterCa);

// The answer to everything else on the HTTP port: 308 to the external URL's host, or to the request's with
// the HTTPS port.
[[nodiscard]] http::Response redirectToHttps(const http::Request& request, const std::string& externalUrl,
                                             std::uint16_t httpsPort);

} // namespace pilothouse::admin
