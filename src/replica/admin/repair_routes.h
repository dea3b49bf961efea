// SPDX-License-Identifier: GPL-3.0-or-later
// Repair of a cluster whose majority is gone, from the replica that is asked.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

void addRepairRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
