// SPDX-License-Identifier: GPL-3.0-or-later
// Lists (OCI distribution specification 1.1, "Content Discovery"): tags, repositories, referrers.
#pragma once

#include "replica/registry/context.h"

namespace pilothouse::registry {

[[nodiscard]] http::Awaitable<void> listTags(Call& call);
// Of the repositories that the client may pull from.
[[nodiscard]] http::Awaitable<void> listRepositories(Call& call);
[[nodiscard]] http::Awaitable<void> listReferrers(Call& call);

} // namespace pilothouse::registry
