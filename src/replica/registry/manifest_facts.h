// SPDX-License-Identifier: GPL-3.0-or-later
// What the state says of a manifest together with all that it needs. For the read model's thread.
#pragma once

#include "api/repositories.h"
#include "replica/registry/platforms.h"
#include "replica/state/registry_queries.h"

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::registry {

struct ManifestFacts {
    std::string digest;
    state::Stored<state::ManifestRecord> stored;
    std::vector<std::string> blobs; // digests of all that it needs, of an index with its manifests; each once
    std::int64_t bytes = 0;         // of those
    std::optional<PlatformSource> platforms; // where it says for which it is
};

// nullopt when the repository has no such manifest. Of an index with very many manifests some are left out.
[[nodiscard]] Result<std::optional<ManifestFacts>>
factsOf(state::Projection& projection, const std::string& repository, const std::string& digest);

[[nodiscard]] api::Push pushOf(const state::ManifestRecord& record, bool withAddress);
[[nodiscard]] api::Push pushOf(const state::TagRecord& record, bool withAddress);

// A tag with its manifest.
struct TagFacts {
    std::string name;
    state::TagRecord record;
    std::optional<ManifestFacts> manifest; // that the tag names; it may be unreadable
};
[[nodiscard]] Result<TagFacts> tagFactsOf(state::Projection& projection, const std::string& repository,
                                          const engine::Entry& tag);

// A blob of a manifest.
struct LayerFacts {
    api::Layer layer; // without its copies
    Revision recorded;
};
// Everything around one manifest.
struct DetailFacts {
    ManifestFacts manifest;
    std::vector<std::string> tags;
    std::vector<LayerFacts> layers;
    std::vector<api::RelatedManifest> manifests; // without platforms
    std::vector<api::RelatedManifest> referrers;
    std::vector<std::string> indexes;
};
// `reference`: a tag or a digest.
[[nodiscard]] Result<std::optional<DetailFacts>>
detailFactsOf(state::Projection& projection, const std::string& repository, const std::string& reference);

} // namespace pilothouse::registry
