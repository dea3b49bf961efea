// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that were verified, so that a client that sends the same with each request costs one verification.
#pragma once

#include "base/clock.h"
#include "replica/admin/principal.h"
#include "replica/registry/scopes.h"

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
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
    explicit TokenCache(std::size_t capacity) : m_capacity(capacity) {}

    [[nodiscard]] std::shared_ptr<const Bearer> find(const std::string& hash);
    void put(const std::string& hash, std::shared_ptr<const Bearer> bearer);
    void erase(const std::string& hash);
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::string hash;
        std::shared_ptr<const Bearer> bearer;
    };
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::list<Entry> m_entries; // the one used last is first
    std::unordered_map<std::string, std::list<Entry>::iterator> m_byHash;
};

} // namespace pilothouse::registry
