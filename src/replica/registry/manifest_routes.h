// SPDX-License-Identifier: GPL-3.0-or-later
// /v2/<name>/manifests/<reference> (OCI distribution specification 1.1, "Pulling manifests", "Pushing
// Manifests" and "Deleting manifests").
#pragma once

#include "replica/registry/context.h"

namespace pilothouse::registry {

[[nodiscard]] http::Awaitable<void> getManifest(Call& call); // and HEAD
[[nodiscard]] http::Awaitable<void> putManifest(Call& call);
[[nodiscard]] http::Awaitable<void> deleteManifest(Call& call); // or a tag

} // namespace pilothouse::registry
