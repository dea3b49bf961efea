// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/token_cache.h"

#include <utility>

namespace pilothouse::registry {

std::shared_ptr<const Bearer> TokenCache::find(const std::string& hash) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_byHash.find(hash);
    if (found == m_byHash.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->bearer;
}

void TokenCache::put(const std::string& hash, std::shared_ptr<const Bearer> bearer) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_byHash.find(hash); found != m_byHash.end()) {
        found->second->bearer = std::move(bearer);
        return;
    }
    while (!m_entries.empty() && m_entries.size() >= m_capacity) {
        m_byHash.erase(m_entries.back().hash);
        m_entries.pop_back();
    }
    m_entries.push_front({hash, std::move(bearer)});
    m_byHash.emplace(hash, m_entries.begin());
}

void TokenCache::erase(const std::string& hash) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_byHash.find(hash); found != m_byHash.end()) {
        m_entries.erase(found->second);
        m_byHash.erase(found);
    }
}

std::size_t TokenCache::size() const {
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

} // namespace pilothouse::registry
