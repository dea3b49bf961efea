// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/event_follower.h"

#include <QFutureWatcher>

namespace pilothouse::client {

namespace {

constexpr int pageSize = 200;

} // namespace

EventFollower::EventFollower(ClusterCommands& commands, QObject* parent)
    : QObject(parent), m_commands(commands) {}

void EventFollower::take(const api::Event& event) {
    if (m_log.add(event)) {
        Q_EMIT arrived(event);
    }
}

void EventFollower::noteStatus(const api::ClusterStatus& status, bool somethingStreams) {
    if (m_asking) {
        return; // a later status asks
    }
    const ReplicaId replica(status.self.id);
    const Revision revision(status.self.consensus.revision);
    if (!m_hasFirst) {
        askFirst();
    } else if (!somethingStreams && revision > m_known[replica]) {
        askNewer(replica, revision);
    }
}

void EventFollower::askFirst() {
    whenAnswered(m_commands.eventsBefore(Revision(), pageSize), [this](const api::EventPage& page) {
        m_hasFirst = true;
        for (auto event = page.events.rbegin(); event != page.events.rend(); ++event) {
            take(*event);
        }
    });
}

void EventFollower::askNewer(const ReplicaId& replica, Revision revision) {
    whenAnswered(m_commands.eventsAfter(m_log.newest(), pageSize),
                 [this, replica, revision](const api::EventPage& page) {
                     for (const auto& event : page.events) {
                         take(event);
                     }
                     if (!page.more) { // else the next status asks for the rest
                         m_known[replica] = revision;
                     }
                 });
}

// Without an answer the next status asks again.
void EventFollower::whenAnswered(const QFuture<Result<api::EventPage>>& page,
                                 const std::function<void(const api::EventPage&)>& then) {
    m_asking = true;
    auto* watcher = new QFutureWatcher<Result<api::EventPage>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, then] {
        watcher->deleteLater();
        m_asking = false;
        if (watcher->isCanceled()) {
            return;
        }
        const auto answer = watcher->result();
        if (answer) {
            then(*answer);
        }
    });
    watcher->setFuture(page);
}

} // namespace pilothouse::client
