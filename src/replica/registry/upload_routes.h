// SPDX-License-Identifier: GPL-3.0-or-later
// /v2/<name>/blobs/uploads/ (OCI distribution specification 1.1, "Pushing blobs" and "Mounting a blob from
// another repository").
#pragma once

#include "replica/registry/context.h"

namespace pilothouse::registry {

[[nodiscard]] http::Awaitable<void> beginUpload(Call& call);    // POST; mounts, and takes a whole blob
[[nodiscard]] http::Awaitable<void> continueUpload(Call& call); // PATCH
[[nodiscard]] http::Awaitable<void> finishUpload(Call& call);   // PUT
[[nodiscard]] http::Awaitable<void> getUpload(Call& call);
[[nodiscard]] http::Awaitable<void> cancelUpload(Call& call); // DELETE

} // namespace pilothouse::registry
