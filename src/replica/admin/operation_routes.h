// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to the cluster: plans, operations, decisions.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

void addOperationRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
