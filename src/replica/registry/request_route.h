// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the metrics' routes a request belongs to.
#pragma once

#include "replica/admin/route_meter.h"
#include "replica/http/message.h"

namespace pilothouse::registry {

// By its path alone, whether it is answered well or not. Takes no memory.
[[nodiscard]] admin::Route routeOf(const http::Request& request);

} // namespace pilothouse::registry
