// SPDX-License-Identifier: GPL-3.0-or-later
// Users and their access tokens.
#pragma once

#include "replica/admin/context.h"

namespace pilothouse::admin {

void addUserRoutes(http::Router& router, const Context& context);

} // namespace pilothouse::admin
