// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pilothouse::history {
namespace {

constexpr std::int64_t format = 1; // of the tables; PRAGMA user_version
constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t hourMs = 60 * minuteMs;
constexpr std::int64_t dayMs = 24 * hourMs;

constexpr const char* tables = R"(
CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, replica TEXT NOT NULL,
                                   UNIQUE (cluster, replica));
CREATE TABLE IF NOT EXISTS sample (series INTEGER NOT NULL, at INTEGER NOT NULL, writes REAL, answer REAL,
                                   spare INTEGER, PRIMARY KEY (series, at)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS thinned (tier TEXT PRIMARY KEY, before INTEGER NOT NULL) WITHOUT ROWID;
)";

std::int64_t toMs(WallTime time) {
    return std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count();
}

ErrorCode codeOf(int result) {
    switch (result & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::corrupt;
    case SQLITE_FULL:
        return ErrorCode::exhausted;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::unavailable;
    default:
        return ErrorCode::internal;
    }
}

// Before SQLite makes it: it would be readable by everybody.
Status makeFile(const std::string& file) {
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made < 0) {
        return fail(ErrorCode::internal, "cannot open " + file + ": " + std::strerror(errno));
    }
    const bool narrowed = ::fchmod(made, S_IRUSR | S_IWUSR) == 0;
    ::close(made);
    return narrowed ? Status() : fail(ErrorCode::internal, "cannot make " + file + " private");
}

} // namespace

class Database::Statement {
public:
    Statement(sqlite3* handle, const char* sql) {
        sqlite3_prepare_v2(handle, sql, -1, &m_statement, nullptr); // a null statement fails to step
    }
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    void bind(int at, std::int64_t value) { sqlite3_bind_int64(m_statement, at, value); }
    void bind(int at, const std::string& value) {
        sqlite3_bind_text(m_statement, at, value.c_str(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
    }
    void bind(int at, const std::optional<double>& value) {
        value ? sqlite3_bind_double(m_statement, at, *value) : sqlite3_bind_null(m_statement, at);
    }
    void bind(int at, const std::optional<int>& value) {
        value ? sqlite3_bind_int(m_statement, at, *value) : sqlite3_bind_null(m_statement, at);
    }
    // SQLITE_ROW, SQLITE_DONE or what went wrong.
    [[nodiscard]] int step() { return m_statement == nullptr ? SQLITE_ERROR : sqlite3_step(m_statement); }
    void reset() { sqlite3_reset(m_statement); }

    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(m_statement, column); }
    [[nodiscard]] std::string text(int column) const {
        const auto* bytes = sqlite3_column_text(m_statement, column);
        return bytes == nullptr ? std::string() : reinterpret_cast<const char*>(bytes);
    }
    [[nodiscard]] std::optional<double> real(int column) const {
        return has(column) ? std::optional(sqlite3_column_double(m_statement, column)) : std::nullopt;
    }
    [[nodiscard]] std::optional<int> small(int column) const {
        return has(column) ? std::optional(sqlite3_column_int(m_statement, column)) : std::nullopt;
    }

private:
    [[nodiscard]] bool has(int column) const {
        return sqlite3_column_type(m_statement, column) != SQLITE_NULL;
    }
    sqlite3_stmt* m_statement = nullptr;
};

void Database::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

Error Database::failure() const {
    return {
        codeOf(sqlite3_extended_errcode(m_handle.get())), m_file + ": " + sqlite3_errmsg(m_handle.get()), {}};
}

Status Database::run(const char* sql) {
    return sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK ? Status()
                                                                                     : fail(failure());
}

Status Database::inTransaction(const std::function<Status()>& work) {
    Status done = run("BEGIN IMMEDIATE");
    if (done) {
        done = work();
        if (done) {
            done = run("COMMIT");
        }
        if (!done && sqlite3_get_autocommit(m_handle.get()) == 0) {
            (void)run("ROLLBACK"); // SQLite has done it already after a full disk
        }
    }
    return done;
}

Result<std::int64_t> Database::number(const char* sql) {
    Statement statement(m_handle.get(), sql);
    const int result = statement.step();
    if (result == SQLITE_ROW) {
        return statement.integer(0);
    }
    return result == SQLITE_DONE ? Result<std::int64_t>(0) : fail(failure());
}

Result<Database> Database::open(const std::string& file, Access access) {
    if (access == Access::write) {
        if (auto made = makeFile(file); !made) {
            return fail(made.error());
        }
    }
    sqlite3* raw = nullptr;
    const int flags = access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const int result = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(file, std::unique_ptr<sqlite3, Close>(raw));
    if (result != SQLITE_OK) {
        return raw == nullptr ? fail(ErrorCode::exhausted, file + ": no memory left")
                              : fail(database.failure());
    }
    sqlite3_busy_timeout(raw, 1000);
    const auto version = database.number("PRAGMA user_version");
    if (!version) {
        return fail(version.error());
    }
    if (*version > format) {
        return fail(ErrorCode::conflict, file + " was written by a newer Pilothouse");
    }
    if (access == Access::write) {
        if (auto prepared = database.prepareFile(); !prepared) {
            return fail(prepared.error());
        }
    }
    return database;
}

Status Database::prepareFile() {
    Statement check(m_handle.get(), "PRAGMA quick_check(1)");
    if (check.step() != SQLITE_ROW) {
        return fail(failure());
    }
    if (check.text(0) != "ok") {
        return fail(ErrorCode::corrupt, m_file + ": " + check.text(0));
    }
    check.reset();
    for (const char* sql : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL"}) {
        if (auto done = run(sql); !done) {
            return done;
        }
    }
    return inTransaction([this] {
        auto made = run(tables);
        return made ? run("PRAGMA user_version = 1") : made;
    });
}

Status Database::addOne(Statement& series, Statement& sample, const Sample& value) {
    series.bind(1, value.cluster);
    series.bind(2, value.replica);
    const bool named = series.step() == SQLITE_DONE;
    series.reset();
    sample.bind(1, value.cluster);
    sample.bind(2, value.replica);
    sample.bind(3, toMs(value.at));
    sample.bind(4, value.writesPerSecond);
    sample.bind(5, value.answerMs);
    sample.bind(6, value.spareVotes);
    const bool kept = named && sample.step() == SQLITE_DONE;
    Status done = kept ? Status() : fail(failure());
    sample.reset();
    return done;
}

Status Database::add(const std::vector<Sample>& samples) {
    return inTransaction([&]() -> Status {
        Statement series(m_handle.get(), "INSERT OR IGNORE INTO series (cluster, replica) VALUES (?, ?)");
        Statement sample(m_handle.get(),
                         "INSERT OR REPLACE INTO sample SELECT id, ?3, ?4, ?5, ?6 FROM series "
                         "WHERE cluster = ?1 AND replica = ?2");
        for (const Sample& value : samples) {
            if (auto added = addOne(series, sample, value); !added) {
                return added;
            }
        }
        return {};
    });
}

Result<std::vector<Sample>> Database::since(const std::string& cluster, WallTime from) {
    Statement statement(m_handle.get(),
                        "SELECT replica, at, writes, answer, spare FROM series JOIN sample "
                        "ON sample.series = series.id WHERE cluster = ? AND at >= ? ORDER BY at");
    statement.bind(1, cluster);
    statement.bind(2, toMs(from));
    std::vector<Sample> samples;
    for (;;) {
        const int result = statement.step();
        if (result != SQLITE_ROW) {
            return result == SQLITE_DONE ? Result<std::vector<Sample>>(std::move(samples)) : fail(failure());
        }
        samples.push_back({cluster, statement.text(0), WallTime(Milliseconds(statement.integer(1))),
                           statement.real(2), statement.real(3), statement.small(4)});
    }
}

Status Database::thin(WallTime now) {
    const std::int64_t at = toMs(now);
    return inTransaction([&]() -> Status {
        if (auto done = thinTo("minute", minuteMs, at - dayMs); !done) {
            return done;
        }
        if (auto done = thinTo("hour", hourMs, at - 30 * dayMs); !done) {
            return done;
        }
        Statement drop(m_handle.get(), "DELETE FROM sample WHERE at < ?");
        drop.bind(1, at - 400 * dayMs);
        return drop.step() == SQLITE_DONE ? Status() : fail(failure());
    });
}

// One sample for each step of what has become older than `before` since the last time.
Status Database::thinTo(const char* tier, std::int64_t stepMs, std::int64_t before) {
    before -= before % stepMs;
    Statement last(m_handle.get(), "SELECT before FROM thinned WHERE tier = ?");
    last.bind(1, std::string(tier));
    const int found = last.step();
    const std::int64_t from = found == SQLITE_ROW ? last.integer(0) : 0;
    last.reset();
    if (found != SQLITE_ROW && found != SQLITE_DONE) {
        return fail(failure());
    }
    if (before <= from) {
        return {};
    }
    constexpr const char* steps[] = {
        "INSERT INTO temp.merged SELECT series, at / ?3 * ?3, avg(writes), max(answer), min(spare) FROM "
        "sample "
        "WHERE at >= ?1 AND at < ?2 GROUP BY series, at / ?3",
        "DELETE FROM sample WHERE at >= ?1 AND at < ?2",
        "INSERT OR REPLACE INTO sample SELECT * FROM temp.merged",
    };
    if (auto made = run("CREATE TEMP TABLE IF NOT EXISTS merged (series, at, writes, answer, spare)");
        !made) {
        return made;
    }
    for (const char* sql : steps) {
        Statement step(m_handle.get(), sql);
        step.bind(1, from);
        step.bind(2, before);
        step.bind(3, stepMs);
        if (step.step() != SQLITE_DONE) {
            return fail(failure());
        }
    }
    if (auto emptied = run("DELETE FROM temp.merged"); !emptied) {
        return emptied;
    }
    Statement keep(m_handle.get(), "INSERT OR REPLACE INTO thinned VALUES (?, ?)");
    keep.bind(1, std::string(tier));
    keep.bind(2, before);
    return keep.step() == SQLITE_DONE ? Status() : fail(failure());
}

} // namespace pilothouse::history
