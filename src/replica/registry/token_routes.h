// SPDX-License-Identifier: GPL-3.0-or-later
// /auth/token: where clients get their tokens (distribution's token specification: "Token Authentication" for
// GET, "OAuth2 Token Authentication" for POST).
#pragma once

#include "replica/admin/authenticator.h"
#include "replica/http/router.h"
#include "replica/registry/tokens.h"

namespace pilothouse::registry {

// Both outlive the router.
void addTokenRoutes(http::Router& router, admin::Authenticator& authenticator, TokenService& tokens);

} // namespace pilothouse::registry
