// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/lock_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace pilothouse::node {
namespace {

std::string ownStartTicks() {
    std::ifstream file("/proc/self/stat");
    std::string text;
    std::getline(file, text);
    std::size_t at = text.rfind(')') + 1; // field 2 ends here; field 22 is the start time
    for (int field = 3; field <= 22 && at != std::string::npos; ++field) {
        at = text.find(' ', at) + 1;
    }
    return text.substr(at, text.find(' ', at) - at);
}

std::string holder(int file) {
    std::array<char, 64> text{};
    const auto size = pread(file, text.data(), text.size() - 1, 0);
    const std::string content(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return content.substr(0, content.find(' '));
}

} // namespace

Result<LockFile> LockFile::acquire(const std::filesystem::path& path) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return fail(ErrorCode::internal, "cannot open " + path.string() + ": " + std::strerror(errno),
                    "Check that the data folder exists and belongs to this user");
    }
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        const std::string process = holder(file);
        close(file); // and what is in it stays the holder's
        return fail(ErrorCode::conflict, path.parent_path().string() + " is in use by process " + process,
                    "A data folder serves one replica at a time");
    }
    LockFile lock(file);
    const std::string content = std::to_string(getpid()) + " " + ownStartTicks() + "\n";
    if (ftruncate(file, 0) != 0 ||
        pwrite(file, content.data(), content.size(), 0) != static_cast<ssize_t>(content.size())) {
        return fail(ErrorCode::exhausted, "cannot write " + path.string() + ": " + std::strerror(errno),
                    "Make room on the disk");
    }
    return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : m_file(std::exchange(other.m_file, -1)) {}

LockFile::~LockFile() {
    if (m_file >= 0) {
        // Emptied, not deleted: a deleted file could be locked by two processes under one name.
        [[maybe_unused]] const int ignored = ftruncate(m_file, 0);
        close(m_file);
    }
}

} // namespace pilothouse::node
