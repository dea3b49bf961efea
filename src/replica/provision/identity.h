// SPDX-License-Identifier: GPL-3.0-or-later
// Who a replica is and where it listens: replica.json in its data folder.
#pragma once

#include "base/result.h"
#include "replica/provision/layout.h"

#include <cstdint>
#include <string>

namespace pilothouse::provision {

struct Listen {
    std::string host = "0.0.0.0"; // IP address for HTTPS, HTTP and the engine's peers
    std::int64_t https_port = 443;
    std::int64_t http_port = 80;
    std::int64_t engine_client_port = 7444; // always on 127.0.0.1
    std::int64_t engine_peer_port = 7443;
};

struct Identity {
    std::int64_t schema = 1;
    std::string id; // replica id
    std::string name;
    std::string cluster_id;
    std::string cluster_name;
    std::int64_t epoch = 1;
    std::string url;      // https://HOST:PORT, as peers and consoles reach it
    std::string http_url; // http://HOST:PORT
    std::string peer_url; // https://HOST:PORT of its engine's peer port
    Listen listen;
    std::string created_at; // RFC 3339
    // For the engine's first start; it ignores them once it has data.
    std::string initial_cluster;               // "id=https://host:port,…"
    std::string initial_cluster_state = "new"; // or "existing"
};

// Writes it when it is valid. The file's presence says that the folder is complete.
[[nodiscard]] Status saveIdentity(const Layout& layout, const Identity& identity);
// ErrorCode::notFound when the folder was never set up, ErrorCode::corrupt with the field when it cannot be
// right.
[[nodiscard]] Result<Identity> loadIdentity(const Layout& layout);

} // namespace pilothouse::provision
