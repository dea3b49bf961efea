// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/manifest_bytes.h"

#include <utility>

namespace pilothouse::registry {

namespace {

constexpr std::size_t entryBytes = 400; // what an entry takes beside the manifest
constexpr std::size_t largest = std::size_t{256} * 1024;

std::string keyOf(const blobs::BlobId& id) {
    return id.digest.str() + id.incarnation.str();
}

} // namespace

ManifestBytes::Bytes ManifestBytes::find(const blobs::BlobId& id) const {
    const std::string key = keyOf(id);
    const std::lock_guard lock(m_mutex);
    const Bytes* bytes = m_bytes.find(key);
    return bytes != nullptr ? *bytes : nullptr;
}

void ManifestBytes::keep(const blobs::BlobId& id, Bytes bytes) {
    if (bytes->size() > largest) {
        return;
    }
    const std::size_t weight = bytes->size() + entryBytes;
    const std::lock_guard lock(m_mutex);
    m_bytes.put(keyOf(id), std::move(bytes), weight);
}

} // namespace pilothouse::registry
