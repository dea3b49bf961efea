// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/repository_index.h"

#include "replica/state/record_row.h"
#include "replica/state/registry_keys.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace pilothouse::state {

// An existing record that is written again changes no count. A blob's size is taken when it is first named:
// the blob's record comes before its references, in a transaction and in a list.
//
// x'2f' is "/", x'3a' is ":", x'746167732f' is "tags/"; keys are put together in registry_keys.cpp.
const char* const RepositoryIndex::layout = R"(
    CREATE TABLE repositories(name BLOB PRIMARY KEY, recorded INTEGER NOT NULL, tags INTEGER NOT NULL,
                              manifests INTEGER NOT NULL, bytes INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE uses(digest BLOB, repository BLOB, manifests INTEGER NOT NULL, size INTEGER NOT NULL,
                      PRIMARY KEY(digest, repository)) WITHOUT ROWID;
    CREATE TABLE totals(repositories INTEGER NOT NULL, bytes INTEGER NOT NULL);
    INSERT INTO totals VALUES(0, 0);

    CREATE INDEX tags_by_time ON records(substr(key, 6, instr(substr(key, 6), x'3a') - 1), modified DESC, key)
        WHERE key >= x'746167732f' AND key < x'7461677330';
)";

namespace {

constexpr const char* selectCounts =
    "SELECT name, tags, manifests, bytes FROM repositories WHERE recorded = 1 AND ";

RepositoryCounts readCounts(const sqlite::Statement& row) {
    return {row.text(0), row.number(1), row.number(2), row.number(3)};
}

// All rows that the statement gives.
template <typename Row, typename Read>
Result<std::vector<Row>> all(sqlite::Statement& statement, Read read) {
    std::vector<Row> rows;
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return rows;
        }
        rows.push_back(read(statement));
    }
}

} // namespace

Status RepositoryIndex::prepare(sqlite::Database& database) {
    const std::string counts = selectCounts;
    const std::array<std::pair<sqlite::Statement*, std::string>, 14> statements = {{
        {&m_counts, counts + "name = ?"},
        {&m_countsAfter, counts + "name > ? ORDER BY name LIMIT ?"},
        {&m_totals, "SELECT repositories, bytes FROM totals"},
        {&m_usesOf, "SELECT repository, manifests FROM uses WHERE digest = ? ORDER BY repository LIMIT ?"},
        {&m_usesAfter, "SELECT digest, repository, size FROM uses WHERE (digest, repository) > (?, ?) "
                       "ORDER BY digest, repository LIMIT ?"},
        {&m_newestTags, "SELECT * FROM records INDEXED BY tags_by_time WHERE key >= x'746167732f' AND key < "
                        "x'7461677330' AND "
                        "substr(key, 6, instr(substr(key, 6), x'3a') - 1) = ? AND "
                        "(modified < ? OR (modified = ? AND key > ?)) AND modified <= ? ORDER BY modified "
                        "DESC, key LIMIT ?"},
        {&m_addCounts, "INSERT INTO repositories VALUES(?, ?, ?, ?, ?) ON CONFLICT(name) DO UPDATE SET "
                       "recorded = recorded + excluded.recorded, tags = tags + excluded.tags, "
                       "manifests = manifests + excluded.manifests, bytes = bytes + excluded.bytes"},
        {&m_dropEmpty, "DELETE FROM repositories WHERE name = ? AND recorded = 0 AND tags = 0 AND "
                       "manifests = 0 AND bytes = 0"},
        {&m_addTotals, "UPDATE totals SET repositories = repositories + ?, bytes = bytes + ?"},
        {&m_useMore, "UPDATE uses SET manifests = manifests + 1 WHERE digest = ? AND repository = ?"},
        {&m_useFirst, "INSERT INTO uses VALUES(?, ?, 1, ?)"},
        {&m_useLess, "UPDATE uses SET manifests = manifests - 1 WHERE digest = ? AND repository = ? "
                     "RETURNING manifests, size"},
        {&m_useNoMore, "DELETE FROM uses WHERE digest = ? AND repository = ?"},
        {&m_sizeOf, "SELECT CASE WHEN json_valid(CAST(value AS TEXT)) THEN "
                    "json_extract(CAST(value AS TEXT), '$.size') END FROM records WHERE key = ?"},
    }};
    for (const auto& [statement, sql] : statements) {
        Result<sqlite::Statement> prepared = database.prepare(sql);
        if (!prepared) {
            return fail(prepared.error());
        }
        *statement = std::move(*prepared);
    }
    return {};
}

void RepositoryIndex::begin() {
    m_pending.clear();
    m_pendingTotals = {};
}

Status RepositoryIndex::came(const std::string& key) {
    return count(key, 1);
}

Status RepositoryIndex::went(const std::string& key) {
    return count(key, -1);
}

Status RepositoryIndex::count(const std::string& key, std::int64_t step) {
    if (const auto name = keys::below(keys::repositories, key)) {
        m_pending[std::string(*name)].recorded += step;
        m_pendingTotals.repositories += step;
    } else if (const auto tag = keys::below(keys::tags, key)) {
        m_pending[keys::repositoryIn(*tag)].tags += step;
    } else if (const auto manifest = keys::below(keys::manifests, key)) {
        m_pending[keys::repositoryIn(*manifest)].manifests += step;
    } else if (const auto reference = keys::below(keys::references, key)) {
        const std::string digest(reference->substr(0, reference->find('/')));
        const std::string repository =
            keys::repositoryIn(reference->substr(std::min(digest.size() + 1, reference->size())));
        return step > 0 ? useCame(digest, repository) : useWent(digest, repository);
    }
    return {};
}

Result<bool> RepositoryIndex::isUsed(const std::string& digest) {
    const auto uses = usesOf(digest, 1);
    return uses ? Result<bool>(!uses->empty()) : fail(uses.error());
}

Result<std::int64_t> RepositoryIndex::sizeOf(const std::string& digest) {
    auto sizes = all<std::int64_t>(m_sizeOf.bind(1, keys::blob(digest)),
                                   [](const sqlite::Statement& row) { return row.number(0); });
    return sizes ? Result<std::int64_t>(sizes->empty() ? 0 : sizes->front()) : fail(sizes.error());
}

Status RepositoryIndex::useCame(const std::string& digest, const std::string& repository) {
    if (Status more = m_useMore.bind(1, digest).bind(2, repository).run(); !more || m_useMore.changed() > 0) {
        return more;
    }
    const auto size = sizeOf(digest);
    const auto elsewhere = isUsed(digest);
    if (!size || !elsewhere) {
        return fail(size ? elsewhere.error() : size.error());
    }
    m_pending[repository].bytes += *size;
    m_pendingTotals.bytes += *elsewhere ? 0 : *size;
    return m_useFirst.bind(1, digest).bind(2, repository).bind(3, *size).run();
}

Status RepositoryIndex::useWent(const std::string& digest, const std::string& repository) {
    const auto left =
        all<SizedUse>(m_useLess.bind(1, digest).bind(2, repository), [&](const sqlite::Statement& row) {
            return SizedUse{digest, repository, row.number(1), row.number(0)};
        });
    if (!left || left->empty() || left->front().manifests > 0) {
        return left ? Status() : fail(left.error());
    }
    if (Status gone = m_useNoMore.bind(1, digest).bind(2, repository).run(); !gone) {
        return gone;
    }
    const auto elsewhere = isUsed(digest);
    if (!elsewhere) {
        return fail(elsewhere.error());
    }
    const std::int64_t size = left->front().size;
    m_pending[repository].bytes -= size;
    m_pendingTotals.bytes -= *elsewhere ? 0 : size;
    return {};
}

Status RepositoryIndex::finish() {
    for (const auto& [name, more] : m_pending) {
        Status added = m_addCounts.bind(1, name)
                           .bind(2, more.recorded)
                           .bind(3, more.tags)
                           .bind(4, more.manifests)
                           .bind(5, more.bytes)
                           .run();
        if (added && more.recorded < 0) {
            added = m_dropEmpty.bind(1, name).run();
        }
        if (!added) {
            return added;
        }
    }
    const RegistryTotals totals = std::exchange(m_pendingTotals, {});
    m_pending.clear();
    return totals == RegistryTotals() ? Status()
                                      : m_addTotals.bind(1, totals.repositories).bind(2, totals.bytes).run();
}

Result<std::optional<RepositoryCounts>> RepositoryIndex::counts(const std::string& repository) {
    auto rows = all<RepositoryCounts>(m_counts.bind(1, repository), readCounts);
    if (!rows) {
        return fail(rows.error());
    }
    return rows->empty() ? std::optional<RepositoryCounts>() : std::optional(std::move(rows->front()));
}

Result<std::vector<RepositoryCounts>> RepositoryIndex::countsAfter(const std::string& after,
                                                                   std::int64_t limit) {
    return all<RepositoryCounts>(m_countsAfter.bind(1, after).bind(2, limit), readCounts);
}

Result<RegistryTotals> RepositoryIndex::totals() {
    auto rows = all<RegistryTotals>(m_totals, [](const sqlite::Statement& row) {
        return RegistryTotals{row.number(0), row.number(1)};
    });
    return rows ? Result<RegistryTotals>(rows->empty() ? RegistryTotals() : rows->front())
                : fail(rows.error());
}

Result<std::vector<BlobUse>> RepositoryIndex::usesOf(const std::string& digest, std::int64_t limit) {
    return all<BlobUse>(m_usesOf.bind(1, digest).bind(2, limit), [](const sqlite::Statement& row) {
        return BlobUse{row.text(0), row.number(1)};
    });
}

Result<std::vector<SizedUse>> RepositoryIndex::usesAfter(const std::string& digest,
                                                         const std::string& repository, std::int64_t limit) {
    return all<SizedUse>(m_usesAfter.bind(1, digest).bind(2, repository).bind(3, limit),
                         [](const sqlite::Statement& row) {
                             return SizedUse{row.text(0), row.text(1), row.number(2)};
                         });
}

Result<std::vector<engine::Entry>> RepositoryIndex::newestTags(const std::string& repository, Revision before,
                                                               const std::string& key, std::int64_t limit) {
    const std::int64_t from =
        before == Revision() ? std::numeric_limits<std::int64_t>::max() : before.value();
    return all<engine::Entry>(m_newestTags.bind(1, repository)
                                  .bind(2, from)
                                  .bind(3, from)
                                  .bind(4, key)
                                  .bind(5, from)
                                  .bind(6, limit),
                              detail::entryIn);
}

} // namespace pilothouse::state
