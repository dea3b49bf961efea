// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/announcements.h"

#include <QCoreApplication>

#include <utility>

namespace pilothouse::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::Announcements)
};

bool isPassing(domain::ReplicaState state) {
    return state == domain::ReplicaState::late || state == domain::ReplicaState::unknown;
}

} // namespace

QString Announcements::next(const models::ClusterView& now) {
    const bool live = now.notLive.isEmpty();
    const bool liveChanged = live != std::exchange(m_live, live);
    // What is coming back is told once it is there.
    const bool verdictChanged = !now.comingBack && now.verdict != std::exchange(m_verdict, now.verdict);
    QStringList changes;
    for (const models::ReplicaView& replica : now.replicas) {
        if (isPassing(replica.state)) {
            continue;
        }
        const auto before = m_states.constFind(replica.id);
        if (before != m_states.cend() && *before != replica.state) {
            changes.append(Words::tr("%1: %2").arg(replica.name, replica.stateWord));
        }
        m_states.insert(replica.id, replica.state);
    }
    if (!std::exchange(m_started, true)) {
        return {};
    }
    if (liveChanged) {
        return live ? Words::tr("%1 is live again. %2").arg(now.name, now.headline)
                    : Words::tr("%1: %2").arg(now.name, now.notLive);
    }
    if (verdictChanged) {
        // The sentence names the replicas: telling them as well would be the same cause twice.
        return Words::tr("%1: %2. %3").arg(now.name, now.headline, now.sentence);
    }
    return changes.isEmpty() || !live ? QString()
                                      : Words::tr("%1, %2").arg(now.name, changes.join(QStringLiteral(", ")));
}

} // namespace pilothouse::ui
