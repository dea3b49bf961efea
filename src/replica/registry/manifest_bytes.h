// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of manifests that were read lately: small, and asked for again and again.
#pragma once

#include "base/recent_map.h"
#include "replica/blobs/blob_store.h"

#include <memory>
#include <mutex>
#include <string>

namespace pilothouse::registry {

// Thread-safe. Whether a manifest is there is for the read model to say: bytes of one that is gone are not
// asked for.
class ManifestBytes {
public:
    using Bytes = std::shared_ptr<const std::string>;

    [[nodiscard]] Bytes find(const blobs::BlobId& id) const; // or null
    void keep(const blobs::BlobId& id, Bytes bytes);

private:
    static constexpr std::size_t mostBytes = std::size_t{2} * 1024 * 1024;
    mutable std::mutex m_mutex;
    mutable RecentMap<std::string, Bytes> m_bytes{mostBytes};
};

} // namespace pilothouse::registry
