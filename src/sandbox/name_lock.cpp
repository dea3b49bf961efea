// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/name_lock.h"

#include "sandbox/store.h"
#include "sandbox/text.h"
#include "sandbox/wait.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace pilothouse::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr Milliseconds lookEvery{50};

// The holder deletes the file while it still has the lock: a lock on a deleted file is none.
bool isStillThere(int file, const fs::path& path) {
    struct stat mine {};
    struct stat there {};
    return fstat(file, &mine) == 0 && stat(path.c_str(), &there) == 0 && mine.st_ino == there.st_ino &&
           mine.st_dev == there.st_dev;
}

// "process 4711", as far as the file tells.
QString holder(int file) {
    std::array<char, 32> text{};
    const auto size = pread(file, text.data(), text.size() - 1, 0);
    return size > 0 ? Text::tr("process %1").arg(QString::fromUtf8(text.data(), size))
                    : Text::tr("another process");
}

enum class Attempt { locked, held, retry };

Attempt attempt(int file, const fs::path& path) {
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        return Attempt::held;
    }
    return isStillThere(file, path) ? Attempt::locked : Attempt::retry;
}

} // namespace

Result<NameLock> NameLock::acquire(const std::string& name, Milliseconds deadline,
                                   const std::stop_token& cancel) {
    std::error_code error;
    fs::create_directories(recordsFolder(), error); // what fails is told by opening
    const fs::path path = recordsFolder() / ("." + name + ".lock");
    const auto end = std::chrono::steady_clock::now() + deadline;
    for (;;) {
        const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0) {
            return failWith(ErrorCode::internal,
                            Text::tr("cannot write %1: %2")
                                .arg(shown(path.string()), QString::fromUtf8(std::strerror(errno))),
                            Text::tr("Check that the disk has room and the folder is yours"));
        }
        NameLock lock(path, file);
        const auto result = attempt(file, path);
        if (result == Attempt::locked) {
            const std::string pid = std::to_string(getpid());
            [[maybe_unused]] const bool told =
                ftruncate(file, 0) == 0 && write(file, pid.data(), pid.size()) > 0;
            return lock;
        }
        const QString by = holder(file);
        lock.m_path.clear(); // not ours to delete
        if (cancel.stop_requested()) {
            return fail(cancelled());
        }
        if (std::chrono::steady_clock::now() > end) {
            return failWith(
                ErrorCode::conflict,
                Text::tr("%1 is starting or stopping sandbox \"%2\" just now").arg(by, shown(name)),
                Text::tr("Wait until it is done, or end it"));
        }
        if (result == Attempt::held) {
            pause(lookEvery, cancel);
        }
    }
}

NameLock::NameLock(NameLock&& other) noexcept
    : m_path(std::move(other.m_path)), m_file(std::exchange(other.m_file, -1)) {}

NameLock::~NameLock() {
    if (m_file < 0) {
        return;
    }
    if (!m_path.empty()) {
        unlink(m_path.c_str());
    }
    close(m_file);
}

} // namespace pilothouse::sandbox
