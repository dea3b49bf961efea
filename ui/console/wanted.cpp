// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/wanted.h"

#include "ui/session/cluster_session.h"
#include "ui/session/sessions.h"
#include "ui/window/main_window.h"

#include <utility>

namespace pilothouse::ui {
namespace {

// Whether more replicas than these may turn up: members are learned from the first that answers.
bool membersAreKnown(const models::ClusterView& view) {
    return view.verdict != domain::Verdict::starting && !view.replicas.isEmpty();
}

QString namesOf(const models::ClusterView& view) {
    QStringList names;
    for (const models::ReplicaView& replica : view.replicas) {
        names.append(replica.name);
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

Wanted::Wanted(MainWindow& window, Sessions& sessions, QObject* parent)
    : QObject(parent), m_window(window), m_sessions(sessions) {
    connect(&sessions, &Sessions::changed, this, &Wanted::apply);
}

void Wanted::set(const OpenRequest& request) {
    m_request = request;
    apply();
}

void Wanted::listIsComplete() {
    m_complete = true;
    apply();
}

QString Wanted::keyOf(const QString& cluster) const {
    for (const QString& key : {sandboxPrefix + cluster, savedPrefix + cluster}) {
        if (m_sessions.find(key) != nullptr) {
            return key;
        }
    }
    return {};
}

QString Wanted::clusterNames() const {
    QStringList names;
    for (const QString& key : m_sessions.keys()) {
        names.append(key.section(QLatin1Char('/'), 1));
    }
    return names.join(QStringLiteral(", "));
}

void Wanted::apply() {
    if (!m_request.cluster.isEmpty()) {
        const QString key = keyOf(m_request.cluster);
        if (key.isEmpty()) {
            if (m_complete) {
                const QString name = std::exchange(m_request, {}).cluster;
                const QString others = clusterNames();
                Q_EMIT missing(others.isEmpty()
                                   ? tr("There is no cluster “%1” here: none is known yet.").arg(name)
                                   : tr("There is no cluster “%1” here. There is: %2.").arg(name, others));
            }
            return;
        }
        m_request.cluster.clear();
        m_window.showCluster(key);
    }
    applyReplica();
}

void Wanted::applyReplica() {
    if (m_request.replica.isEmpty()) {
        return;
    }
    if (m_window.showReplica(m_request.replica)) {
        m_request.replica.clear();
        return;
    }
    const ClusterSession* session = m_window.shownSession();
    if (session != nullptr && membersAreKnown(session->view())) {
        const QString name = std::exchange(m_request.replica, {});
        Q_EMIT missing(tr("%1 has no replica “%2”. It has: %3.")
                           .arg(session->view().name, name, namesOf(session->view())));
    }
}

} // namespace pilothouse::ui
