// SPDX-License-Identifier: GPL-3.0-or-later
// The registry: everything under /v2/ (OCI distribution specification 1.1).
#pragma once

#include "replica/http/router.h"
#include "replica/registry/context.h"

namespace pilothouse::registry {

// `context` outlives the router.
void addRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::registry
