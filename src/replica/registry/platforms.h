// SPDX-License-Identifier: GPL-3.0-or-later
// For which platforms images are: "linux/amd64", "linux/arm/v7" (OCI image specification 1.1, "Image Index"
// and "Image Configuration").
//
// An index says so of its images; an image's own platform is in its config. Both are bytes of a digest, so
// what was read once is always right.
#pragma once

#include "base/recent_map.h"
#include "replica/replication/blob_access.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pilothouse::registry {

// A platform of an index's manifest, by that manifest's digest.
using NamedPlatform = std::pair<std::string, std::string>;
// In the order of the index. Entries without a platform, or with "unknown" (attestations of buildkit), are
// left out; what is no index has none.
[[nodiscard]] std::vector<NamedPlatform> platformsOfIndex(std::string_view index);
// Empty for what is no image's config.
[[nodiscard]] std::string platformOfConfig(std::string_view config);

// Where to read about platforms.
struct PlatformSource {
    blobs::BlobId blob; // an index, or an image's config
    std::int64_t size = 0;
    bool index = false;
};

// Thread-safe.
class Platforms {
public:
    explicit Platforms(replication::BlobAccess& access) : m_access(access) {}

    // Of an index each with its manifest, of a config one without. None when it cannot be read now.
    [[nodiscard]] http::Awaitable<std::vector<NamedPlatform>> find(PlatformSource source);

private:
    using Known = std::vector<NamedPlatform>;

    replication::BlobAccess& m_access;
    std::mutex m_mutex;                            // guards what follows
    RecentMap<std::string, Known> m_known{10'000}; // by digest
};

} // namespace pilothouse::registry
