// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/registry_cache.h"

#include "replica/state/registry_keys.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pilothouse::state {

namespace {

// The digest whose blob a change of `key` concerns; "" when it concerns none.
std::string_view digestIn(std::string_view key) {
    for (const std::string_view prefix : std::array{keys::blobs, keys::links, keys::references}) {
        if (key.starts_with(prefix)) {
            key.remove_prefix(prefix.size());
            return key.substr(0, key.find('/'));
        }
    }
    return {};
}

} // namespace

std::optional<ServedBlob> RegistryCache::blob(const std::string& repository,
                                              const std::string& digest) const {
    const std::lock_guard lock(m_mutex);
    const KnownBlob* known = m_blobs.find(digest);
    const bool serves =
        known != nullptr && std::any_of(known->repositories.begin(), known->repositories.end(),
                                        [&repository](Name name) { return *name == repository; });
    if (!serves) {
        return std::nullopt;
    }
    return ServedBlob{{known->incarnation.begin(), known->incarnation.end()}, known->size, known->referenced};
}

std::optional<ServedManifest> RegistryCache::manifest(const std::string& key) const {
    const std::lock_guard lock(m_mutex);
    const KnownManifest* manifest = m_manifests.find(key);
    const KnownBlob* bytes = manifest != nullptr ? m_blobs.find(manifest->digest) : nullptr;
    if (bytes == nullptr) {
        return std::nullopt;
    }
    return ServedManifest{manifest->digest,
                          {bytes->incarnation.begin(), bytes->incarnation.end()},
                          *manifest->mediaType,
                          manifest->size};
}

RegistryCache::KnownBlob& RegistryCache::known(const std::string& digest, const std::string& incarnation) {
    if (m_blobs.find(digest) == nullptr) {
        m_blobs.put(digest, {});
    }
    KnownBlob& known = *m_blobs.find(digest);
    std::copy(incarnation.begin(), incarnation.end(), known.incarnation.begin());
    return known;
}

RegistryCache::Name RegistryCache::nameFor(const std::string& text) {
    if (m_names.size() >= mostNames && !m_names.contains(text)) {
        forgetAll();
    }
    return &*m_names.insert(text).first;
}

void RegistryCache::keepBlob(const std::string& repository, const std::string& digest,
                             const ServedBlob& blob) {
    if (blob.incarnation.size() != Incarnation().size()) {
        return; // none that this version writes
    }
    const std::lock_guard lock(m_mutex);
    const Name name = nameFor(repository);
    KnownBlob& entry = known(digest, blob.incarnation);
    entry.size = blob.size;
    entry.referenced = blob.referenced;
    auto& repositories = entry.repositories;
    const bool isNew = std::find(repositories.begin(), repositories.end(), name) == repositories.end();
    if (isNew && repositories.size() >= mostRepositories) {
        repositories.erase(repositories.begin());
    }
    if (isNew) {
        repositories.push_back(name);
    }
}

void RegistryCache::keepManifest(const std::string& key, const ServedManifest& manifest) {
    if (manifest.incarnation.size() != Incarnation().size()) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    const Name mediaType = nameFor(manifest.mediaType);
    static_cast<void>(known(manifest.digest, manifest.incarnation));
    m_manifests.put(key, {manifest.digest, mediaType, manifest.size});
}

void RegistryCache::forget(const engine::WatchBatch& batch) {
    const std::lock_guard lock(m_mutex);
    for (const auto& change : batch.changes) {
        const std::string& key = change.entry.key;
        if (const std::string_view digest = digestIn(key); !digest.empty()) {
            m_blobs.erase(std::string(digest));
        } else {
            m_manifests.erase(key);
        }
    }
}

void RegistryCache::clear() {
    const std::lock_guard lock(m_mutex);
    forgetAll();
}

void RegistryCache::forgetAll() {
    m_blobs.clear();
    m_manifests.clear();
    m_names.clear();
}

} // namespace pilothouse::state
