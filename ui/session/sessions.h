// SPDX-License-Identifier: GPL-3.0-or-later
// The clusters that the console watches at once.
#pragma once

#include "models/cluster_list_model.h"
#include "ui/session/cluster_session.h"

#include <QObject>

#include <map>
#include <memory>

namespace pilothouse::ui {

// Owns the sessions and keeps the list at the side in step with them. GUI thread.
class Sessions : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // `key` is the session's view().key for as long as it lives.
    void add(const QString& key, std::unique_ptr<ClusterSession> session);
    void remove(const QString& key);
    [[nodiscard]] ClusterSession* find(const QString& key) const; // null: not there
    [[nodiscard]] ClusterSession* findByName(const QString& name) const;
    [[nodiscard]] QStringList keys() const;
    [[nodiscard]] bool empty() const { return m_sessions.empty(); }
    [[nodiscard]] models::ClusterListModel& list() { return m_list; }
    void setHidden(bool hidden); // also of those that come later

Q_SIGNALS:
    void added(const QString& key);
    void aboutToRemove(const QString& key);
    void removed(const QString& key);
    void changed(const QString& key);
    void message(const QString& sentence, bool failed); // of a verb

private:
    std::map<QString, std::unique_ptr<ClusterSession>> m_sessions;
    models::ClusterListModel m_list;
    bool m_hidden = false;
};

} // namespace pilothouse::ui
