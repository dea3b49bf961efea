// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to those who are not let in, but for the challenges.
#pragma once

#include "replica/admin/authenticator.h"
#include "replica/http/message.h"
#include "replica/registry/scopes.h"

#include <string>

namespace pilothouse::registry {

// The registry's error for a refused login: 401, 429 or 503, with when to try again.
[[nodiscard]] http::Response loginAnswer(const admin::Denied& denied);
// 403: no other token would help.
[[nodiscard]] http::Response notAllowed(const std::string& user, const Scope& scope);
// 403: nobody may push or delete at present.
[[nodiscard]] http::Response readOnly(const Scope& scope);

} // namespace pilothouse::registry
