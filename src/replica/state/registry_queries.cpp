// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/registry_queries.h"

#include "replica/state/registry_keys.h"

namespace pilothouse::state {
namespace {

Result<bool> anyBelow(Projection& projection, const std::string& prefix) {
    const Result<std::vector<engine::Entry>> first = projection.records(prefix, "", 1);
    return first ? Result<bool>(!first->empty()) : fail(first.error());
}

Result<NamePage> namesBelow(Projection& projection, const std::string& prefix, const std::string& after,
                            std::int64_t limit) {
    const Result<std::vector<std::string>> keys =
        projection.keys(prefix, after.empty() ? after : prefix + after, limit + 1);
    if (!keys) {
        return fail(keys.error());
    }
    NamePage page;
    page.more = static_cast<std::int64_t>(keys->size()) > limit;
    for (const std::string& key : *keys) {
        if (static_cast<std::int64_t>(page.names.size()) < limit) {
            page.names.push_back(key.substr(prefix.size()));
        }
    }
    return page;
}

// A manifest's bytes are a blob of its digest.
Result<std::optional<ServedManifest>> serveBytes(Projection& projection, RegistryCache& lately,
                                                 const std::string& key, const std::string& digest,
                                                 const std::string& mediaType, std::int64_t size) {
    const auto blob = findRecord<BlobRecord>(projection, keys::blob(digest));
    if (!blob) {
        return fail(blob.error());
    }
    if (!*blob) {
        return fail(ErrorCode::corrupt, "the record of the manifest " + digest + " has no blob");
    }
    ServedManifest served{digest, (*blob)->record.incarnation, mediaType, size};
    lately.keepManifest(key, served);
    return std::optional(std::move(served));
}

} // namespace

Result<std::optional<Stored<BlobRecord>>> findBlobIn(Projection& projection, const std::string& repository,
                                                     const std::string& digest) {
    const auto link = findRecord<LinkRecord>(projection, keys::link(digest, repository));
    if (!link) {
        return fail(link.error());
    }
    if (!*link) {
        return std::optional<Stored<BlobRecord>>();
    }
    auto blob = findRecord<BlobRecord>(projection, keys::blob(digest));
    if (blob && *blob && (*blob)->record.phase != BlobPhase::live) {
        return std::optional<Stored<BlobRecord>>();
    }
    return blob;
}

Result<std::optional<ServedBlob>> serveBlob(Projection& projection, RegistryCache& lately,
                                            const std::string& repository, const std::string& digest) {
    const auto found = findBlobIn(projection, repository, digest);
    if (!found || !*found) {
        return found ? Result<std::optional<ServedBlob>>(std::nullopt) : fail(found.error());
    }
    const Result<bool> referenced = isReferenced(projection, digest);
    if (!referenced) {
        return fail(referenced.error());
    }
    ServedBlob served{(*found)->record.incarnation, (*found)->record.size, *referenced};
    lately.keepBlob(repository, digest, served);
    return std::optional(std::move(served));
}

Result<std::optional<ServedManifest>> serveTag(Projection& projection, RegistryCache& lately,
                                               const std::string& key) {
    const auto found = findRecord<TagRecord>(projection, key);
    if (!found || !*found) {
        return found ? Result<std::optional<ServedManifest>>(std::nullopt) : fail(found.error());
    }
    return serveBytes(projection, lately, key, (*found)->record.digest, (*found)->record.media_type,
                      (*found)->record.size);
}

Result<std::optional<ServedManifest>> serveManifest(Projection& projection, RegistryCache& lately,
                                                    const std::string& key, const std::string& digest) {
    const auto found = findRecord<ManifestRecord>(projection, key);
    if (!found || !*found) {
        return found ? Result<std::optional<ServedManifest>>(std::nullopt) : fail(found.error());
    }
    return serveBytes(projection, lately, key, digest, (*found)->record.media_type, (*found)->record.size);
}

Result<bool> isReferenced(Projection& projection, const std::string& digest) {
    return anyBelow(projection, keys::referencesTo(digest));
}

Result<bool> isReferencedIn(Projection& projection, const std::string& repository,
                            const std::string& digest) {
    return anyBelow(projection, keys::reference(digest, repository, ""));
}

Result<NamePage> repositoriesAfter(Projection& projection, const std::string& after, std::int64_t limit) {
    return namesBelow(projection, std::string(keys::repositories), after, limit);
}

Result<std::optional<NamePage>> tagsAfter(Projection& projection, const std::string& repository,
                                          const std::string& after, std::int64_t limit) {
    const auto known = findRecord<RepositoryRecord>(projection, keys::repository(repository));
    if (!known) {
        return fail(known.error());
    }
    if (!*known) {
        return std::optional<NamePage>();
    }
    Result<NamePage> page = namesBelow(projection, keys::tagsOf(repository), after, limit);
    if (!page) {
        return fail(page.error());
    }
    return std::optional<NamePage>(std::move(*page));
}

Result<std::vector<engine::Entry>> tagsNaming(Projection& projection, const std::string& repository,
                                              const std::string& digest, std::int64_t limit) {
    return projection.tagsNaming(keys::tagsOf(repository), digest, limit);
}

Result<std::vector<std::string>> indexesNaming(Projection& projection, const std::string& repository,
                                               const std::string& digest, std::int64_t limit) {
    const std::string prefix = keys::reference(digest, repository, "");
    const Result<std::vector<std::string>> keys = projection.keys(prefix, "", limit + 1);
    if (!keys) {
        return fail(keys.error());
    }
    std::vector<std::string> indexes;
    for (const std::string& key : *keys) {
        std::string index = key.substr(prefix.size());
        if (index != digest && static_cast<std::int64_t>(indexes.size()) < limit) {
            indexes.push_back(std::move(index));
        }
    }
    return indexes;
}

Result<std::vector<Referrer>> referrersAfter(Projection& projection, const std::string& repository,
                                             const std::string& subject, const std::string& after,
                                             std::int64_t limit) {
    const std::string prefix = keys::referrersOf(repository, subject);
    const Result<std::vector<engine::Entry>> entries =
        projection.records(prefix, after.empty() ? after : prefix + after, limit);
    if (!entries) {
        return fail(entries.error());
    }
    std::vector<Referrer> referrers;
    for (const engine::Entry& entry : *entries) {
        Result<ReferrerRecord> record = decode<ReferrerRecord>(entry.value);
        if (!record) {
            return failIn(entry.key, record.error());
        }
        referrers.push_back({entry.key.substr(prefix.size()), std::move(*record)});
    }
    return referrers;
}

} // namespace pilothouse::state
