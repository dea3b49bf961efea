// SPDX-License-Identifier: GPL-3.0-or-later
// /api/v0/settings: the cluster's settings, for administrators.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

void addSettingRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
