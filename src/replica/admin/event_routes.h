// SPDX-License-Identifier: GPL-3.0-or-later
// Recorded events: pages, and the server-sent stream (WHATWG HTML, "Server-sent events").
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

// GET /api/v0/events and GET /api/v0/stream.
void addEventRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
