// SPDX-License-Identifier: GPL-3.0-or-later
// /v2/<name>/blobs/<digest> (OCI distribution specification 1.1, "Pulling blobs" and "Deleting blobs").
#pragma once

#include "replica/registry/context.h"

namespace pilothouse::registry {

[[nodiscard]] http::Awaitable<void> getBlob(Call& call); // and HEAD
[[nodiscard]] http::Awaitable<void> deleteBlob(Call& call);

} // namespace pilothouse::registry
