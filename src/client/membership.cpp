// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/membership.h"

#include <algorithm>

namespace pilothouse::client {

QList<KnownMember> membersIn(const api::ClusterStatus& status) {
    QList<KnownMember> members;
    for (const auto& member : status.members) {
        members += {ReplicaId(member.id), QString::fromStdString(member.name),
                    QUrl(QString::fromStdString(member.url))};
    }
    return members;
}

QList<KnownMember> formerIn(const api::ClusterStatus& status, const QList<KnownMember>& members) {
    QList<KnownMember> former;
    for (const auto& one : status.former.value_or(std::vector<api::FormerMember>())) {
        const QUrl url(QString::fromStdString(one.url));
        const bool taken = std::any_of(members.begin(), members.end(), [&](const KnownMember& member) {
            return member.url == url || member.id.str() == one.id;
        });
        if (!taken) {
            former += {ReplicaId(one.id), QString::fromStdString(one.name), url};
        }
    }
    return former;
}

bool MembershipAge::take(const api::ClusterStatus& status) {
    const std::pair age(status.cluster.epoch, Generation(status.membership.generation));
    const bool putBack = age.first < m_age.first && status.observer == m_from;
    if ((age < m_age && !putBack) || status.members.empty()) {
        return false;
    }
    m_age = age;
    m_from = status.observer;
    return true;
}

bool isAmong(const QList<KnownMember>& members, const ReplicaId& id) {
    return std::any_of(members.begin(), members.end(),
                       [&id](const KnownMember& one) { return one.id == id; });
}

} // namespace pilothouse::client
