// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/manifest_facts.h"

#include "replica/registry/manifest.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_plans.h"

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <utility>

namespace pilothouse::registry {

namespace {

using state::findRecord;
using state::ManifestRecord;
using state::Projection;
namespace keys = state::keys;

constexpr std::size_t mostManifests = 200; // of one index, its indexes' included
constexpr std::int64_t mostRelated = 100;  // tags, referrers, indexes
constexpr std::int64_t mostUses = 20;      // repositories that have a layer, too
constexpr std::array imageConfigs{std::string_view("application/vnd.oci.image.config.v1+json"),
                                  std::string_view("application/vnd.docker.container.image.v1+json")};

bool isIndex(const std::string& mediaType) {
    return mediaType == media::ociIndex || mediaType == media::dockerList;
}

// The blob of that digest, to be read; nullopt when there is none.
Result<std::optional<PlatformSource>> sourceAt(Projection& projection, const std::string& digest,
                                               bool index) {
    const auto blob = findRecord<state::BlobRecord>(projection, keys::blob(digest));
    if (!blob) {
        return fail(blob.error());
    }
    const auto parsed = blobs::Digest::parse(digest);
    const auto incarnation =
        *blob ? blobs::Incarnation::parse((*blob)->record.incarnation) : fail(ErrorCode::notFound, "no blob");
    if (!parsed || !incarnation) {
        return std::optional<PlatformSource>();
    }
    return PlatformSource{{*parsed, *incarnation}, (*blob)->record.size, index};
}

Result<std::optional<PlatformSource>> platformSourceOf(Projection& projection, const std::string& digest,
                                                       const ManifestRecord& record) {
    if (isIndex(record.media_type)) {
        return sourceAt(projection, digest, true);
    }
    for (const state::DescriptorRecord& blob : record.blobs) {
        if (std::find(imageConfigs.begin(), imageConfigs.end(), blob.media_type) != imageConfigs.end()) {
            return sourceAt(projection, blob.digest, false);
        }
    }
    return std::optional<PlatformSource>();
}

// Sums up what a manifest and those that it names need.
class Sum {
public:
    Sum(Projection& projection, const std::string& repository)
        : m_projection(projection), m_repository(repository) {}

    Status add(const std::string& digest, const ManifestRecord& record) {
        m_waiting.emplace_back(digest, record);
        while (!m_waiting.empty()) {
            const auto [next, manifest] = std::move(m_waiting.front());
            m_waiting.pop_front();
            take(next, manifest.size);
            for (const state::DescriptorRecord& blob : manifest.blobs) {
                take(blob.digest, blob.size);
            }
            if (Status queued = queue(manifest); !queued) {
                return queued;
            }
        }
        return {};
    }
    [[nodiscard]] std::int64_t bytes() const { return m_bytes; }
    [[nodiscard]] std::vector<std::string> digests() const { return {m_digests.begin(), m_digests.end()}; }

private:
    void take(const std::string& digest, std::int64_t size) {
        m_bytes += m_digests.insert(digest).second ? size : 0;
    }
    Status queue(const ManifestRecord& index) {
        for (const state::DescriptorRecord& child : index.manifests) {
            if (m_digests.contains(child.digest) || ++m_manifests > mostManifests) {
                continue;
            }
            auto found = findRecord<ManifestRecord>(m_projection, keys::manifest(m_repository, child.digest));
            if (!found) {
                return fail(found.error());
            }
            if (*found) {
                m_waiting.emplace_back(child.digest, std::move((*found)->record));
            }
        }
        return {};
    }

    Projection& m_projection;
    const std::string& m_repository;
    std::deque<std::pair<std::string, ManifestRecord>> m_waiting;
    std::set<std::string> m_digests;
    std::size_t m_manifests = 0;
    std::int64_t m_bytes = 0;
};

template <typename Record>
api::Push pushIn(const Record& record, bool withAddress) {
    return {record.pushed_at, record.by, record.through, withAddress ? record.from : std::nullopt};
}

// By manifests other than the one that is looked at: this repository first.
Result<std::vector<api::Use>> alsoUsed(Projection& projection, const std::string& repository,
                                       const std::string& blob) {
    const auto uses = projection.repositories().usesOf(blob, mostUses + 1);
    if (!uses) {
        return fail(uses.error());
    }
    std::vector<api::Use> others;
    for (const state::BlobUse& use : *uses) {
        const bool here = use.repository == repository;
        if (here && use.manifests > 1) {
            others.insert(others.begin(), {use.repository, use.manifests - 1});
        } else if (!here && static_cast<std::int64_t>(others.size()) < mostUses) {
            others.push_back({use.repository, use.manifests});
        }
    }
    return others;
}

Status addLayers(Projection& projection, const std::string& repository, DetailFacts& facts) {
    for (const state::DescriptorRecord& blob : facts.manifest.stored.record.blobs) {
        const auto record = findRecord<state::BlobRecord>(projection, keys::blob(blob.digest));
        auto others = alsoUsed(projection, repository, blob.digest);
        if (!record || !others) {
            return fail(record ? others.error() : record.error());
        }
        LayerFacts layer;
        layer.layer.digest = blob.digest;
        layer.layer.media_type = blob.media_type;
        layer.layer.bytes = blob.size;
        layer.layer.also_used = std::move(*others);
        layer.recorded = *record ? (*record)->created : Revision();
        facts.layers.push_back(std::move(layer));
    }
    return {};
}

Result<api::RelatedManifest> related(Projection& projection, const std::string& repository,
                                     const std::string& digest, const std::string& mediaType) {
    api::RelatedManifest manifest;
    manifest.digest = digest;
    manifest.media_type = mediaType;
    const auto facts = factsOf(projection, repository, digest);
    if (!facts) {
        return fail(facts.error());
    }
    manifest.bytes = *facts ? (*facts)->bytes : 0;
    return manifest;
}

Status addRelated(Projection& projection, const std::string& repository, DetailFacts& facts) {
    for (const state::DescriptorRecord& child : facts.manifest.stored.record.manifests) {
        auto manifest = related(projection, repository, child.digest, child.media_type);
        if (!manifest) {
            return fail(manifest.error());
        }
        facts.manifests.push_back(std::move(*manifest));
    }
    const auto referrers =
        state::referrersAfter(projection, repository, facts.manifest.digest, "", mostRelated);
    if (!referrers) {
        return fail(referrers.error());
    }
    for (const state::Referrer& referrer : *referrers) {
        auto manifest = related(projection, repository, referrer.digest, referrer.record.media_type);
        if (!manifest) {
            return fail(manifest.error());
        }
        if (!referrer.record.artifact_type.empty()) {
            manifest->artifact_type = referrer.record.artifact_type;
        }
        facts.referrers.push_back(std::move(*manifest));
    }
    return {};
}

// A tag's digest, or the digest itself; empty when there is no such tag.
Result<std::string> digestAt(Projection& projection, const std::string& repository,
                             const std::string& reference) {
    if (reference.find(':') != std::string::npos) {
        return reference;
    }
    const auto tag = findRecord<state::TagRecord>(projection, keys::tag(repository, reference));
    if (!tag) {
        return fail(tag.error());
    }
    return *tag ? (*tag)->record.digest : std::string();
}

} // namespace

Result<std::optional<ManifestFacts>> factsOf(Projection& projection, const std::string& repository,
                                             const std::string& digest) {
    auto stored = findRecord<ManifestRecord>(projection, keys::manifest(repository, digest));
    if (!stored || !*stored) {
        return stored ? Result<std::optional<ManifestFacts>>(std::nullopt) : fail(stored.error());
    }
    Sum sum(projection, repository);
    const Status added = sum.add(digest, (*stored)->record);
    auto platforms = platformSourceOf(projection, digest, (*stored)->record);
    if (!added || !platforms) {
        return fail(added ? platforms.error() : added.error());
    }
    return ManifestFacts{digest, std::move(**stored), sum.digests(), sum.bytes(), std::move(*platforms)};
}

api::Push pushOf(const state::ManifestRecord& record, bool withAddress) {
    return pushIn(record, withAddress);
}

api::Push pushOf(const state::TagRecord& record, bool withAddress) {
    return pushIn(record, withAddress);
}

Result<TagFacts> tagFactsOf(Projection& projection, const std::string& repository, const engine::Entry& tag) {
    TagFacts facts;
    facts.name = tag.key.substr(keys::tagsOf(repository).size());
    auto record = state::decode<state::TagRecord>(tag.value);
    if (!record) {
        return failIn(tag.key, record.error());
    }
    facts.record = std::move(*record);
    auto manifest = factsOf(projection, repository, facts.record.digest);
    if (!manifest) {
        return fail(manifest.error());
    }
    facts.manifest = std::move(*manifest);
    return facts;
}

Result<std::optional<DetailFacts>> detailFactsOf(Projection& projection, const std::string& repository,
                                                 const std::string& reference) {
    const auto digest = digestAt(projection, repository, reference);
    if (!digest) {
        return fail(digest.error());
    }
    auto manifest = factsOf(projection, repository, *digest);
    if (!manifest || !*manifest) {
        return manifest ? Result<std::optional<DetailFacts>>(std::nullopt) : fail(manifest.error());
    }
    DetailFacts facts;
    facts.manifest = std::move(**manifest);
    const auto tags = state::tagsNaming(projection, repository, *digest, mostRelated);
    auto indexes = state::indexesNaming(projection, repository, *digest, mostRelated);
    if (!tags || !indexes) {
        return fail(tags ? indexes.error() : tags.error());
    }
    for (const engine::Entry& tag : *tags) {
        facts.tags.push_back(tag.key.substr(keys::tagsOf(repository).size()));
    }
    facts.indexes = std::move(*indexes);
    if (const Status added = addLayers(projection, repository, facts); !added) {
        return fail(added.error());
    }
    if (const Status added = addRelated(projection, repository, facts); !added) {
        return fail(added.error());
    }
    return std::optional(std::move(facts));
}

} // namespace pilothouse::registry
