// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/registry_plans.h"

#include "replica/state/keys.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_queries.h"

#include <algorithm>
#include <set>
#include <utility>

namespace pilothouse::state {

using engine::Compare;
using engine::Delete;
using engine::Put;

namespace {

// A manifest with more tags loses them in several transactions.
constexpr std::int64_t mostTagsAtOnce = 1000;

Compare unchanged(const std::string& key, Revision modified) {
    return Compare::unchanged(key, modified);
}

tl::unexpected<Error> noBlob(const std::string& digest, const std::string& repository) {
    return fail(ErrorCode::notFound, "there is no blob " + digest + " in " + repository);
}

// The record of a blob whose files are new.
BlobRecord recordOf(const DurableBlob& blob, const std::string& now) {
    BlobRecord record;
    record.size = blob.size;
    record.incarnation = blob.incarnation;
    record.generation = blob.generation;
    record.created_at = now;
    return record;
}

bool isLive(const std::optional<Stored<BlobRecord>>& blob) {
    return blob && blob->record.phase == BlobPhase::live;
}

// What all keys of a manifest's references are made of. An index needs the bytes of its manifests, too: so
// who deletes one of them notices an index that comes meanwhile.
std::vector<std::pair<std::string, std::string>> referencesOf(const std::string& digest,
                                                              const ManifestRecord& record) {
    std::vector<std::pair<std::string, std::string>> references{{digest, record.media_type}};
    for (const auto* named : {&record.blobs, &record.manifests}) {
        for (const DescriptorRecord& blob : *named) {
            references.emplace_back(blob.digest, blob.media_type);
        }
    }
    // A layer may be named twice; a transaction takes each key once.
    std::sort(references.begin() + 1, references.end());
    references.erase(std::unique(references.begin() + 1, references.end(),
                                 [](const auto& a, const auto& b) { return a.first == b.first; }),
                     references.end());
    return references;
}

// The manifest's own bytes are a blob like others.
Status planBytes(Projection& projection, const NewManifest& manifest, const std::string& now,
                 WritePlan& plan) {
    const std::string key = keys::blob(manifest.digest);
    const auto blob = findRecord<BlobRecord>(projection, key);
    if (!blob) {
        return fail(blob.error());
    }
    const Revision modified = *blob ? (*blob)->modified : Revision();
    plan.compares.push_back(unchanged(key, modified));
    plan.before.emplace(key, modified);
    if (isLive(*blob)) {
        plan.operations.emplace_back(Put{key, encode((*blob)->record)});
        return {};
    }
    const auto membership = findRecord<MembershipRecord>(projection, std::string(keys::membership));
    if (!membership) {
        return fail(membership.error());
    }
    if (!manifest.bytes || !*membership || (*membership)->modified != manifest.bytes->membership) {
        return fail(ErrorCode::conflict, "the manifest's bytes are not on a majority of the present members");
    }
    plan.compares.push_back(unchanged(std::string(keys::membership), manifest.bytes->membership));
    plan.operations.emplace_back(Put{key, encode(recordOf(*manifest.bytes, now))});
    return {};
}

// A link that goes meanwhile makes the transaction fail: the collector removes the links of a blob when it
// marks it.
Status planLinks(Projection& projection, const NewManifest& manifest, WritePlan& plan) {
    std::set<std::string> links;
    for (const DescriptorRecord& blob : manifest.record.blobs) {
        links.insert(keys::link(blob.digest, manifest.repository));
        const auto found = findRecord<LinkRecord>(projection, keys::link(blob.digest, manifest.repository));
        if (!found) {
            return fail(found.error());
        }
        if (!*found) {
            return noBlob(blob.digest, manifest.repository);
        }
    }
    for (const std::string& link : links) {
        plan.compares.push_back(Compare::present(link));
    }
    return {};
}

// So does a manifest.
Status planManifests(Projection& projection, const NewManifest& manifest, WritePlan& plan) {
    for (const DescriptorRecord& child : manifest.record.manifests) {
        const std::string key = keys::manifest(manifest.repository, child.digest);
        const auto found = projection.record(key);
        if (!found) {
            return fail(found.error());
        }
        if (!*found) {
            return fail(ErrorCode::notFound,
                        "there is no manifest " + child.digest + " in " + manifest.repository);
        }
        plan.compares.push_back(Compare::present(key));
    }
    return {};
}

Status planReferences(Projection& projection, const NewManifest& manifest, WritePlan& plan) {
    for (const auto& [digest, mediaType] : referencesOf(manifest.digest, manifest.record)) {
        plan.operations.emplace_back(Put{keys::reference(digest, manifest.repository, manifest.digest),
                                         encode(ReferenceRecord{mediaType})});
    }
    if (Status links = planLinks(projection, manifest, plan); !links) {
        return links;
    }
    return planManifests(projection, manifest, plan);
}

// That the tag names it. Whose push the tag is of shows in its record.
Status planTag(Projection& projection, const NewManifest& manifest, const std::string& now, WritePlan& plan) {
    const std::string key = keys::tag(manifest.repository, *manifest.tag);
    const auto known = projection.record(key);
    if (!known) {
        return fail(known.error());
    }
    const ManifestRecord& record = manifest.record;
    const std::string text = encode(TagRecord{manifest.digest, record.media_type, record.size, now, record.by,
                                              record.through, record.from});
    plan.isSo = plan.isSo || (*known && (*known)->value == text);
    plan.operations.emplace_back(Put{key, text});
    return {};
}

} // namespace

Result<WritePlan> planAddBlob(Projection& projection, const DurableBlob& blob, const std::string& repository,
                              const std::string& now) {
    const std::string key = keys::blob(blob.digest);
    const auto found = findRecord<BlobRecord>(projection, key);
    const auto membership = findRecord<MembershipRecord>(projection, std::string(keys::membership));
    if (!found || !membership) {
        return fail(found ? membership.error() : found.error());
    }
    WritePlan plan;
    BlobRecord record = isLive(*found) ? (*found)->record : recordOf(blob, now);
    if (!isLive(*found)) {
        if (!*membership || (*membership)->modified != blob.membership) {
            return fail(ErrorCode::conflict, "the cluster's members have changed");
        }
        plan.compares.push_back(unchanged(std::string(keys::membership), blob.membership));
    }
    plan.compares.push_back(unchanged(key, *found ? (*found)->modified : Revision()));
    plan.operations.emplace_back(Put{key, encode(record)});
    plan.operations.emplace_back(Put{keys::link(blob.digest, repository), encode(LinkRecord{now})});
    return plan;
}

Result<WritePlan> planLinkBlob(Projection& projection, const std::string& digest,
                               const std::string& repository, const std::optional<std::string>& from,
                               const std::string& now) {
    const std::string key = keys::blob(digest);
    const auto found = from ? findBlobIn(projection, *from, digest) : findRecord<BlobRecord>(projection, key);
    if (!found) {
        return fail(found.error());
    }
    if (!isLive(*found)) {
        return noBlob(digest, from.value_or("the cluster"));
    }
    WritePlan plan;
    if (from) {
        plan.compares.push_back(Compare::present(keys::link(digest, *from)));
    }
    plan.compares.push_back(unchanged(key, (*found)->modified));
    plan.operations.emplace_back(Put{key, encode((*found)->record)});
    plan.operations.emplace_back(Put{keys::link(digest, repository), encode(LinkRecord{now})});
    return plan;
}

Result<WritePlan> planTouchBlob(Projection& projection, const std::string& digest) {
    const std::string key = keys::blob(digest);
    const auto found = findRecord<BlobRecord>(projection, key);
    if (!found) {
        return fail(found.error());
    }
    if (!isLive(*found)) {
        return noBlob(digest, "the cluster");
    }
    WritePlan plan;
    plan.compares.push_back(unchanged(key, (*found)->modified));
    plan.operations.emplace_back(Put{key, encode((*found)->record)});
    return plan;
}

Result<WritePlan> planUnlinkBlob(Projection& projection, const std::string& digest,
                                 const std::string& repository) {
    const std::string key = keys::link(digest, repository);
    const auto found = findRecord<LinkRecord>(projection, key);
    if (!found) {
        return fail(found.error());
    }
    if (!*found) {
        return noBlob(digest, repository);
    }
    const Result<bool> used = isReferencedIn(projection, repository, digest);
    if (!used) {
        return fail(used.error());
    }
    if (*used) {
        return fail(ErrorCode::forbidden, "a manifest in " + repository + " needs the blob " + digest,
                    "Delete the manifest first");
    }
    WritePlan plan;
    plan.before = {{key, (*found)->modified}};
    plan.compares = {unchanged(key, (*found)->modified),
                     Compare::noneBelow(keys::reference(digest, repository, ""))};
    plan.operations.emplace_back(Delete{key, {}});
    return plan;
}

Result<WritePlan> planPutManifest(Projection& projection, const NewManifest& manifest,
                                  const std::string& now) {
    WritePlan plan;
    const std::string key = keys::manifest(manifest.repository, manifest.digest);
    const auto known = projection.record(key);
    if (!known) {
        return fail(known.error());
    }
    plan.before.emplace(key, *known ? (*known)->modified : Revision());
    if (*known) {
        plan.compares.push_back(unchanged(key, (*known)->modified)); // and so are its references
    } else {
        if (const Status planned = planBytes(projection, manifest, now, plan); !planned) {
            return fail(planned.error());
        }
        if (const Status planned = planReferences(projection, manifest, plan); !planned) {
            return fail(planned.error());
        }
    }
    ManifestRecord record = manifest.record;
    record.pushed_at = now;
    const std::string text = encode(record);
    plan.isSo = *known && (!manifest.tag || (*known)->value == text);
    plan.operations.emplace_back(Put{key, text});
    if (manifest.tag) {
        if (const Status planned = planTag(projection, manifest, now, plan); !planned) {
            return fail(planned.error());
        }
    }
    if (manifest.referrer && record.subject) {
        plan.operations.emplace_back(
            Put{keys::referrer(manifest.repository, *record.subject, manifest.digest),
                encode(*manifest.referrer)});
    }
    const std::string repository = keys::repository(manifest.repository);
    const auto there = projection.record(repository);
    if (!there) {
        return fail(there.error());
    }
    if (*there) {
        plan.compares.push_back(Compare::present(repository));
    } else {
        plan.operations.emplace_back(Put{repository, encode(RepositoryRecord{now, record.by})});
    }
    return plan;
}

std::vector<std::string> blobsNamedBy(const std::string& digest, const ManifestRecord& record) {
    std::vector<std::string> blobs;
    for (const auto& [blob, mediaType] : referencesOf(digest, record)) {
        blobs.push_back(blob);
    }
    return blobs;
}

void deleteManifest(const std::string& repository, const std::string& digest, const ManifestRecord& record,
                    WritePlan& plan) {
    for (const auto& [blob, mediaType] : referencesOf(digest, record)) {
        plan.operations.emplace_back(Delete{keys::reference(blob, repository, digest), {}});
    }
    if (record.subject) {
        plan.operations.emplace_back(Delete{keys::referrer(repository, *record.subject, digest), {}});
    }
    plan.operations.emplace_back(Delete{keys::manifest(repository, digest), {}});
}

// A tag that is put on it meanwhile writes the manifest's record, too, and makes the transaction fail: it is
// the same manifest as before nevertheless.
Result<WritePlan> planDeleteManifest(Projection& projection, const std::string& repository,
                                     const std::string& digest) {
    const std::string key = keys::manifest(repository, digest);
    const auto found = findRecord<ManifestRecord>(projection, key);
    if (!found) {
        return fail(found.error());
    }
    if (!*found) {
        return fail(ErrorCode::notFound, "there is no manifest " + digest + " in " + repository);
    }
    const auto tags = tagsNaming(projection, repository, digest, mostTagsAtOnce);
    if (!tags) {
        return fail(tags.error());
    }
    WritePlan plan;
    plan.before = {{key, (*found)->created}};
    plan.compares.push_back(unchanged(key, (*found)->modified));
    for (const engine::Entry& tag : *tags) {
        plan.compares.push_back(unchanged(tag.key, tag.modified));
        plan.operations.emplace_back(Delete{tag.key, {}});
    }
    if (static_cast<std::int64_t>(tags->size()) == mostTagsAtOnce) {
        return plan; // there may be more: the manifest goes with the last of them
    }
    deleteManifest(repository, digest, (*found)->record, plan);
    return plan;
}

Result<WritePlan> planDeleteTag(Projection& projection, const std::string& repository,
                                const std::string& tag) {
    const std::string key = keys::tag(repository, tag);
    const auto found = projection.record(key);
    if (!found) {
        return fail(found.error());
    }
    if (!*found) {
        return fail(ErrorCode::notFound, "there is no tag " + tag + " in " + repository);
    }
    WritePlan plan;
    plan.before = {{key, (*found)->modified}};
    plan.compares.push_back(unchanged(key, (*found)->modified));
    plan.operations.emplace_back(Delete{key, {}});
    return plan;
}

WritePlan planMarkBlob(const std::string& digest, const Stored<BlobRecord>& found) {
    BlobRecord dying = found.record;
    dying.phase = BlobPhase::dying;
    const std::string key = keys::blob(digest);
    const std::string links = keys::linksOf(digest);
    WritePlan plan;
    plan.compares = {unchanged(key, found.modified), Compare::noneBelow(keys::referencesTo(digest))};
    plan.operations.emplace_back(Put{key, encode(dying)});
    plan.operations.emplace_back(Delete{links, engine::prefixEnd(links)});
    return plan;
}

WritePlan planBuryBlob(const std::string& digest, const Stored<BlobRecord>& found) {
    BlobRecord dead = found.record;
    dead.phase = BlobPhase::dead;
    const std::string key = keys::blob(digest);
    WritePlan plan;
    plan.compares = {unchanged(key, found.modified)};
    plan.operations.emplace_back(Put{key, encode(dead)});
    return plan;
}

WritePlan planForgetBlob(const std::string& digest, Revision modified) {
    const std::string key = keys::blob(digest);
    WritePlan plan;
    plan.compares = {unchanged(key, modified)};
    plan.operations.emplace_back(Delete{key, {}});
    return plan;
}

} // namespace pilothouse::state
