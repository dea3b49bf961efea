// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/deletion_plan.h"

#include "replica/state/registry_keys.h"
#include "replica/state/registry_queries.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace pilothouse::state {

using engine::Compare;
using engine::Delete;

namespace {

constexpr std::int64_t mostTags = 1000;      // of one manifest, that go at once
constexpr std::int64_t mostRelated = 1000;   // manifests that are looked at around one
constexpr std::size_t mostInOneStep = 3000;  // operations or compares: well below the engine's limit
constexpr std::size_t shortestHash = 64;     // of a digest in a tag that stands for it
constexpr std::int64_t entriesAtOnce = 1000; // of a repository that is emptied

using Manifest = Stored<ManifestRecord>;

// "sha256:ab…" is "sha256-ab…" in tags that stand for it: the specification's tag schema, and cosign's, which
// adds ".sig", ".att" and ".sbom".
std::string tagFor(const std::string& digest) {
    std::string tag = digest;
    const auto colon = tag.find(':');
    tag[colon] = '-';
    return tag.substr(0, colon + 1 + shortestHash);
}

// Whether `next` became a part of `step`. An empty one takes anything.
bool append(WritePlan& next, WritePlan& step) {
    const bool fits =
        step.operations.empty() || (step.operations.size() + next.operations.size() <= mostInOneStep &&
                                    step.compares.size() + next.compares.size() <= mostInOneStep);
    if (fits) {
        std::move(next.compares.begin(), next.compares.end(), std::back_inserter(step.compares));
        std::move(next.operations.begin(), next.operations.end(), std::back_inserter(step.operations));
    }
    return fits;
}

// Collects what goes with the first manifest, until nothing more does.
class Closure {
public:
    Closure(Projection& projection, std::string repository)
        : m_projection(projection), m_repository(std::move(repository)) {}

    // This goes whatever else needs it.
    Status add(const std::string& digest, Manifest manifest) {
        const ManifestRecord record = manifest.record;
        m_going.emplace(digest, std::move(manifest));
        m_order.push_back(digest);
        for (const DescriptorRecord& child : record.manifests) {
            m_candidates.insert(child.digest);
        }
        auto referrers = referrersAfter(m_projection, m_repository, digest, "", mostRelated);
        if (!referrers) {
            return fail(referrers.error());
        }
        for (const Referrer& referrer : *referrers) {
            m_candidates.insert(referrer.digest);
        }
        return addTagsFor(digest);
    }
    void addTag(const engine::Entry& tag) { m_tags.emplace(tag.key, tag); }
    // Until nothing more goes.
    Status close() {
        for (bool more = true; more;) {
            more = false;
            const std::set<std::string> candidates = std::exchange(m_candidates, {});
            for (const std::string& digest : candidates) {
                Result<bool> went = consider(digest);
                if (!went) {
                    return fail(went.error());
                }
                more = more || *went;
            }
        }
        return {};
    }

    [[nodiscard]] Result<api::Deletion> describe() const;
    [[nodiscard]] std::vector<WritePlan> steps() const;

private:
    // Tags that only stand for a manifest that goes. What they name goes if nothing else names it.
    Status addTagsFor(const std::string& digest) {
        const std::string prefix = keys::tag(m_repository, tagFor(digest));
        auto tags = m_projection.records(prefix, "", mostTags);
        if (!tags) {
            return fail(tags.error());
        }
        for (engine::Entry& tag : *tags) {
            const auto record = decode<TagRecord>(tag.value);
            if (record) {
                m_candidates.insert(record->digest);
                m_tags.emplace(tag.key, std::move(tag));
            }
        }
        return {};
    }
    // Whether it goes now. One that is still needed is looked at again when something else went.
    Result<bool> consider(const std::string& digest) {
        if (m_going.contains(digest)) {
            return false;
        }
        auto manifest = findRecord<ManifestRecord>(m_projection, keys::manifest(m_repository, digest));
        const auto needed = manifest ? isNeeded(digest) : Result<bool>(fail(manifest.error()));
        if (!needed) {
            return fail(needed.error());
        }
        if (!*manifest) {
            return false;
        }
        if (*needed) {
            m_candidates.insert(digest);
            return false;
        }
        const Status added = add(digest, std::move(**manifest));
        return added ? Result<bool>(true) : fail(added.error());
    }
    Result<bool> isNeeded(const std::string& digest) const {
        const auto tags = tagsNaming(m_projection, m_repository, digest, mostTags);
        const auto indexes = indexesNaming(m_projection, m_repository, digest, mostRelated);
        if (!tags || !indexes) {
            return fail(tags ? indexes.error() : tags.error());
        }
        const bool tagged = std::any_of(tags->begin(), tags->end(),
                                        [this](const auto& tag) { return !m_tags.contains(tag.key); });
        const bool named = std::any_of(indexes->begin(), indexes->end(),
                                       [this](const auto& index) { return !m_going.contains(index); });
        return tagged || named;
    }
    [[nodiscard]] Result<std::int64_t> freedBytes() const;
    // Of one manifest: it is as it was, and no index has come to need it.
    void addManifest(const std::string& digest, WritePlan& plan) const {
        const Manifest& manifest = m_going.at(digest);
        plan.compares.push_back(Compare::unchanged(keys::manifest(m_repository, digest), manifest.modified));
        plan.compares.push_back(
            Compare::nothingNewBelow(keys::reference(digest, m_repository, ""), m_projection.applied()));
        deleteManifest(m_repository, digest, manifest.record, plan);
    }

    Projection& m_projection;
    const std::string m_repository;
    std::map<std::string, Manifest> m_going; // by digest
    std::vector<std::string> m_order;        // of their coming
    std::map<std::string, engine::Entry> m_tags;
    std::set<std::string> m_candidates;
};

// What no manifest names any more that stays, here or in another repository.
Result<std::int64_t> Closure::freedBytes() const {
    std::map<std::string, std::int64_t> uses;
    for (const auto& [digest, manifest] : m_going) {
        for (const std::string& blob : blobsNamedBy(digest, manifest.record)) {
            ++uses[blob];
        }
    }
    std::int64_t bytes = 0;
    for (const auto& [digest, count] : uses) {
        const auto all = m_projection.repositories().usesOf(digest, 2);
        const auto blob = findRecord<BlobRecord>(m_projection, keys::blob(digest));
        if (!all || !blob) {
            return fail(all ? blob.error() : all.error());
        }
        const bool only = all->size() == 1 && all->front() == BlobUse{m_repository, count};
        bytes += only && *blob ? (*blob)->record.size : 0;
    }
    return bytes;
}

Result<api::Deletion> Closure::describe() const {
    api::Deletion what;
    what.repository = m_repository;
    const std::size_t prefix = keys::tagsOf(m_repository).size();
    for (const auto& [key, tag] : m_tags) {
        what.tags.push_back(key.substr(prefix));
    }
    for (const std::string& digest : m_order) {
        const ManifestRecord& record = m_going.at(digest).record;
        api::RelatedManifest& manifest = what.manifests.emplace_back();
        manifest.digest = digest;
        manifest.media_type = record.media_type;
        if (record.subject && !record.artifact_type.empty()) {
            manifest.artifact_type = record.artifact_type;
        }
        manifest.bytes = record.size;
        for (const DescriptorRecord& blob : record.blobs) {
            manifest.bytes += blob.size;
        }
    }
    what.tag_count = static_cast<std::int64_t>(what.tags.size());
    what.manifest_count = static_cast<std::int64_t>(what.manifests.size());
    const auto bytes = freedBytes();
    if (!bytes) {
        return fail(bytes.error());
    }
    what.freed_bytes = *bytes;
    return what;
}

std::vector<WritePlan> Closure::steps() const {
    std::vector<WritePlan> steps(1);
    for (const auto& [key, tag] : m_tags) {
        steps.back().compares.push_back(Compare::unchanged(key, tag.modified));
        steps.back().operations.emplace_back(Delete{key, {}});
    }
    for (const std::string& digest : m_order) {
        WritePlan next;
        addManifest(digest, next);
        if (!append(next, steps.back())) {
            steps.push_back(std::move(next));
        }
    }
    return steps;
}

Result<DeletionPlan> finish(Closure& closure) {
    if (const Status closed = closure.close(); !closed) {
        return fail(closed.error());
    }
    Result<api::Deletion> what = closure.describe();
    if (!what) {
        return fail(what.error());
    }
    return DeletionPlan{std::move(*what), closure.steps()};
}

Result<DeletionPlan> planTag(Projection& projection, const std::string& repository, const std::string& tag,
                             bool tagOnly) {
    const auto entry = projection.record(keys::tag(repository, tag));
    if (!entry) {
        return fail(entry.error());
    }
    if (!*entry) {
        return fail(ErrorCode::notFound, "there is no tag " + tag + " in " + repository);
    }
    Closure closure(projection, repository);
    closure.addTag(**entry);
    const auto record = decode<TagRecord>((*entry)->value);
    if (!record || tagOnly) {
        return finish(closure);
    }
    auto manifest = findRecord<ManifestRecord>(projection, keys::manifest(repository, record->digest));
    const auto tags = tagsNaming(projection, repository, record->digest, 2);
    const auto indexes = indexesNaming(projection, repository, record->digest, 1);
    if (!manifest || !tags || !indexes) {
        return fail(!manifest ? manifest.error() : !tags ? tags.error() : indexes.error());
    }
    if (*manifest && tags->size() == 1 && indexes->empty()) {
        if (const Status added = closure.add(record->digest, std::move(**manifest)); !added) {
            return fail(added.error());
        }
    }
    return finish(closure);
}

Result<DeletionPlan> planManifest(Projection& projection, const std::string& repository,
                                  const std::string& digest) {
    auto manifest = findRecord<ManifestRecord>(projection, keys::manifest(repository, digest));
    const auto tags = tagsNaming(projection, repository, digest, mostTags);
    const auto indexes = indexesNaming(projection, repository, digest, 1);
    if (!manifest || !tags || !indexes) {
        return fail(!manifest ? manifest.error() : !tags ? tags.error() : indexes.error());
    }
    if (!*manifest) {
        return fail(ErrorCode::notFound, "there is no manifest " + digest + " in " + repository);
    }
    if (!indexes->empty()) {
        return fail(ErrorCode::conflict, "it is a part of the index " + indexes->front(),
                    "Delete the index instead");
    }
    if (static_cast<std::int64_t>(tags->size()) == mostTags) {
        return fail(ErrorCode::conflict, "it has more tags than go at once", "Delete some of its tags first");
    }
    Closure closure(projection, repository);
    for (const engine::Entry& tag : *tags) {
        closure.addTag(tag);
    }
    if (const Status added = closure.add(digest, std::move(**manifest)); !added) {
        return fail(added.error());
    }
    return finish(closure);
}

} // namespace

Result<DeletionPlan> planDeletion(Projection& projection, const std::string& repository,
                                  const std::string& reference, bool tagOnly) {
    const bool digest = reference.find(':') != std::string::npos;
    if (digest && tagOnly) {
        return fail(ErrorCode::invalid, reference + " is a digest, and no tag");
    }
    return digest ? planManifest(projection, repository, reference)
                  : planTag(projection, repository, reference, tagOnly);
}

Result<DeletionPlan> planEmptying(Projection& projection, const std::string& repository) {
    const auto tags = projection.records(keys::tagsOf(repository), "", entriesAtOnce);
    const auto manifests = projection.records(keys::manifestsOf(repository), "", entriesAtOnce);
    if (!tags || !manifests) {
        return fail(tags ? manifests.error() : tags.error());
    }
    DeletionPlan plan;
    WritePlan step;
    for (const engine::Entry& tag : *tags) {
        step.operations.emplace_back(Delete{tag.key, {}});
        ++plan.what.tag_count;
    }
    // Manifests once no tag is left: a tag always names one.
    for (std::size_t i = 0; tags->empty() && i < manifests->size(); ++i) {
        const engine::Entry& entry = (*manifests)[i];
        const auto record = decode<ManifestRecord>(entry.value);
        if (!record) {
            return failIn(entry.key, record.error());
        }
        WritePlan next;
        next.compares.push_back(Compare::unchanged(entry.key, entry.modified));
        deleteManifest(repository, entry.key.substr(keys::manifestsOf(repository).size()), *record, next);
        if (!append(next, step)) {
            break;
        }
        ++plan.what.manifest_count;
    }
    if (!step.operations.empty()) {
        plan.steps.push_back(std::move(step));
    }
    return plan;
}

WritePlan planDeleteRepository(const std::string& repository) {
    WritePlan plan;
    plan.compares = {Compare::present(keys::repository(repository)),
                     Compare::noneBelow(keys::tagsOf(repository)),
                     Compare::noneBelow(keys::manifestsOf(repository))};
    plan.operations.emplace_back(Delete{keys::repository(repository), {}});
    return plan;
}

} // namespace pilothouse::state
