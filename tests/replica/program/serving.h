// SPDX-License-Identifier: GPL-3.0-or-later
// A running pilothouse-replica.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::test {

// Killed at the end if it still runs.
class Serving {
public:
    // `pilothouse-replica serve --data-dir FOLDER` and the further arguments; both its outputs go to
    // `log`.
    Serving(const std::filesystem::path& dataDir, std::vector<std::string> arguments,
            std::filesystem::path log);
    ~Serving();
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

    void signal(int number) const;
    // Its exit code (128 + signal when it was killed); nullopt when it has not ended within the time.
    [[nodiscard]] std::optional<int> wait(std::chrono::milliseconds within);
    [[nodiscard]] std::string log() const;
    [[nodiscard]] int pid() const { return m_pid; }

private:
    int m_pid = -1;
    std::filesystem::path m_log;
};

// Listens where $NOTIFY_SOCKET says, as systemd does for Type=notify (sd_notify(3)); the variable is set as
// long as it lives.
class ServiceManagerDouble {
public:
    explicit ServiceManagerDouble(const std::filesystem::path& path);
    ~ServiceManagerDouble();
    ServiceManagerDouble(const ServiceManagerDouble&) = delete;
    ServiceManagerDouble& operator=(const ServiceManagerDouble&) = delete;
    // The next message; empty when none comes within 20 s.
    [[nodiscard]] std::string received() const;

private:
    int m_socket = -1;
};

// The status of GET `path` at the plain HTTP port; 0 without an answer.
[[nodiscard]] int httpStatus(int port, const std::string& path);

} // namespace pilothouse::test
