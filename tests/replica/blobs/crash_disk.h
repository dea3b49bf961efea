// SPDX-License-Identifier: GPL-3.0-or-later
// A disk in memory that can lose its power, and be full.
#pragma once

#include "replica/blobs/disk.h"

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace pilothouse::blobs::test {

// Forgets at a power cut whatever no sync has made last: bytes that were not synced, and names whose folder
// was not. What may have reached the disk all the same is drawn by `chance`, as a real disk writes in any
// order.
class CrashDisk : public Disk {
public:
    // Called before each change; true cuts the power: that change and all later ones fail.
    std::function<bool()> cutBefore = [] { return false; };
    std::uint64_t room = 1 << 30; // bytes that may still be appended

    // The computer starts again: only what lasts is there, and of the rest what `chance` says.
    void restart(const std::function<bool()>& chance);
    [[nodiscard]] int changes() const { return m_changes; } // so far

    Result<std::unique_ptr<File>> create(const std::filesystem::path& path) override;
    Result<std::unique_ptr<File>> open(const std::filesystem::path& path) override;
    std::unique_ptr<File> openCached(const std::filesystem::path&) override { return nullptr; }
    Status makeFolder(const std::filesystem::path& path) override;
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
    Status syncFolder(const std::filesystem::path& path) override;
    Status remove(const std::filesystem::path& path) override;
    Result<std::vector<FolderEntry>> list(const std::filesystem::path& path) override;
    Result<std::uint64_t> freeBytes(const std::filesystem::path& path) override;

    // Changes a bit of a file's bytes, as a failing disk does.
    void flipBit(const std::filesystem::path& path, std::size_t at);

private:
    friend class CrashFile;
    struct Content {
        std::string bytes;
        std::size_t synced = 0; // how many of them last
    };
    // Without content: a folder.
    using Names = std::map<std::string, std::shared_ptr<Content>>; // by path
    [[nodiscard]] Status change();

    Names m_now;
    Names m_lasting;
    int m_changes = 0;
    bool m_cut = false;
};

} // namespace pilothouse::blobs::test
