// SPDX-License-Identifier: GPL-3.0-or-later
// Small things to push, for the tests of the registry's state.
#pragma once

#include "replica/state/keys.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_plans.h"
#include "replica/state/snapshot.h"

#include <string>
#include <utility>
#include <vector>

namespace pilothouse::state::test {

// A well-formed digest that differs with `which`.
inline std::string digestOf(char which) {
    return "sha256:" + std::string(64, which);
}

// As if its files were on a majority of the members that `snapshot` knows.
inline DurableBlob durable(const Snapshot& snapshot, std::string digest,
                           std::string incarnation = "0123456789abcdef") {
    const auto& membership = *snapshot.membership;
    return {std::move(digest), 4096, std::move(incarnation), membership.record.generation,
            membership.modified};
}

inline NewManifest manifestOf(const Snapshot& snapshot, std::string repository, std::string digest,
                              const std::vector<std::string>& blobs) {
    NewManifest manifest;
    manifest.repository = std::move(repository);
    manifest.bytes = durable(snapshot, digest);
    manifest.digest = std::move(digest);
    manifest.record.media_type = "application/vnd.oci.image.manifest.v1+json";
    manifest.record.size = 700;
    manifest.record.by = "ada";
    manifest.record.through = "aaaaaaaaaaaa";
    for (const auto& blob : blobs) {
        manifest.record.blobs.push_back({"application/octet-stream", blob, 4096});
    }
    return manifest;
}

} // namespace pilothouse::state::test
