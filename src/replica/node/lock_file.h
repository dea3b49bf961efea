// SPDX-License-Identifier: GPL-3.0-or-later
// Makes sure that one process at a time works on a data folder, and tells other programs which one it is.
#pragma once

#include "base/result.h"

#include <filesystem>

namespace pilothouse::node {

// Holds the lock from acquire() to destruction. The file holds "<pid> <start time>" (clock ticks since boot,
// as in proc(5)), so that a reader can tell a running process from a reused pid.
class LockFile {
public:
    // ErrorCode::conflict names the process that holds it.
    [[nodiscard]] static Result<LockFile> acquire(const std::filesystem::path& path);

    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&&) = delete;
    ~LockFile();

private:
    explicit LockFile(int file) : m_file(file) {}
    int m_file;
};

} // namespace pilothouse::node
