// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/event_log.h"

#include <algorithm>

namespace pilothouse::client {

bool EventLog::add(const api::Event& event) {
    const auto after =
        std::upper_bound(m_events.begin(), m_events.end(), event.revision,
                         [](std::int64_t revision, const api::Event& e) { return revision < e.revision; });
    // One transaction can record several events, so the revision alone does not name one.
    for (auto it = after; it != m_events.begin() && std::prev(it)->revision == event.revision; --it) {
        if (std::prev(it)->kind == event.kind && std::prev(it)->subject == event.subject) {
            return false;
        }
    }
    if (m_events.size() < m_most) {
        m_events.insert(after, event);
        return true;
    }
    if (after == m_events.begin()) {
        return false;
    }
    m_events.insert(after, event);
    m_events.erase(m_events.begin());
    return true;
}

Revision EventLog::newest() const {
    return Revision(m_events.empty() ? 0 : m_events.back().revision);
}

} // namespace pilothouse::client
