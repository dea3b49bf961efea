// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica finds of itself, and what all of them find of the cluster.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

void addCheckRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
