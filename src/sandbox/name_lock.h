// SPDX-License-Identifier: GPL-3.0-or-later
// One program at a time makes, starts, stops or removes a sandbox.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace pilothouse::sandbox {

// Held until destruction. Known by an advisory lock (flock(2)), so that a killed holder frees it.
class NameLock {
public:
    // Waits for the present holder and handles the thread's events meanwhile. Errors: conflict at the
    // deadline, with the holder's process id; cancelled.
    [[nodiscard]] static Result<NameLock> acquire(const std::string& name, Milliseconds deadline,
                                                  const std::stop_token& cancel = {});
    ~NameLock();
    NameLock(NameLock&& other) noexcept;
    NameLock& operator=(NameLock&&) = delete;

private:
    NameLock(std::filesystem::path path, int file) : m_path(std::move(path)), m_file(file) {}
    std::filesystem::path m_path;
    int m_file;
};

} // namespace pilothouse::sandbox
