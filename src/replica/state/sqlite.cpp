// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/sqlite.h"

#include <sqlite3.h>

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace pilothouse::state::sqlite {

namespace {

ErrorCode codeOf(int result) {
    switch (result & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH:
        return ErrorCode::corrupt;
    case SQLITE_FULL:
        return ErrorCode::exhausted;
    default:
        return ErrorCode::internal;
    }
}

// Notes in `damage`, if there is one, when the file is.
tl::unexpected<Error> failureOf(sqlite3* database, int result, bool* damage) {
    if (damage != nullptr && codeOf(result) == ErrorCode::corrupt) {
        *damage = true;
    }
    const char* text = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(result);
    return fail(codeOf(result), std::string("the read model's database failed: ") + text);
}

// SQLite gives a file that it makes the permissions of the process's umask: make it first. The -wal and -shm
// files then get the permissions of this one.
Status makePrivate(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const std::error_code error(errno, std::generic_category());
        return fail(ErrorCode::internal, "cannot open " + file.string() + ": " + error.message());
    }
    ::close(descriptor);
    return {};
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int parameter, std::string_view text) {
    // A null pointer would bind NULL, which an empty string is not.
    const char* bytes = text.data() != nullptr ? text.data() : "";
    sqlite3_bind_blob64(m_statement.get(), parameter, bytes, text.size(),
                        SQLITE_TRANSIENT); // NOLINT: C cast inside
    return *this;
}

Statement& Statement::bind(int parameter, std::int64_t number) {
    sqlite3_bind_int64(m_statement.get(), parameter, number);
    return *this;
}

Result<bool> Statement::step() {
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW) {
        return true;
    }
    if (result == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    auto error = failureOf(sqlite3_db_handle(m_statement.get()), result, m_damage);
    sqlite3_reset(m_statement.get());
    return error;
}

Status Statement::run() {
    for (;;) {
        const Result<bool> row = step();
        if (!row) {
            return fail(row.error());
        }
        if (!*row) {
            return {};
        }
    }
}

int Statement::changed() const {
    return sqlite3_changes(sqlite3_db_handle(m_statement.get()));
}

void Statement::reset() {
    sqlite3_reset(m_statement.get());
}

std::string Statement::text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes != nullptr ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

tl::unexpected<Error> Database::failure(int result) {
    return failureOf(m_database.get(), result, m_damage.get());
}

Result<Database> Database::open(const std::filesystem::path& file) {
    if (const Status made = makePrivate(file); !made) {
        return fail(made.error());
    }
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int result = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    Database database(handle); // also a failed open gives a handle to close
    if (result != SQLITE_OK) {
        return database.failure(result);
    }
    // One process owns the file: an exclusive lock keeps the WAL's index in memory and others out. A busy
    // registry writes the same pages again and again: few checkpoints, each of 16 MiB, write them once. Keys
    // begin with digests, so each change is about ten pages anywhere in the file; a larger cache gains
    // nothing, as its end of a transaction takes longer.
    if (const Status set = database.execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
                                            "PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
                                            "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=4000");
        !set) {
        return fail(set.error());
    }
    return database;
}

Status Database::execute(const std::string& sql) {
    const int result = sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) {
        return failure(result);
    }
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(m_database.get(), sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK) {
        return failure(result);
    }
    return Statement(statement, m_damage.get());
}

Result<Transaction> Transaction::begin(Database& database) {
    if (const Status begun = database.execute("BEGIN IMMEDIATE"); !begun) {
        return fail(begun.error());
    }
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : m_database(other.m_database) {
    other.m_database = nullptr;
}

Transaction::~Transaction() {
    if (m_database != nullptr) {
        // Nothing can be done about a failure here: closing the file drops the transaction as well.
        static_cast<void>(m_database->execute("ROLLBACK"));
    }
}

Status Transaction::commit() {
    if (Status done = m_database->execute("COMMIT"); !done) {
        return done;
    }
    m_database = nullptr;
    return {};
}

} // namespace pilothouse::state::sqlite
