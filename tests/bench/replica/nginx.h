// SPDX-License-Identifier: GPL-3.0-or-later
// nginx as a peer: the same answer from memory over the same TLS, on a port of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace pilothouse::bench {

class Nginx {
public:
    // Null where it is not installed. Throws std::runtime_error where it does not run.
    [[nodiscard]] static std::unique_ptr<Nginx> start();
    ~Nginx();
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] int pid() const { return m_pid; } // of the master; its children serve
    [[nodiscard]] const std::string& authority() const { return m_authority; } // PEM

private:
    Nginx();
    void writeConfiguration() const;

    std::filesystem::path m_folder;
    std::uint16_t m_port = 0;
    std::string m_authority;
    int m_pid = -1;
};

} // namespace pilothouse::bench
