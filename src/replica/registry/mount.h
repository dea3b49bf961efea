// SPDX-License-Identifier: GPL-3.0-or-later
// Serving a blob that another repository has, without another upload.
#pragma once

#include "replica/registry/context.h"

#include <optional>

namespace pilothouse::registry {

// Does what ?mount=<digest>[&from=<repository>] asks for, if the client may pull the blob there; without
// `from`, from any repository where it may. nullopt: it could not be done, and the client has to push.
[[nodiscard]] http::Awaitable<std::optional<blobs::Digest>> mount(Call& call);

} // namespace pilothouse::registry
