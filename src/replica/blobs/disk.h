// SPDX-License-Identifier: GPL-3.0-or-later
// What the blob store asks of a file system, so that a test can take its power away.
//
// What was written lasts once its file was synced; a name lasts once its folder was. Blocking; thread-safe,
// one thread at a time for each file, except that any number may read, of what was appended before.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::blobs {

// Closed when it goes; its name stays.
class File {
public:
    virtual ~File() = default;

    // At the end. ErrorCode::exhausted when the disk is full: some of it may have been written.
    [[nodiscard]] virtual Status append(std::string_view bytes) = 0;
    // Everything that was appended lasts after this.
    [[nodiscard]] virtual Status sync() = 0;
    // Some bytes from `offset` on; 0 at the end.
    [[nodiscard]] virtual Result<std::size_t> readAt(std::uint64_t offset, std::span<char> into) = 0;
    // The same as far as that need not wait for the disk; 0 also when it would have to, or may have to.
    // Does not block.
    [[nodiscard]] virtual std::size_t readCached(std::uint64_t offset, std::span<char> into) = 0;
    [[nodiscard]] virtual Result<std::uint64_t> size() = 0;
};

struct FolderEntry {
    std::string name;
    bool folder = false;
};

class Disk {
public:
    virtual ~Disk() = default;

    // A new file for writing and reading, mode 0600. ErrorCode::conflict when there is one.
    [[nodiscard]] virtual Result<std::unique_ptr<File>> create(const std::filesystem::path& path) = 0;
    // For reading. ErrorCode::notFound when there is none.
    [[nodiscard]] virtual Result<std::unique_ptr<File>> open(const std::filesystem::path& path) = 0;
    // The same as far as that need not wait for the disk; null also when it would have to, or may have to.
    // Does not block.
    [[nodiscard]] virtual std::unique_ptr<File> openCached(const std::filesystem::path& path) = 0;
    // A folder, mode 0700, whose parent is there; its name lasts once the parent was synced. One that is
    // there is fine.
    [[nodiscard]] virtual Status makeFolder(const std::filesystem::path& path) = 0;
    // Within one file system; replaces what is at `to`. The new name lasts once its folder was synced.
    [[nodiscard]] virtual Status rename(const std::filesystem::path& from,
                                        const std::filesystem::path& to) = 0;
    // Names made, renamed and removed in the folder last after this.
    [[nodiscard]] virtual Status syncFolder(const std::filesystem::path& path) = 0;
    // One that is gone already is fine.
    [[nodiscard]] virtual Status remove(const std::filesystem::path& path) = 0;
    // In no order. ErrorCode::notFound when there is no such folder.
    [[nodiscard]] virtual Result<std::vector<FolderEntry>> list(const std::filesystem::path& path) = 0;
    // What this user may still write where `path` lies.
    [[nodiscard]] virtual Result<std::uint64_t> freeBytes(const std::filesystem::path& path) = 0;
};

// The computer's own.
[[nodiscard]] Disk& systemDisk();

} // namespace pilothouse::blobs
