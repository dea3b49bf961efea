// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/grace.h"

#include <functional>

namespace pilothouse::registry {

MonotonicTime::duration Grace::seen(const std::string& digest, Revision modified, MonotonicTime now) {
    Since& since = m_since.try_emplace(std::hash<std::string>()(digest), Since{modified, now}).first->second;
    if (since.modified != modified) {
        since = {modified, now};
    }
    since.round = m_round;
    return now - since.at;
}

void Grace::endRound() {
    std::erase_if(m_since, [this](const auto& entry) { return entry.second.round != m_round; });
}

} // namespace pilothouse::registry
