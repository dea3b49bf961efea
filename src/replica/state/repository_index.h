// SPDX-License-Identifier: GPL-3.0-or-later
// Counts and orders of the registry's records that would take a look at all of them to find out: how much a
// repository has, and which of its tags came last.
//
// They are changed in the same transaction as the records, once for all that it holds: triggers would do it
// for each record, and took as long as the records themselves. Part of the projection: same thread, same
// file.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "replica/engine/engine.h"
#include "replica/state/sqlite.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::state {

struct RepositoryCounts {
    std::string name;
    std::int64_t tags = 0;
    std::int64_t manifests = 0;
    std::int64_t bytes = 0; // of all blobs that its manifests name, their own included, each counted once
    friend bool operator==(const RepositoryCounts&, const RepositoryCounts&) = default;
};

struct RegistryTotals {
    std::int64_t repositories = 0;
    std::int64_t bytes = 0; // of all blobs that any manifest names, each counted once
    friend bool operator==(const RegistryTotals&, const RegistryTotals&) = default;
};

// How many manifests of a repository name a blob.
struct BlobUse {
    std::string repository;
    std::int64_t manifests = 0;
    friend bool operator==(const BlobUse&, const BlobUse&) = default;
};

struct SizedUse {
    std::string digest;
    std::string repository;
    std::int64_t size = 0; // bytes
    std::int64_t manifests = 0;
};

class RepositoryIndex {
public:
    // Its tables and index: after those of the records, before the first of them.
    static const char* const layout;

    [[nodiscard]] Status prepare(sqlite::Database& database);

    // Around each transaction that changes records, with every one that comes into the table or goes from it
    // in between, once it has; one that is written again does neither. What was not finished is forgotten.
    void begin();
    [[nodiscard]] Status came(const std::string& key);
    [[nodiscard]] Status went(const std::string& key);
    [[nodiscard]] Status finish();

    // nullopt when there is no such repository.
    [[nodiscard]] Result<std::optional<RepositoryCounts>> counts(const std::string& repository);
    // Repositories whose names come after `after`, in the order of their bytes.
    [[nodiscard]] Result<std::vector<RepositoryCounts>> countsAfter(const std::string& after,
                                                                    std::int64_t limit);
    [[nodiscard]] Result<RegistryTotals> totals();
    // Which repositories name the blob, by name; at most `limit`.
    [[nodiscard]] Result<std::vector<BlobUse>> usesOf(const std::string& digest, std::int64_t limit);
    // The same of all blobs, in the order of digest and repository, after those of `digest` in `repository`;
    // with the sizes.
    [[nodiscard]] Result<std::vector<SizedUse>> usesAfter(const std::string& digest,
                                                          const std::string& repository, std::int64_t limit);
    // Tags of a repository, those that were pushed last first: pushed before `before`, or at it with
    // a key after `key` (Revision(): the newest).
    [[nodiscard]] Result<std::vector<engine::Entry>>
    newestTags(const std::string& repository, Revision before, const std::string& key, std::int64_t limit);

private:
    // What is to be added to a repository's counts.
    struct Pending {
        std::int64_t recorded = 0; // whether there is a record of it
        std::int64_t tags = 0;
        std::int64_t manifests = 0;
        std::int64_t bytes = 0;
    };
    [[nodiscard]] Status count(const std::string& key, std::int64_t step);
    [[nodiscard]] Status useCame(const std::string& digest, const std::string& repository);
    [[nodiscard]] Status useWent(const std::string& digest, const std::string& repository);
    [[nodiscard]] Result<bool> isUsed(const std::string& digest);
    // 0 when there is no record that tells.
    [[nodiscard]] Result<std::int64_t> sizeOf(const std::string& digest);

    std::map<std::string, Pending> m_pending; // by repository
    RegistryTotals m_pendingTotals;
    sqlite::Statement m_counts;
    sqlite::Statement m_countsAfter;
    sqlite::Statement m_totals;
    sqlite::Statement m_usesOf;
    sqlite::Statement m_usesAfter;
    sqlite::Statement m_newestTags;
    sqlite::Statement m_addCounts;
    sqlite::Statement m_dropEmpty;
    sqlite::Statement m_addTotals;
    sqlite::Statement m_useMore;
    sqlite::Statement m_useFirst;
    sqlite::Statement m_useLess;
    sqlite::Statement m_useNoMore;
    sqlite::Statement m_sizeOf;
};

} // namespace pilothouse::state
