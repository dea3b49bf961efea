// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite with errors as values. One connection belongs to one thread at a time; calls block on the disk.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace pilothouse::state::sqlite {

// A prepared statement. Parameters count from 1, columns from 0. Must not outlive its Database.
class Statement {
public:
    Statement() = default; // does nothing; step() fails

    Statement& bind(int parameter, std::string_view text); // as a BLOB: bytes compare as the engine's keys do
    Statement& bind(int parameter, std::int64_t number);

    // One row further: true when there is one. After false or an error the statement is reset.
    [[nodiscard]] Result<bool> step();
    // Runs it to its end.
    [[nodiscard]] Status run();
    // How many rows the last insert, update or delete of its database changed: ask at once after run().
    [[nodiscard]] int changed() const;
    // Ready for new parameters.
    void reset();

    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(sqlite3_stmt* statement, bool* damage) : m_statement(statement), m_damage(damage) {}

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    bool* m_damage = nullptr; // the database's
};

class Database {
public:
    // Opens or makes the file with permissions 0600, in WAL mode without syncing: for what can be thrown
    // away. ErrorCode::corrupt when it is no database or a damaged one.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file);

    // Runs statements separated by semicolons that give no rows.
    [[nodiscard]] Status execute(const std::string& sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    // Whether SQLite met a page that it could not make sense of.
    [[nodiscard]] bool isDamaged() const { return *m_damage; }

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    explicit Database(sqlite3* database) : m_database(database) {}
    [[nodiscard]] tl::unexpected<Error> failure(int result);

    std::unique_ptr<bool> m_damage = std::make_unique<bool>(false); // stays where it is for the statements
    std::unique_ptr<sqlite3, Close> m_database;
};

// Begins a transaction; rolls it back when it goes without commit().
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    [[nodiscard]] Status commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database; // nullptr: over
};

} // namespace pilothouse::state::sqlite
