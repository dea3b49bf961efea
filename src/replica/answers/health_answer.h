// SPDX-License-Identifier: GPL-3.0-or-later
// The forms in which load balancers and DTR's monitoring scripts are told whether there is traffic to take.
#pragma once

#include "replica/http/message.h"
#include "replica/http/router.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::answers {

// One part that must work for a replica to take traffic.
struct Component {
    std::string_view name;
    bool up = false;
};

// /_ping: JSON. 200, or 503 with the reason.
[[nodiscard]] http::Response pingAnswer(bool healthy, const std::string& reason);
// /load_balancer_status: a table; ?format=json|csv. 200 or 503.
[[nodiscard]] http::Response loadBalancerAnswer(bool healthy, const std::vector<Component>& components,
                                                const http::Request& request);
// /ca: the authority's certificate, PEM.
[[nodiscard]] http::Response caAnswer(const std::string& pem);

// The three health addresses of a server behind which no replica runs: 503, with the reason of the moment.
void addUnhealthyRoutes(http::Router& router, std::function<std::string()> reason);

} // namespace pilothouse::answers
