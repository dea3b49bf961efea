// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/events.h"
#include "base/clock.h"
#include "models/describe.h"

#include <QCoreApplication>

namespace pilothouse::models {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::models::Events)
};

// A few words for the timeline; empty for what is not worth a mark there (users, tokens).
QString labelOf(std::string_view kind, const QString& name) {
    namespace event = api::event;
    if (kind == event::leaderChanged) {
        return Words::tr("leader: %1").arg(name);
    }
    if (kind == event::quorumLost) {
        return Words::tr("quorum lost");
    }
    if (kind == event::quorumRegained) {
        return Words::tr("quorum back");
    }
    if (kind == event::replicaLost) {
        return Words::tr("%1 down").arg(name);
    }
    if (kind == event::replicaReturned) {
        return Words::tr("%1 back").arg(name);
    }
    if (kind == event::replicaStopped) {
        return Words::tr("%1 stopped").arg(name);
    }
    if (kind == event::replicaStarted) {
        return Words::tr("%1 started").arg(name);
    }
    if (kind == event::replicaJoining) {
        return Words::tr("%1 joining").arg(name);
    }
    if (kind == event::replicaJoined) {
        return Words::tr("%1 joined").arg(name);
    }
    if (kind == event::replicaLeft) {
        return Words::tr("%1 left").arg(name);
    }
    if (kind == event::drained) {
        return Words::tr("%1 draining").arg(name);
    }
    if (kind == event::undrained) {
        return Words::tr("%1 takes traffic again").arg(name);
    }
    return {};
}

} // namespace

EventView describe(const api::Event& event) {
    EventView view;
    view.revision = event.revision;
    view.kind = QString::fromStdString(event.kind);
    if (const auto at = parseRfc3339(event.at)) {
        view.atMs = std::chrono::duration_cast<Milliseconds>(at->time_since_epoch()).count();
    }
    view.text = QString::fromStdString(event.message);
    const std::string& subject = event.subject_name.empty() ? event.subject : event.subject_name;
    view.label = labelOf(event.kind, QString::fromStdString(subject));
    view.observer = QString::fromStdString(event.observer);
    return view;
}

} // namespace pilothouse::models
