// SPDX-License-Identifier: GPL-3.0-or-later
// From bytes that have come to a blob of the cluster.
#pragma once

#include "replica/registry/context.h"

#include <optional>

namespace pilothouse::registry {

// To be called when the upload grew. A large one is sent to the other voters while it still arrives.
void noteGrowth(const Context& context, Upload& upload);

// Makes what the upload holds a blob of the repository: durable on a majority, and recorded. One that the
// cluster has already is used, and the bytes go. ErrorCode::invalid when they have another digest. The upload
// is over in any case.
[[nodiscard]] http::Awaitable<Status> storeBlob(const Context& context, Upload& upload, blobs::Digest digest,
                                                std::string repository);

// The same for a manifest's bytes, which are recorded together with the manifest. nullopt: the cluster has
// them already.
[[nodiscard]] http::Awaitable<Result<std::optional<state::DurableBlob>>>
storeBytes(const Context& context, blobs::Digest digest, std::string bytes);

} // namespace pilothouse::registry
