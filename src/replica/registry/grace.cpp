// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/grace.h"

namespace pilothouse::registry {

MonotonicTime::duration Grace::seen(const std::string& digest, Revision modified, MonotonicTime now) {
    const auto [found, added] = m_since.try_emplace(digest, Since{modified, now});
    if (!added && found->second.modified != modified) {
        found->second = {modified, now};
    }
    return now - found->second.at;
}

void Grace::keepOnly(const std::set<std::string>& digests) {
    for (auto it = m_since.begin(); it != m_since.end();) {
        it = digests.contains(it->first) ? std::next(it) : m_since.erase(it);
    }
}

} // namespace pilothouse::registry
