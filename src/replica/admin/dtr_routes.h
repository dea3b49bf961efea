// SPDX-License-Identifier: GPL-3.0-or-later
// DTR's addresses below /api/v0/meta, for administrators as there.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

// GET /api/v0/meta/cluster_status, /api/v0/meta/settings and /api/v0/meta/alerts.
void addDtrRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
