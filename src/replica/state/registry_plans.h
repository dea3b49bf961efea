// SPDX-License-Identifier: GPL-3.0-or-later
// What a change to the registry compares and writes, from what the read model holds.
//
// Each plan is one transaction, and relies on nothing that it does not compare. Blocking, for the read
// model's thread. ErrorCode::notFound and forbidden are only as good as the read model is new.
#pragma once

#include "replica/engine/engine.h"
#include "replica/state/projection.h"
#include "replica/state/registry_records.h"
#include "replica/state/snapshot.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::state {

struct WritePlan {
    std::vector<engine::Compare> compares;
    std::vector<engine::Operation> operations;
    // Keys that it compares and changes, as they were (Revision() for none). As long as they are the same, no
    // attempt has done anything; two attempts with the same are done once at most. Empty for a plan that may
    // be done twice.
    std::map<std::string, Revision> before = {};
    bool isSo = false; // what it writes is there
};

// A blob's files, durably on a majority of the voters of a membership.
struct DurableBlob {
    std::string digest;
    std::int64_t size = 0; // bytes
    std::string incarnation;
    std::int64_t generation = 0;
    Revision membership; // of the record that was counted by
};

struct NewManifest {
    std::string repository;
    std::string digest;
    ManifestRecord record;                  // without `pushed_at`
    std::optional<std::string> tag;         // to be put on it
    std::optional<ReferrerRecord> referrer; // together with record.subject
    std::optional<DurableBlob> bytes;       // the manifest's own; not needed while its blob is live
};

// The repository serves the blob from now on; a live one that is there is used instead of `blob`.
// ErrorCode::conflict: the membership is another than the one counted by.
[[nodiscard]] Result<WritePlan> planAddBlob(Projection& projection, const DurableBlob& blob,
                                            const std::string& repository, const std::string& now);
// The same for a blob of the cluster, or of the repository `from`.
[[nodiscard]] Result<WritePlan> planLinkBlob(Projection& projection, const std::string& digest,
                                             const std::string& repository,
                                             const std::optional<std::string>& from, const std::string& now);
// The collector's time begins anew.
[[nodiscard]] Result<WritePlan> planTouchBlob(Projection& projection, const std::string& digest);
// ErrorCode::forbidden while a manifest of the repository names it.
[[nodiscard]] Result<WritePlan> planUnlinkBlob(Projection& projection, const std::string& digest,
                                               const std::string& repository);
// ErrorCode::notFound names what is missing of the things that it names; ErrorCode::conflict: its own bytes
// are not in the cluster, or no longer on a majority.
[[nodiscard]] Result<WritePlan> planPutManifest(Projection& projection, const NewManifest& manifest,
                                                const std::string& now);
// With its tags. When these are very many the plan takes only some of them, and leaves the manifest.
[[nodiscard]] Result<WritePlan> planDeleteManifest(Projection& projection, const std::string& repository,
                                                   const std::string& digest);
[[nodiscard]] Result<WritePlan> planDeleteTag(Projection& projection, const std::string& repository,
                                              const std::string& tag);

// Every blob that a manifest needs, its own bytes first; each once.
[[nodiscard]] std::vector<std::string> blobsNamedBy(const std::string& digest, const ManifestRecord& record);
// Adds to `plan` that the manifest goes, with all that was written with it but its tags.
void deleteManifest(const std::string& repository, const std::string& digest, const ManifestRecord& record,
                    WritePlan& plan);

// The collector's first step: a blob that was found as `found`, and that no manifest names, begins to die.
[[nodiscard]] WritePlan planMarkBlob(const std::string& digest, const Stored<BlobRecord>& found);
// The second, once every voter has applied the first: its files go.
[[nodiscard]] WritePlan planBuryBlob(const std::string& digest, const Stored<BlobRecord>& found);
// The third, once every voter has applied the second: nothing remains.
[[nodiscard]] WritePlan planForgetBlob(const std::string& digest, Revision modified);

} // namespace pilothouse::state
