// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens for further replicas, and the join itself.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

void addJoinRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
