// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/repository_index.h"

#include "replica/state/record_row.h"

#include <array>
#include <limits>
#include <utility>

namespace pilothouse::state {

// Keys are taken apart here as registry_keys.cpp puts them together: "tags/NAME:TAG",
// "manifests/NAME:DIGEST", "references/DIGEST/NAME:DIGEST", "repositories/NAME". x'2f' is "/", x'3a' is ":";
// the ranges are those of "tags/", "manifests/", "references/" and "repositories/".
//
// An existing record that is written again is an UPDATE, and changes no count. A blob's size is taken when it
// is first named: the blob's record comes before its references, in a transaction and in a list.
const char* const RepositoryIndex::layout = R"(
    CREATE TABLE repositories(name BLOB PRIMARY KEY, recorded INTEGER NOT NULL DEFAULT 0, tags INTEGER NOT NULL DEFAULT 0,
                              manifests INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE TABLE uses(digest BLOB, repository BLOB, manifests INTEGER NOT NULL, size INTEGER NOT NULL,
                      PRIMARY KEY(digest, repository)) WITHOUT ROWID;
    CREATE TABLE totals(repositories INTEGER NOT NULL, bytes INTEGER NOT NULL);
    INSERT INTO totals VALUES(0, 0);

    CREATE INDEX tags_by_time ON records(substr(key, 6, instr(substr(key, 6), x'3a') - 1), modified DESC, key)
        WHERE key >= x'746167732f' AND key < x'7461677330';

    CREATE TRIGGER tag_came AFTER INSERT ON records WHEN NEW.key >= x'746167732f' AND NEW.key < x'7461677330' BEGIN
        INSERT INTO repositories(name, tags) VALUES(substr(NEW.key, 6, instr(substr(NEW.key, 6), x'3a') - 1), 1)
            ON CONFLICT(name) DO UPDATE SET tags = tags + 1;
    END;
    CREATE TRIGGER tag_went AFTER DELETE ON records WHEN OLD.key >= x'746167732f' AND OLD.key < x'7461677330' BEGIN
        UPDATE repositories SET tags = tags - 1 WHERE name = substr(OLD.key, 6, instr(substr(OLD.key, 6), x'3a') - 1);
    END;

    CREATE TRIGGER manifest_came AFTER INSERT ON records
        WHEN NEW.key >= x'6d616e6966657374732f' AND NEW.key < x'6d616e69666573747330' BEGIN
        INSERT INTO repositories(name, manifests)
            VALUES(substr(NEW.key, 11, instr(substr(NEW.key, 11), x'3a') - 1), 1)
            ON CONFLICT(name) DO UPDATE SET manifests = manifests + 1;
    END;
    CREATE TRIGGER manifest_went AFTER DELETE ON records
        WHEN OLD.key >= x'6d616e6966657374732f' AND OLD.key < x'6d616e69666573747330' BEGIN
        UPDATE repositories SET manifests = manifests - 1
            WHERE name = substr(OLD.key, 11, instr(substr(OLD.key, 11), x'3a') - 1);
    END;

    CREATE TRIGGER repository_came AFTER INSERT ON records
        WHEN NEW.key >= x'7265706f7369746f726965732f' AND NEW.key < x'7265706f7369746f7269657330' BEGIN
        INSERT INTO repositories(name, recorded) VALUES(substr(NEW.key, 14), 1)
            ON CONFLICT(name) DO UPDATE SET recorded = 1;
        UPDATE totals SET repositories = repositories + 1;
    END;
    CREATE TRIGGER repository_went AFTER DELETE ON records
        WHEN OLD.key >= x'7265706f7369746f726965732f' AND OLD.key < x'7265706f7369746f7269657330' BEGIN
        UPDATE repositories SET recorded = 0 WHERE name = substr(OLD.key, 14);
        DELETE FROM repositories WHERE name = substr(OLD.key, 14) AND tags = 0 AND manifests = 0 AND bytes = 0;
        UPDATE totals SET repositories = repositories - 1;
    END;

    CREATE TRIGGER reference_came AFTER INSERT ON records
        WHEN NEW.key >= x'7265666572656e6365732f' AND NEW.key < x'7265666572656e63657330' BEGIN
        INSERT INTO uses(digest, repository, manifests, size)
            SELECT digest, substr(rest, 1, instr(rest, x'3a') - 1), 1, COALESCE(
                (SELECT CASE WHEN json_valid(CAST(value AS TEXT)) THEN json_extract(CAST(value AS TEXT), '$.size') END
                 FROM records WHERE key = CAST('blobs/' || digest AS BLOB)), 0)
            FROM (SELECT substr(tail, 1, instr(tail, x'2f') - 1) AS digest, substr(tail, instr(tail, x'2f') + 1) AS rest
                  FROM (SELECT substr(NEW.key, 12) AS tail)) WHERE true
            ON CONFLICT(digest, repository) DO UPDATE SET manifests = manifests + 1;
    END;
    CREATE TRIGGER reference_went AFTER DELETE ON records
        WHEN OLD.key >= x'7265666572656e6365732f' AND OLD.key < x'7265666572656e63657330' BEGIN
        UPDATE uses SET manifests = manifests - 1 WHERE (digest, repository) IN
            (SELECT digest, substr(rest, 1, instr(rest, x'3a') - 1)
             FROM (SELECT substr(tail, 1, instr(tail, x'2f') - 1) AS digest, substr(tail, instr(tail, x'2f') + 1) AS rest
                   FROM (SELECT substr(OLD.key, 12) AS tail)));
    END;
    CREATE TRIGGER use_ended AFTER UPDATE OF manifests ON uses WHEN NEW.manifests = 0 BEGIN
        DELETE FROM uses WHERE digest = NEW.digest AND repository = NEW.repository;
    END;
    CREATE TRIGGER use_came AFTER INSERT ON uses BEGIN
        INSERT INTO repositories(name, bytes) VALUES(NEW.repository, NEW.size)
            ON CONFLICT(name) DO UPDATE SET bytes = bytes + NEW.size;
        UPDATE totals SET bytes = bytes + NEW.size
            WHERE NOT EXISTS(SELECT 1 FROM uses WHERE digest = NEW.digest AND repository <> NEW.repository);
    END;
    CREATE TRIGGER use_went AFTER DELETE ON uses BEGIN
        UPDATE repositories SET bytes = bytes - OLD.size WHERE name = OLD.repository;
        UPDATE totals SET bytes = bytes - OLD.size WHERE NOT EXISTS(SELECT 1 FROM uses WHERE digest = OLD.digest);
    END;
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
    const std::array<std::pair<sqlite::Statement*, std::string>, 6> statements = {{
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
