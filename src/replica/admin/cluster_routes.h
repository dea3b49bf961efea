// SPDX-License-Identifier: GPL-3.0-or-later
// Status of cluster and replica, heartbeats, and the verbs on running replicas: leader, drain.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

void addClusterRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
