// SPDX-License-Identifier: GPL-3.0-or-later
// From a manifest that was read to what is recorded of it.
#pragma once

#include "replica/registry/manifest.h"
#include "replica/state/registry_plans.h"

#include <cstdint>
#include <string>

namespace pilothouse::registry {

struct Pushed {
    std::string repository;
    blobs::Digest digest;
    std::int64_t size = 0; // bytes
    std::optional<std::string> tag;
    std::string user;
    std::string replica;                  // id of the one that took it
    std::optional<std::string> from = {}; // the client's address
};

// Without its bytes.
[[nodiscard]] state::NewManifest recordsOf(const Manifest& manifest, const Pushed& pushed);

} // namespace pilothouse::registry
