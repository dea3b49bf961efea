// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster's events in order, each once, whoever told them.
#pragma once

#include "api/admin.h"
#include "base/ids.h"

#include <cstddef>
#include <vector>

namespace pilothouse::client {

class EventLog {
public:
    explicit EventLog(std::size_t most = 1000) : m_most(most) {}

    // False if it is known already, or older than all of a full log.
    bool add(const api::Event& event);
    // By revision, oldest first.
    [[nodiscard]] const std::vector<api::Event>& events() const { return m_events; }
    // Of the newest; 0 when there is none.
    [[nodiscard]] Revision newest() const;

private:
    std::size_t m_most;
    std::vector<api::Event> m_events;
};

} // namespace pilothouse::client
