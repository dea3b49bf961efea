// SPDX-License-Identifier: GPL-3.0-or-later
// What a power cut would leave of the files that this program writes. It stands between the whole program and
// the C library's fdatasync(), fsync() and unlink(), so it sees what is really synced, whoever does it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace pilothouse::registry::test {

// What lasts, at one moment.
class Lasting {
public:
    // How many bytes of that file last; nullopt when its name does not.
    [[nodiscard]] std::optional<std::uint64_t> bytesOf(const std::filesystem::path& file) const;
    // The file, with all of its bytes.
    [[nodiscard]] bool has(const std::filesystem::path& file) const;

private:
    friend class SyncLedger;
    using Inode = std::uint64_t; // of the one file system that a test works on
    using Names = std::map<std::string, Inode>;
    std::map<Inode, std::uint64_t> m_bytes;
    std::map<std::string, Names> m_names; // by folder
};

// Thread-safe.
class SyncLedger {
public:
    // One for the process.
    [[nodiscard]] static SyncLedger& instance();

    void clear();
    [[nodiscard]] Lasting now() const;

    // While it lives, whoever wants to sync something below `folder` waits.
    class Hold {
    public:
        explicit Hold(const std::filesystem::path& folder);
        ~Hold();
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
        // That somebody waits, within 20 s.
        [[nodiscard]] bool isMet() const;

    private:
        std::string m_folder;
    };

    // For the functions that stand in for the C library's; `real` is what the C library has.
    [[nodiscard]] int sync(int descriptor, int (*real)(int));
    [[nodiscard]] int unlink(const char* path, int (*real)(const char*));

private:
    // What there is to sync.
    struct Sight {
        std::uint64_t number = 0; // the later, the greater
        Lasting::Inode inode = 0; // 0 when the file cannot be looked at
        std::uint64_t bytes = 0;
        std::optional<Lasting::Names> names; // of a folder
    };
    [[nodiscard]] Sight look(int descriptor, const std::string& path);
    void keep(const Sight& sight, const std::string& folder);
    void waitWhileHeld(const std::string& path);
    [[nodiscard]] bool isBelowHold(const std::string& path) const;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Lasting m_lasting;
    std::uint64_t m_looks = 0;
    std::map<Lasting::Inode, std::uint64_t> m_newest; // look that m_lasting has it from
    std::set<std::string> m_holds;
    std::multiset<std::string> m_waiting; // paths
};

} // namespace pilothouse::registry::test
