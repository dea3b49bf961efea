// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster's events, from wherever they can be had: the streams tell them; where nothing streams, the
// cluster is asked for those that are new.
#pragma once

#include "api/admin.h"
#include "base/ids.h"
#include "client/cluster_commands.h"
#include "client/event_log.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <map>

namespace pilothouse::client {

// Lives on one thread and never blocks.
class EventFollower : public QObject {
    Q_OBJECT
public:
    // `commands` outlives it.
    explicit EventFollower(ClusterCommands& commands, QObject* parent = nullptr);

    [[nodiscard]] const EventLog& log() const { return m_log; }
    // A stream told it.
    void take(const api::Event& event);
    // A replica's status came. The first one leads to the newest page; later ones to what is new since, as
    // long as nothing streams and the state has changed.
    void noteStatus(const api::ClusterStatus& status, bool somethingStreams);

Q_SIGNALS:
    // Each once, those of pages too.
    void arrived(const pilothouse::api::Event& event);

private:
    void askFirst();
    void askNewer(const ReplicaId& replica, Revision revision);
    void whenAnswered(const QFuture<Result<api::EventPage>>& page,
                      const std::function<void(const api::EventPage&)>& then);

    ClusterCommands& m_commands;
    EventLog m_log;
    bool m_hasFirst = false;
    bool m_asking = false;
    // Of each replica's state, the last revision whose events are known. One may be ahead of another.
    std::map<ReplicaId, Revision> m_known;
};

} // namespace pilothouse::client
