// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that were verified, so that a client that sends the same with each request costs one verification.
#pragma once

#include "base/clock.h"
#include "base/recent_map.h"
#include "replica/admin/principal.h"
#include "replica/registry/scopes.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::registry {

// What a verified token says.
struct Bearer {
    std::optional<admin::UserPrincipal> user; // as at the log-in; nullopt: anybody
    std::vector<Scope> access;
    std::string keyId; // of the key that signed it
    WallTime expires;
};

// By SHA-256 of the token, so that no token lies in memory for longer than its request. The one that was not
// used for longest goes first. What it gives must still hold: see TokenService. Thread-safe.
class TokenCache {
public:
    explicit TokenCache(std::size_t capacity) : m_bearers(capacity) {}

    [[nodiscard]] std::shared_ptr<const Bearer> find(const std::string& hash);
    void put(const std::string& hash, std::shared_ptr<const Bearer> bearer);
    void erase(const std::string& hash);
    [[nodiscard]] std::size_t size() const;

private:
    mutable std::mutex m_mutex;
    RecentMap<std::string, std::shared_ptr<const Bearer>> m_bearers;
};

} // namespace pilothouse::registry
