// SPDX-License-Identifier: GPL-3.0-or-later
// The read model on disk: every record of the state at one revision, in SQLite.
//
// It is a copy of what the engine holds and needs no durability: a missing, damaged or foreign file is
// replaced by an empty one. Blocking; one thread at a time (ReadModel's worker).
#pragma once

#include "api/admin.h"
#include "base/ids.h"
#include "base/result.h"
#include "replica/engine/engine.h"
#include "replica/state/repository_index.h"
#include "replica/state/sqlite.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::state {

// What a projection is a copy of. Another cluster's or epoch's file is never used.
struct ProjectionKey {
    ClusterId cluster;
    Epoch epoch;
};

class Projection {
public:
    // Opens `file`, or replaces it when it cannot be used: then `*replaced` says why (empty: it was missing
    // or is fine). Fails only when no file can be made there at all.
    [[nodiscard]] static Result<std::unique_ptr<Projection>>
    open(const std::filesystem::path& file, const ProjectionKey& key, std::string* replaced = nullptr);
    // An empty one, whatever is there.
    [[nodiscard]] static Result<std::unique_ptr<Projection>> create(const std::filesystem::path& file,
                                                                    const ProjectionKey& key);
    // Deletes the file and what SQLite keeps beside it.
    [[nodiscard]] static Status remove(const std::filesystem::path& file);

    // Every change up to it is in; 0 when nothing was ever applied.
    [[nodiscard]] Revision applied() const { return m_applied; }

    // Applies all changes of a batch, or none. Batches at or below applied() change nothing.
    // ErrorCode::conflict while the projection was never completed: changes to nothing would look like the
    // whole.
    [[nodiscard]] Status apply(const engine::WatchBatch& batch);
    // Adds entries of a list while building anew; markComplete() then makes `revision` the applied one.
    [[nodiscard]] Status add(const std::vector<engine::Entry>& entries);
    [[nodiscard]] Status markComplete(Revision revision);

    // Runs what only reads in one transaction, rather than in one for each statement: SQLite would go through
    // the whole of its cache at the end of many of them.
    [[nodiscard]] Status readAtOnce(const std::function<Status(Projection&)>& query);
    [[nodiscard]] Result<std::optional<engine::Entry>> record(const std::string& key);
    // Records whose keys begin with `prefix` and sort after `after` ("" for the first page), in key order.
    [[nodiscard]] Result<std::vector<engine::Entry>> records(const std::string& prefix,
                                                             const std::string& after, std::int64_t limit);

    // The keys alone.
    [[nodiscard]] Result<std::vector<std::string>> keys(const std::string& prefix, const std::string& after,
                                                        std::int64_t limit);
    // Tags (registry_records.h) whose keys begin with `prefix` and that name the manifest `digest`.
    [[nodiscard]] Result<std::vector<engine::Entry>>
    tagsNaming(const std::string& prefix, const std::string& digest, std::int64_t limit);

    // Events of revisions above `after`, oldest first; events of one revision are never torn apart, so a page
    // may be somewhat longer than `limit` (at least 1).
    [[nodiscard]] Result<api::EventPage> eventsAfter(Revision after, std::int64_t limit);
    // Events of revisions below `before` (0: the newest), newest first.
    [[nodiscard]] Result<api::EventPage> eventsBefore(Revision before, std::int64_t limit);
    // Keys of the oldest events beyond the newest `keep`, oldest first, at most `limit`.
    [[nodiscard]] Result<std::vector<std::string>> eventsBeyond(std::int64_t keep, std::int64_t limit);

    // Whether the file is damaged, rather than what the engine has in it.
    [[nodiscard]] bool isDamaged() const { return m_database.isDamaged(); }

    // Counts and orders of what the registry has.
    [[nodiscard]] RepositoryIndex& repositories() { return m_repositories; }

private:
    explicit Projection(sqlite::Database database) : m_database(std::move(database)) {}
    [[nodiscard]] Status prepareStatements();
    [[nodiscard]] Status makeLayout(const ProjectionKey& key);
    [[nodiscard]] Result<bool> matches(const ProjectionKey& key);
    [[nodiscard]] Result<std::string> meta(const std::string& name);
    [[nodiscard]] Status setMeta(const std::string& name, const std::string& value);
    // Within a transaction, and between the index's begin() and finish().
    [[nodiscard]] Status put(const engine::Entry& entry);
    [[nodiscard]] Status erase(const std::string& key);
    [[nodiscard]] Result<api::EventPage> page(sqlite::Statement& statement, Revision from,
                                              std::int64_t limit);

    sqlite::Database m_database; // before the statements: it goes last
    sqlite::Statement m_beginReading;
    sqlite::Statement m_endReading;
    sqlite::Statement m_insert;
    sqlite::Statement m_update;
    sqlite::Statement m_delete;
    sqlite::Statement m_get;
    sqlite::Statement m_list;
    sqlite::Statement m_listKeys;
    sqlite::Statement m_tagsNaming;
    sqlite::Statement m_getMeta;
    sqlite::Statement m_setMeta;
    sqlite::Statement m_eventsAfter;
    sqlite::Statement m_eventsBefore;
    sqlite::Statement m_eventsBeyond;
    RepositoryIndex m_repositories;
    Revision m_applied;
};

} // namespace pilothouse::state
