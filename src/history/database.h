// SPDX-License-Identifier: GPL-3.0-or-later
// The history's file: samples in SQLite. Blocking; used by one thread.
#pragma once

#include "history/history.h"

#include <functional>
#include <memory>
#include <string>

struct sqlite3;

namespace pilothouse::history {

enum class Access { write, read };

class Database {
public:
    // Opens `file`, and for writing makes and checks it. ErrorCode::corrupt: it is damaged, or something
    // else; ErrorCode::conflict: a newer program wrote it.
    [[nodiscard]] static Result<Database> open(const std::string& file, Access access);

    // All or nothing; a sample of the same series and moment is replaced.
    [[nodiscard]] Status add(const std::vector<Sample>& samples);
    [[nodiscard]] Result<std::vector<Sample>> since(const std::string& cluster, WallTime from);
    // Between two calls only what has grown old since the last one is touched.
    [[nodiscard]] Status thin(WallTime now);

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    Database(std::string file, std::unique_ptr<sqlite3, Close> handle)
        : m_file(std::move(file)), m_handle(std::move(handle)) {}
    class Statement;

    [[nodiscard]] Error failure() const;
    [[nodiscard]] Status run(const char* sql);
    [[nodiscard]] Status inTransaction(const std::function<Status()>& work);
    [[nodiscard]] Status prepareFile();
    [[nodiscard]] Result<std::int64_t> number(const char* sql);
    [[nodiscard]] Status addOne(Statement& series, Statement& sample, const Sample& value);
    [[nodiscard]] Status thinTo(const char* tier, std::int64_t stepMs, std::int64_t before);

    std::string m_file;
    std::unique_ptr<sqlite3, Close> m_handle;
};

} // namespace pilothouse::history
