// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/projection.h"

#include "replica/state/keys.h"
#include "replica/state/record_row.h"
#include "replica/state/records.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>

namespace pilothouse::state {

namespace {

// Changes with the tables: a file with another number is thrown away.
constexpr const char* layoutVersion = "4";

// x'6576656e74732f' is "events/", x'6576656e747330' the end of that prefix; x'746167732f' and x'7461677330'
// are those of "tags/". Each index knows only these.
constexpr const char* layout = R"(
    CREATE TABLE meta(name BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE records(key BLOB PRIMARY KEY, value BLOB NOT NULL, created INTEGER NOT NULL,
                         modified INTEGER NOT NULL, version INTEGER NOT NULL, lease INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX event_order ON records(modified, key) WHERE key >= x'6576656e74732f' AND key < x'6576656e747330';
    CREATE INDEX tags_by_digest ON records(
        CASE WHEN json_valid(CAST(value AS TEXT)) THEN json_extract(CAST(value AS TEXT), '$.digest') END, key)
        WHERE key >= x'746167732f' AND key < x'7461677330';
)";
constexpr const char* selectEvents = "SELECT modified, key, value FROM records INDEXED BY event_order "
                                     "WHERE key >= x'6576656e74732f' AND key < x'6576656e747330' AND ";

// The smallest key that begins with `prefix` and sorts after `after`. One bound: of two SQLite would seek to
// the first and look through all up to the other.
std::string firstKey(const std::string& prefix, const std::string& after) {
    return after < prefix ? prefix : after + '\0';
}

} // namespace

Status Projection::remove(const std::filesystem::path& file) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::error_code error;
        std::filesystem::remove(file.string() + suffix, error);
        if (error) {
            return fail(ErrorCode::internal,
                        "cannot delete " + file.string() + suffix + ": " + error.message());
        }
    }
    return {};
}

Result<std::unique_ptr<Projection>> Projection::create(const std::filesystem::path& file,
                                                       const ProjectionKey& key) {
    if (const Status removed = remove(file); !removed) {
        return fail(removed.error());
    }
    Result<sqlite::Database> database = sqlite::Database::open(file);
    if (!database) {
        return fail(database.error());
    }
    std::unique_ptr<Projection> projection(new Projection(std::move(*database)));
    if (const Status made = projection->makeLayout(key); !made) {
        return fail(made.error());
    }
    return projection;
}

Result<std::unique_ptr<Projection>> Projection::open(const std::filesystem::path& file,
                                                     const ProjectionKey& key, std::string* replaced) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return create(file, key);
    }
    std::string why;
    Result<sqlite::Database> database = sqlite::Database::open(file);
    if (database) {
        std::unique_ptr<Projection> projection(new Projection(std::move(*database)));
        const Result<bool> usable = projection->matches(key);
        if (usable && *usable) {
            return projection;
        }
        why = usable ? "it belongs to another cluster, epoch or version" : usable.error().message;
    } else {
        why = database.error().message;
    }
    if (replaced != nullptr) {
        *replaced = why;
    }
    return create(file, key);
}

Status Projection::makeLayout(const ProjectionKey& key) {
    for (const char* part : {layout, RepositoryIndex::layout}) {
        if (Status made = m_database.execute(part); !made) {
            return made;
        }
    }
    if (Status prepared = prepareStatements(); !prepared) {
        return prepared;
    }
    const std::array<std::pair<const char*, std::string>, 4> values = {
        {{"layout", layoutVersion},
         {"cluster", key.cluster.str()},
         {"epoch", std::to_string(key.epoch.value())},
         {"applied", "0"}}};
    for (const auto& [name, value] : values) {
        if (Status set = setMeta(name, value); !set) {
            return set;
        }
    }
    return {};
}

Status Projection::prepareStatements() {
    const std::string events = selectEvents;
    const std::array<std::pair<sqlite::Statement*, std::string>, 14> statements = {{
        {&m_beginReading, "BEGIN"},
        {&m_endReading, "COMMIT"},
        {&m_insert, "INSERT INTO records VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(key) DO NOTHING"},
        {&m_update, "UPDATE records SET value = ?2, created = ?3, modified = ?4, version = ?5, lease = ?6 "
                    "WHERE key = ?1"},
        {&m_delete, "DELETE FROM records WHERE key = ?"},
        {&m_get, "SELECT * FROM records WHERE key = ?"},
        {&m_list, "SELECT * FROM records WHERE key >= ? ORDER BY key LIMIT ?"},
        {&m_listKeys, "SELECT key FROM records WHERE key >= ? ORDER BY key LIMIT ?"},
        // The plus takes the type from the parameter: with one SQLite would not use the index.
        {&m_tagsNaming,
         "SELECT * FROM records INDEXED BY tags_by_digest WHERE CASE WHEN json_valid(CAST(value AS TEXT)) "
         "THEN json_extract(CAST(value AS TEXT), '$.digest') END = +CAST(? AS TEXT) AND key >= x'746167732f' "
         "AND key < x'7461677330' AND key >= ? AND key < ? ORDER BY key LIMIT ?"},
        {&m_getMeta, "SELECT value FROM meta WHERE name = ?"},
        {&m_setMeta, "INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"},
        {&m_eventsAfter, events + "modified > ? ORDER BY modified, key"},
        {&m_eventsBefore, events + "modified < ? ORDER BY modified DESC, key DESC"},
        {&m_eventsBeyond,
         events + "(modified, key) <= (SELECT modified, key FROM records INDEXED BY event_order WHERE "
                  "key >= x'6576656e74732f' AND key < x'6576656e747330' "
                  "ORDER BY modified DESC, key DESC LIMIT 1 OFFSET ?) ORDER BY modified, key LIMIT ?"},
    }};
    for (const auto& [statement, sql] : statements) {
        Result<sqlite::Statement> prepared = m_database.prepare(sql);
        if (!prepared) {
            return fail(prepared.error());
        }
        *statement = std::move(*prepared);
    }
    return m_repositories.prepare(m_database);
}

Result<bool> Projection::matches(const ProjectionKey& key) {
    // A damaged page would otherwise be met much later, in the middle of an answer.
    Result<sqlite::Statement> check = m_database.prepare("PRAGMA quick_check(1)");
    const Result<bool> checked = check ? check->step() : fail(check.error());
    if (!checked || check->text(0) != "ok") {
        return fail(ErrorCode::corrupt,
                    checked ? "it is damaged: " + check->text(0) : checked.error().message);
    }
    check->reset();
    if (const Status prepared = prepareStatements(); !prepared) {
        return fail(prepared.error());
    }
    const Result<std::string> storedLayout = meta("layout");
    const Result<std::string> cluster = meta("cluster");
    const Result<std::string> epoch = meta("epoch");
    const Result<std::string> applied = meta("applied");
    if (!storedLayout || !cluster || !epoch || !applied) {
        return false;
    }
    std::int64_t revision = 0;
    const auto parsed = std::from_chars(applied->data(), applied->data() + applied->size(), revision);
    m_applied = Revision(revision);
    return parsed.ec == std::errc() && *storedLayout == layoutVersion && *cluster == key.cluster.str() &&
           *epoch == std::to_string(key.epoch.value());
}

Result<std::string> Projection::meta(const std::string& name) {
    const Result<bool> row = m_getMeta.bind(1, name).step();
    if (!row || !*row) {
        return row ? fail(ErrorCode::notFound, "no " + name) : fail(row.error());
    }
    std::string value = m_getMeta.text(0);
    m_getMeta.reset();
    return value;
}

Status Projection::setMeta(const std::string& name, const std::string& value) {
    return m_setMeta.bind(1, name).bind(2, value).run();
}

Status Projection::put(const engine::Entry& entry) {
    const auto with = [&entry](sqlite::Statement& statement) {
        return statement.bind(1, entry.key)
            .bind(2, entry.value)
            .bind(3, entry.created.value())
            .bind(4, entry.modified.value())
            .bind(5, entry.version)
            .bind(6, entry.lease)
            .run();
    };
    if (Status inserted = with(m_insert); !inserted) {
        return inserted;
    }
    return m_insert.changed() > 0 ? m_repositories.came(entry.key) : with(m_update);
}

Status Projection::erase(const std::string& key) {
    Status erased = m_delete.bind(1, key).run();
    return erased && m_delete.changed() > 0 ? m_repositories.went(key) : erased;
}

Status Projection::apply(const engine::WatchBatch& batch) {
    if (m_applied == Revision()) {
        return fail(ErrorCode::conflict,
                    "the read model is empty: it must be listed before changes are applied");
    }
    if (batch.revision <= m_applied) {
        return {};
    }
    Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(m_database);
    if (!transaction) {
        return fail(transaction.error());
    }
    m_repositories.begin();
    for (const engine::Change& change : batch.changes) {
        Status done = change.deleted ? erase(change.entry.key) : put(change.entry);
        if (!done) {
            return done;
        }
    }
    if (Status counted = m_repositories.finish(); !counted) {
        return counted;
    }
    if (Status set = setMeta("applied", std::to_string(batch.revision.value())); !set) {
        return set;
    }
    if (Status committed = transaction->commit(); !committed) {
        return committed;
    }
    m_applied = batch.revision;
    return {};
}

Status Projection::add(const std::vector<engine::Entry>& entries) {
    Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(m_database);
    if (!transaction) {
        return fail(transaction.error());
    }
    m_repositories.begin();
    for (const engine::Entry& entry : entries) {
        if (Status done = put(entry); !done) {
            return done;
        }
    }
    if (Status counted = m_repositories.finish(); !counted) {
        return counted;
    }
    return transaction->commit();
}

Status Projection::markComplete(Revision revision) {
    if (Status set = setMeta("applied", std::to_string(revision.value())); !set) {
        return set;
    }
    m_applied = revision;
    return {};
}

Status Projection::readAtOnce(const std::function<Status(Projection&)>& query) {
    if (Status begun = m_beginReading.run(); !begun) {
        return begun;
    }
    Status outcome = query(*this);
    const Status ended = m_endReading.run();
    if (!ended) {
        static_cast<void>(m_database.execute("ROLLBACK")); // the next one could not begin
    }
    return outcome && !ended ? ended : outcome;
}

Result<std::optional<engine::Entry>> Projection::record(const std::string& key) {
    const Result<bool> row = m_get.bind(1, key).step();
    if (!row) {
        return fail(row.error());
    }
    if (!*row) {
        return std::optional<engine::Entry>();
    }
    std::optional<engine::Entry> entry = detail::entryIn(m_get);
    m_get.reset();
    return entry;
}

Result<std::vector<std::string>> Projection::keys(const std::string& prefix, const std::string& after,
                                                  std::int64_t limit) {
    std::vector<std::string> keys;
    m_listKeys.bind(1, firstKey(prefix, after)).bind(2, limit);
    for (;;) {
        const Result<bool> row = m_listKeys.step();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return keys;
        }
        std::string key = m_listKeys.text(0);
        if (!key.starts_with(prefix)) {
            m_listKeys.reset();
            return keys;
        }
        keys.push_back(std::move(key));
    }
}

Result<std::vector<engine::Entry>> Projection::tagsNaming(const std::string& prefix,
                                                          const std::string& digest, std::int64_t limit) {
    std::vector<engine::Entry> entries;
    m_tagsNaming.bind(1, digest).bind(2, prefix).bind(3, engine::prefixEnd(prefix)).bind(4, limit);
    for (;;) {
        const Result<bool> row = m_tagsNaming.step();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return entries;
        }
        entries.push_back(detail::entryIn(m_tagsNaming));
    }
}

Result<std::vector<engine::Entry>> Projection::records(const std::string& prefix, const std::string& after,
                                                       std::int64_t limit) {
    std::vector<engine::Entry> entries;
    m_list.bind(1, firstKey(prefix, after)).bind(2, limit);
    for (;;) {
        const Result<bool> row = m_list.step();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return entries;
        }
        engine::Entry entry = detail::entryIn(m_list);
        if (!entry.key.starts_with(prefix)) {
            m_list.reset();
            return entries;
        }
        entries.push_back(std::move(entry));
    }
}

Result<api::EventPage> Projection::page(sqlite::Statement& statement, Revision from, std::int64_t limit) {
    api::EventPage page;
    statement.bind(1, from.value());
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return page;
        }
        const std::int64_t revision = statement.number(0);
        const bool full = static_cast<std::int64_t>(page.events.size()) >= limit;
        if (full && page.events.back().revision != revision) {
            statement.reset();
            page.more = true;
            return page;
        }
        page.events.push_back(readEvent(statement.text(2), revision));
    }
}

Result<api::EventPage> Projection::eventsAfter(Revision after, std::int64_t limit) {
    return page(m_eventsAfter, after, std::max<std::int64_t>(limit, 1));
}

Result<api::EventPage> Projection::eventsBefore(Revision before, std::int64_t limit) {
    const Revision newest(std::numeric_limits<std::int64_t>::max());
    return page(m_eventsBefore, before == Revision() ? newest : before, std::max<std::int64_t>(limit, 1));
}

Result<std::vector<std::string>> Projection::eventsBeyond(std::int64_t keep, std::int64_t limit) {
    std::vector<std::string> eventKeys;
    m_eventsBeyond.bind(1, keep).bind(2, limit);
    for (;;) {
        const Result<bool> row = m_eventsBeyond.step();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return eventKeys;
        }
        eventKeys.push_back(m_eventsBeyond.text(1));
    }
}

} // namespace pilothouse::state
