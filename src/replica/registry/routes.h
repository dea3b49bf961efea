// SPDX-License-Identifier: GPL-3.0-or-later
// The registry: everything under /v2/ (OCI distribution specification 1.1).
#pragma once

#include "replica/http/router.h"
#include "replica/registry/context.h"

namespace pilothouse::registry {

// `context` outlives the router.
void addRoutes(http::Router& router, const Context& context);

// Whether a request's target is the registry's.
[[nodiscard]] bool isTarget(std::string_view target);
// The answer below /v2/ where no route fits: the address is unknown, or the method is not for it.
[[nodiscard]] http::Response missAnswer(const http::Request& request);
// What the server itself refuses, as clients of the registry read it.
[[nodiscard]] http::Response refusal(int status, std::string_view sentence);

} // namespace pilothouse::registry
