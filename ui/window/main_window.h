// SPDX-License-Identifier: GPL-3.0-or-later
// The console's window: clusters at the side, the chosen one beside them.
//
// Shows sessions, decides nothing. What is asked of it that it cannot do alone (connect, start a sandbox,
// take a cluster off the list) it tells as a signal.
#pragma once

#include "ui/theme/theme.h"
#include "ui/window/announcements.h"
#include "ui/window/window_state.h"

#include <QWidget>

#include <map>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace pilothouse::ui {

class ClusterPage;
class ClusterSession;
class FirstRunPage;
class Sessions;
class Sidebar;
class Toast;

class MainWindow : public QWidget {
    Q_OBJECT
public:
    MainWindow(Theme& theme, Sessions& sessions, QWidget* parent = nullptr);

    void restore(const WindowState& state);
    [[nodiscard]] WindowState state() const;

    // Nothing happens for what is not there yet, except that the cluster is shown when it turns up.
    void showCluster(const QString& key);
    bool showReplica(const QString& nameOrId); // false: not there
    void tell(const QString& sentence, bool failed);
    [[nodiscard]] ClusterSession* shownSession() const; // null: none
    [[nodiscard]] ClusterPage* clusterPage() const { return m_cluster; }
    [[nodiscard]] Sidebar* sidebar() const { return m_sidebar; }

Q_SIGNALS:
    void connectRequested();
    void sandboxRequested();
    void removeRequested(const QString& clusterKey);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildLayout();
    void buildActions();
    void addAppearanceMenu(QMenu& menu);
    void connectSessions();
    void display(const QString& key);
    void onSessionChanged(const QString& key);
    void cyclePanels(bool backwards);
    void noteVisibility();

    Theme& m_theme;
    Sessions& m_sessions;
    QMenu* m_menu;
    Sidebar* m_sidebar;
    QStackedWidget* m_content;
    FirstRunPage* m_firstRun;
    ClusterPage* m_cluster;
    QSplitter* m_splitter;
    Toast* m_toast;
    std::map<QString, Announcements> m_announcements;
    QString m_wanted; // from the last start, until it turns up
    bool m_hidden = false;
};

} // namespace pilothouse::ui
