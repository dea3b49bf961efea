// SPDX-License-Identifier: GPL-3.0-or-later
// What was looked up in the read model lately, for answers that need not wait for its thread.
//
// It says what the read model says, at every moment: it is filled by queries and emptied by changes, both on
// the read model's worker, and a change is out of it before anybody learns that the change was applied. What
// is not there is never remembered.
#pragma once

#include "base/recent_map.h"
#include "replica/engine/engine.h"

#include <boost/container/small_vector.hpp>

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

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
    // How many blobs and how many manifests are kept: some 250 bytes each.
    static constexpr std::size_t most = 50'000;
    // Of one blob, that are remembered: a layer may be in thousands.
    static constexpr std::size_t mostRepositories = 16;
    // Names of repositories and media types, each kept once. When there are more everything is forgotten.
    static constexpr std::size_t mostNames = 10'000;
    using Name = const std::string*; // one of m_names
    using Incarnation = std::array<char, 16>;
    struct KnownBlob {
        Incarnation incarnation{}; // all that a manifest of these bytes needed to know: no repository then
        bool referenced = false;
        std::int64_t size = 0;
        boost::container::small_vector<Name, 1> repositories; // that are known to serve it
    };
    struct KnownManifest { // its bytes are a blob of that digest
        std::string digest;
        Name mediaType = nullptr;
        std::int64_t size = 0;
    };
    [[nodiscard]] KnownBlob& known(const std::string& digest, const std::string& incarnation);
    // May forget everything.
    [[nodiscard]] Name nameFor(const std::string& text);
    void forgetAll();

    mutable std::mutex m_mutex; // guards what follows
    std::unordered_set<std::string> m_names;
    mutable RecentMap<std::string, KnownBlob> m_blobs{most};         // by digest
    mutable RecentMap<std::string, KnownManifest> m_manifests{most}; // by key
};

} // namespace pilothouse::state
