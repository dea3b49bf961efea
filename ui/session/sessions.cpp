// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/sessions.h"

namespace pilothouse::ui {

void Sessions::add(const QString& key, std::unique_ptr<ClusterSession> session) {
    remove(key); // whoever shows it is told
    ClusterSession* raw = session.get();
    connect(raw, &ClusterSession::changed, this, [this, raw, key] {
        m_list.put(raw->view());
        Q_EMIT changed(key);
    });
    connect(raw, &ClusterSession::verbDone, this,
            [this](const QString& sentence) { Q_EMIT message(sentence, false); });
    connect(raw, &ClusterSession::verbFailed, this,
            [this](const QString& sentence) { Q_EMIT message(sentence, true); });
    if (m_hidden) {
        raw->setHidden(true);
    }
    m_sessions[key] = std::move(session);
    m_list.put(raw->view());
    Q_EMIT added(key);
}

void Sessions::remove(const QString& key) {
    const auto at = m_sessions.find(key);
    if (at == m_sessions.end()) {
        return;
    }
    Q_EMIT aboutToRemove(key);
    m_sessions.erase(at);
    m_list.remove(key);
    Q_EMIT removed(key);
}

ClusterSession* Sessions::find(const QString& key) const {
    const auto at = m_sessions.find(key);
    return at == m_sessions.end() ? nullptr : at->second.get();
}

QStringList Sessions::keys() const {
    QStringList keys;
    for (const auto& [key, session] : m_sessions) {
        keys.append(key);
    }
    return keys;
}

ClusterSession* Sessions::findByName(const QString& name) const {
    for (const auto& [key, session] : m_sessions) {
        if (session->view().name == name) {
            return session.get();
        }
    }
    return nullptr;
}

void Sessions::setHidden(bool hidden) {
    m_hidden = hidden;
    for (const auto& [key, session] : m_sessions) {
        session->setHidden(hidden);
    }
}

} // namespace pilothouse::ui
