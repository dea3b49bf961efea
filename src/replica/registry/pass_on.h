// SPDX-License-Identifier: GPL-3.0-or-later
// Requests of an upload that another replica has.
#pragma once

#include "replica/registry/context.h"

namespace pilothouse::registry {

// The field that names the user for whom a member passes a request on. It counts only beside a member's
// certificate.
inline constexpr std::string_view onBehalfOf = "Pilothouse-On-Behalf-Of";
// The one that names the address from which that user's request came. It counts as little without the
// certificate.
inline constexpr std::string_view clientAddress = "Pilothouse-Client-Address";

// Passes the request on to `owner`, under the same id, and its answer back. When the owner cannot be reached
// its uploads are lost: the client is told so at once, and begins anew.
[[nodiscard]] http::Awaitable<void> passOn(Call& call, ReplicaId owner);

} // namespace pilothouse::registry
