// SPDX-License-Identifier: GPL-3.0-or-later
// What the registry asks of the read model. Blocking: to be run by ReadModel::read().
//
// Answers are as old as the read model: StateFollower::readBarrier() first where that matters.
#pragma once

#include "replica/state/projection.h"
#include "replica/state/registry_cache.h"
#include "replica/state/registry_records.h"
#include "replica/state/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::state {

// A record below `key`; nullopt when there is none.
template <typename Record>
[[nodiscard]] Result<std::optional<Stored<Record>>> findRecord(Projection& projection,
                                                               const std::string& key) {
    const Result<std::optional<engine::Entry>> entry = projection.record(key);
    if (!entry) {
        return fail(entry.error());
    }
    if (!*entry) {
        return std::optional<Stored<Record>>();
    }
    Result<Record> record = decode<Record>((*entry)->value);
    if (!record) {
        return failIn(key, record.error());
    }
    return Stored<Record>{std::move(*record), (*entry)->created, (*entry)->modified};
}

// A blob that a repository serves. nullopt when the repository has no link to it, or it is dying.
[[nodiscard]] Result<std::optional<Stored<BlobRecord>>>
findBlobIn(Projection& projection, const std::string& repository, const std::string& digest);

// What is served to clients, kept in `lately` for those who ask next; nullopt when there is no such thing
// there. `key`: that of the tag or manifest.
[[nodiscard]] Result<std::optional<ServedBlob>> serveBlob(Projection& projection, RegistryCache& lately,
                                                          const std::string& repository,
                                                          const std::string& digest);
[[nodiscard]] Result<std::optional<ServedManifest>> serveTag(Projection& projection, RegistryCache& lately,
                                                             const std::string& key);
[[nodiscard]] Result<std::optional<ServedManifest>> serveManifest(Projection& projection,
                                                                  RegistryCache& lately,
                                                                  const std::string& key,
                                                                  const std::string& digest);

// Whether some manifest names the blob.
[[nodiscard]] Result<bool> isReferenced(Projection& projection, const std::string& digest);
// Whether some manifest of this repository names it.
[[nodiscard]] Result<bool> isReferencedIn(Projection& projection, const std::string& repository,
                                          const std::string& digest);

// One page of names in the order of their bytes.
struct NamePage {
    std::vector<std::string> names;
    bool more = false;
};
// Names of repositories, or of the tags of one, that sort after `after` ("": from the first on). nullopt:
// there is no such repository.
[[nodiscard]] Result<NamePage> repositoriesAfter(Projection& projection, const std::string& after,
                                                 std::int64_t limit);
[[nodiscard]] Result<std::optional<NamePage>> tagsAfter(Projection& projection, const std::string& repository,
                                                        const std::string& after, std::int64_t limit);
// Tags of a repository that name this manifest, with their revisions; at most `limit`.
[[nodiscard]] Result<std::vector<engine::Entry>> tagsNaming(Projection& projection,
                                                            const std::string& repository,
                                                            const std::string& digest, std::int64_t limit);

// Digests of other manifests of the repository that name this one (or a blob of that digest); at most
// `limit`.
[[nodiscard]] Result<std::vector<std::string>> indexesNaming(Projection& projection,
                                                             const std::string& repository,
                                                             const std::string& digest, std::int64_t limit);

struct Referrer {
    std::string digest;
    ReferrerRecord record;
};
// Manifests of the repository whose subject is `subject`, by digest, after `after`.
[[nodiscard]] Result<std::vector<Referrer>> referrersAfter(Projection& projection,
                                                           const std::string& repository,
                                                           const std::string& subject,
                                                           const std::string& after, std::int64_t limit);

} // namespace pilothouse::state
