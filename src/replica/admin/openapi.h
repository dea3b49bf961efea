// SPDX-License-Identifier: GPL-3.0-or-later
// The description of the admin API, as resources/openapi.json has it.
#pragma once

#include "replica/http/router.h"

#include <string_view>

namespace pilothouse::admin {

// OpenAPI 3, JSON. Made from the file at build time.
[[nodiscard]] std::string_view openApiDocument();

// GET /api/v0/openapi.json, for everybody: tools fetch it before they have a login, and it says nothing of
// this cluster.
void addOpenApiRoute(http::Router& router);

} // namespace pilothouse::admin
