// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/token_cache.h"

#include <utility>

namespace pilothouse::registry {

std::shared_ptr<const Bearer> TokenCache::find(const std::string& hash) {
    const std::lock_guard lock(m_mutex);
    const auto* bearer = m_bearers.find(hash);
    return bearer != nullptr ? *bearer : nullptr;
}

void TokenCache::put(const std::string& hash, std::shared_ptr<const Bearer> bearer) {
    const std::lock_guard lock(m_mutex);
    m_bearers.put(hash, std::move(bearer));
}

void TokenCache::erase(const std::string& hash) {
    const std::lock_guard lock(m_mutex);
    m_bearers.erase(hash);
}

std::size_t TokenCache::size() const {
    const std::lock_guard lock(m_mutex);
    return m_bearers.size();
}

} // namespace pilothouse::registry
