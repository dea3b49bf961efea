// SPDX-License-Identifier: GPL-3.0-or-later
// /v2/<name>/blobs/<digest> (OCI distribution specification 1.1, "Pulling blobs" and "Deleting blobs").
#pragma once

#include "replica/registry/context.h"
#include "replica/registry/lookup.h"

namespace pilothouse::registry {

// A client that is told "present" does not push it: the collector must wait anew. ErrorCode::notFound when it
// dies already.
[[nodiscard]] http::Awaitable<Status> keepForClient(const Context& context, const FoundBlob& blob);

[[nodiscard]] http::Awaitable<void> getBlob(Call& call); // and HEAD
[[nodiscard]] http::Awaitable<void> deleteBlob(Call& call);

} // namespace pilothouse::registry
