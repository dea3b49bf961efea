// SPDX-License-Identifier: GPL-3.0-or-later
// What was looked up in the read model lately, for answers that need not wait for its thread.
//
// It says what the read model says, at every moment: it is filled by queries and emptied by changes, both on
// the read model's worker, and a change is out of it before anybody learns that the change was applied. What
// is not there is never remembered.
#pragma once

#include "base/recent_map.h"
#include "replica/engine/engine.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::state {

// A live blob that a repository serves.
struct ServedBlob {
    std::string incarnation;
    std::int64_t size = 0;   // bytes
    bool referenced = false; // by some manifest
    friend bool operator==(const ServedBlob&, const ServedBlob&) = default;
};

// A manifest, by a tag or its own digest.
struct ServedManifest {
    std::string digest;
    std::string incarnation; // of its bytes
    std::string mediaType;
    std::int64_t size = 0; // bytes
    friend bool operator==(const ServedManifest&, const ServedManifest&) = default;
};

// Thread-safe; what changes it runs on the worker.
class RegistryCache {
public:
    [[nodiscard]] std::optional<ServedBlob> blob(const std::string& repository,
                                                 const std::string& digest) const;
    // `key`: keys::tag() or keys::manifest().
    [[nodiscard]] std::optional<ServedManifest> manifest(const std::string& key) const;

    // By the query that found it, within the query.
    void keepBlob(const std::string& repository, const std::string& digest, const ServedBlob& blob);
    void keepManifest(const std::string& key, const ServedManifest& manifest);
    // Everything that a change of these keys may have changed.
    void forget(const engine::WatchBatch& batch);
    void clear();

private:
    // How many blobs and how many manifests are kept: a few hundred bytes each.
    static constexpr std::size_t most = 50'000;
    // Of one blob, that are remembered: a layer may be in thousands.
    static constexpr std::size_t mostRepositories = 16;
    struct KnownBlob {
        ServedBlob blob; // no more than its incarnation where that is all that a manifest needed to know
        std::vector<std::string> repositories; // that are known to serve it
    };
    struct KnownManifest { // its bytes are a blob of that digest
        std::string digest;
        std::string mediaType;
        std::int64_t size = 0;
    };
    [[nodiscard]] KnownBlob& known(const std::string& digest, const std::string& incarnation);

    mutable std::mutex m_mutex;                                      // guards what follows
    mutable RecentMap<std::string, KnownBlob> m_blobs{most};         // by digest
    mutable RecentMap<std::string, KnownManifest> m_manifests{most}; // by key
};

} // namespace pilothouse::state
