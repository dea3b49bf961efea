// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync_ledger.h"

#include <algorithm>
#include <chrono>
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pilothouse::registry::test {
namespace {

namespace fs = std::filesystem;

std::string pathOf(int descriptor) {
    std::error_code unknown;
    return fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), unknown).string();
}

bool isBelow(const std::string& path, const std::string& folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::map<std::string, ino_t> namesIn(const std::string& folder) {
    std::map<std::string, ino_t> names;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(folder, gone)) {
        struct stat facts {};
        if (::lstat(entry.path().c_str(), &facts) == 0) { // else renamed meanwhile
            names[entry.path().filename().string()] = facts.st_ino;
        }
    }
    return names;
}

} // namespace

std::optional<std::uint64_t> Lasting::bytesOf(const fs::path& file) const {
    struct stat facts {};
    const auto folder = m_names.find(file.parent_path().string());
    if (::lstat(file.c_str(), &facts) != 0 || folder == m_names.end()) {
        return std::nullopt;
    }
    const auto name = folder->second.find(file.filename().string());
    if (name == folder->second.end() || name->second != facts.st_ino) {
        return std::nullopt;
    }
    const auto bytes = m_bytes.find(facts.st_ino);
    return bytes == m_bytes.end() ? 0 : bytes->second;
}

bool Lasting::has(const fs::path& file) const {
    std::error_code gone;
    const auto size = fs::file_size(file, gone);
    return !gone && bytesOf(file) == size;
}

SyncLedger& SyncLedger::instance() {
    static auto* const ledger = new SyncLedger; // files are synced until the process ends
    return *ledger;
}

void SyncLedger::clear() {
    const std::scoped_lock lock(m_mutex);
    m_lasting = {};
    m_newest.clear();
}

Lasting SyncLedger::now() const {
    const std::scoped_lock lock(m_mutex);
    return m_lasting;
}

SyncLedger::Hold::Hold(const fs::path& folder) : m_folder(folder.string()) {
    SyncLedger& ledger = instance();
    const std::scoped_lock lock(ledger.m_mutex);
    ledger.m_holds.insert(m_folder);
}

SyncLedger::Hold::~Hold() {
    SyncLedger& ledger = instance();
    const std::scoped_lock lock(ledger.m_mutex);
    ledger.m_holds.erase(m_folder);
    ledger.m_changed.notify_all();
}

bool SyncLedger::Hold::isMet() const {
    SyncLedger& ledger = instance();
    std::unique_lock lock(ledger.m_mutex);
    return ledger.m_changed.wait_for(lock, std::chrono::seconds(20), [&] {
        return std::any_of(ledger.m_waiting.begin(), ledger.m_waiting.end(),
                           [&](const std::string& path) { return isBelow(path, m_folder); });
    });
}

bool SyncLedger::isBelowHold(const std::string& path) const {
    return std::any_of(m_holds.begin(), m_holds.end(),
                       [&](const std::string& folder) { return isBelow(path, folder); });
}

void SyncLedger::waitWhileHeld(const std::string& path) {
    std::unique_lock lock(m_mutex);
    if (isBelowHold(path)) {
        const auto waiting = m_waiting.insert(path);
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return !isBelowHold(path); });
        m_waiting.erase(waiting);
    }
}

// What is there before it begins is what lasts when it ends. One that began later knows better, also when it
// ends earlier: several sync the same folder at once.
int SyncLedger::sync(int descriptor, int (*real)(int)) {
    const std::string path = pathOf(descriptor);
    waitWhileHeld(path);
    const Sight sight = look(descriptor, path);
    const int result = real(descriptor);
    if (result == 0) {
        const std::scoped_lock lock(m_mutex);
        keep(sight, path);
    }
    return result;
}

SyncLedger::Sight SyncLedger::look(int descriptor, const std::string& path) {
    const std::scoped_lock lock(m_mutex); // so that the numbers tell which look is the later one
    Sight sight;
    sight.number = ++m_looks;
    struct stat facts {};
    if (::fstat(descriptor, &facts) == 0) {
        sight.inode = facts.st_ino;
        sight.bytes = static_cast<std::uint64_t>(facts.st_size);
        sight.names = S_ISDIR(facts.st_mode) ? std::optional(namesIn(path)) : std::nullopt;
    }
    return sight;
}

void SyncLedger::keep(const Sight& sight, const std::string& folder) {
    if (sight.inode == 0 || m_newest[sight.inode] > sight.number) {
        return;
    }
    m_newest[sight.inode] = sight.number;
    if (sight.names) {
        m_lasting.m_names[folder] = *sight.names;
    } else {
        m_lasting.m_bytes[sight.inode] = sight.bytes;
    }
}

// Another file may get its inode.
int SyncLedger::unlink(const char* path, int (*real)(const char*)) {
    struct stat facts {};
    const bool known = ::lstat(path, &facts) == 0 && facts.st_nlink == 1;
    const std::scoped_lock lock(m_mutex);
    const int result = real(path);
    if (result == 0 && known) {
        m_lasting.m_bytes.erase(facts.st_ino);
        m_newest.erase(facts.st_ino);
    }
    return result;
}

} // namespace pilothouse::registry::test

namespace {

template <typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

using pilothouse::registry::test::SyncLedger;

} // namespace

// The program's own, found before the C library's.
extern "C" {

int fdatasync(int descriptor) {
    static auto* const real = next<int(int)>("fdatasync");
    return SyncLedger::instance().sync(descriptor, real);
}

int fsync(int descriptor) {
    static auto* const real = next<int(int)>("fsync");
    return SyncLedger::instance().sync(descriptor, real);
}

int unlink(const char* path) noexcept {
    static auto* const real = next<int(const char*)>("unlink");
    return SyncLedger::instance().unlink(path, real);
}

} // extern "C"
