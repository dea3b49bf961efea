// SPDX-License-Identifier: GPL-3.0-or-later
// What the person asked the console to open on (--cluster, --replica), until it turns up or is known not to
// be there.
#pragma once

#include "ui/console/single_instance.h"

#include <QObject>

namespace pilothouse::ui {

class MainWindow;
class Sessions;

// GUI thread.
class Wanted : public QObject {
    Q_OBJECT
public:
    Wanted(MainWindow& window, Sessions& sessions, QObject* parent = nullptr);

    // Shows it as soon as it is there; empty: whatever there is.
    void set(const OpenRequest& request);
    // To be called when all clusters that are known at first are on the list: one that is not there is told
    // of now.
    void listIsComplete();
    // Nothing is waited for any more.
    [[nodiscard]] bool done() const { return m_request.cluster.isEmpty() && m_request.replica.isEmpty(); }

Q_SIGNALS:
    // One sentence: there is no such cluster, or no such replica.
    void missing(const QString& sentence);

private:
    // The key of a cluster of that name; empty when none is watched.
    [[nodiscard]] QString keyOf(const QString& cluster) const;
    [[nodiscard]] QString clusterNames() const;
    void apply();
    void applyReplica();

    MainWindow& m_window;
    Sessions& m_sessions;
    OpenRequest m_request; // what is still to be shown
    bool m_complete = false;
};

// How the keys of sessions begin; a cluster's name follows.
inline const QString sandboxPrefix = QStringLiteral("sandbox/");
inline const QString savedPrefix = QStringLiteral("saved/");

} // namespace pilothouse::ui
