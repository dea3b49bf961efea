// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's docker-registry as a peer: TLS, logins by signed tokens, files on the same disk.
#pragma once

#include "bench_process.h"
#include "content.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace pilothouse::bench {

class DockerRegistry {
public:
    // With that content, put where it keeps its files. Null where it is not installed. Throws
    // std::runtime_error where it does not run.
    [[nodiscard]] static std::unique_ptr<DockerRegistry> start(const Content& content);

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_server->pid(); }
    [[nodiscard]] const std::string& authority() const { return m_authority; } // PEM
    // For everything in the repository, for a day. It names its key as the registry's own token servers do,
    // which is the cheapest for it to check.
    [[nodiscard]] const std::string& token() const { return m_token; }

private:
    explicit DockerRegistry(const Content& content);
    void writeConfiguration();
    void fill(const Content& content) const;

    QTemporaryDir m_folder;
    std::uint16_t m_port = 0;
    std::string m_authority;
    std::string m_token;
    std::unique_ptr<Child> m_server;
};

} // namespace pilothouse::bench
