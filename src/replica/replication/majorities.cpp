// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/majorities.h"

#include <algorithm>

namespace pilothouse::replication {
namespace {

bool contains(const std::vector<std::string>& replicas, const std::string& replica) {
    return std::find(replicas.begin(), replicas.end(), replica) != replicas.end();
}

} // namespace

Majorities::Majorities(const state::MembershipRecord& membership) : m_replicas(membership.voters) {
    m_groups.push_back({membership.voters});
    if (membership.next) {
        m_groups.push_back({*membership.next});
        for (const std::string& replica : *membership.next) {
            if (!contains(m_replicas, replica)) {
                m_replicas.push_back(replica);
            }
        }
    }
}

void Majorities::add(const std::string& replica) {
    m_count += contains(m_replicas, replica) ? 1 : 0;
    for (Group& group : m_groups) {
        group.have += contains(group.members, replica) ? 1 : 0;
    }
}

bool Majorities::reached() const {
    return std::all_of(m_groups.begin(), m_groups.end(),
                       [](const Group& group) { return group.have > group.members.size() / 2; });
}

} // namespace pilothouse::replication
