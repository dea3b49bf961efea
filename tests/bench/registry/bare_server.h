// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a registry does for a large blob, to tell what this machine allows: TLS, and for a push
// SHA-256, a file, its fdatasync and its folder's. A blob comes from memory. No state, no rights, no checks,
// one thread for each of these things.
#pragma once

#include "peer_certificate.h"

#include <QTemporaryDir>

#include <openssl/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace pilothouse::bench {

class BareServer {
public:
    struct Peer {
        std::uint16_t port = 0; // on 127.0.0.1
        std::string authority;
    };
    // With peers, what is pushed goes to all of them as it comes, and is answered when one of them has
    // answered: a majority of three with two peers.
    explicit BareServer(std::vector<Peer> peers = {});
    ~BareServer();
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] const std::string& authority() const { return m_authority; } // PEM

    class Worker;

private:
    using Workers = std::vector<std::unique_ptr<Worker>>;
    void serve();
    void serveConnection(SSL* connection);
    // Of a blob, the first bytes of which are there; what is left of the work ends with what it gives.
    [[nodiscard]] Workers take(SSL* connection, std::string begun, std::size_t length);

    std::vector<Peer> m_peers;
    QTemporaryDir m_folder;
    std::string m_authority;
    std::shared_ptr<SSL_CTX> m_context;
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::size_t m_largest = 0; // of what was pushed: what a pull gets
    std::uint64_t m_files = 0;
    std::atomic<bool> m_ends = false;
    std::thread m_thread;
};

} // namespace pilothouse::bench
