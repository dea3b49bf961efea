// SPDX-License-Identifier: GPL-3.0-or-later
// The list of clusters at the side of the window.
#pragma once

#include <QWidget>

class QLabel;
class QListView;
class QMenu;
class QToolButton;

namespace pilothouse::models {
class ClusterListModel;
}

namespace pilothouse::ui {

class Theme;

class Sidebar : public QWidget {
    Q_OBJECT
public:
    Sidebar(const Theme& theme, models::ClusterListModel& clusters, QWidget* parent = nullptr);

    // Everything that the window can do, behind the button beside the name.
    void setMenu(QMenu* menu);
    void select(const QString& clusterKey);
    [[nodiscard]] QString selected() const; // empty: none
    [[nodiscard]] QListView* list() const { return m_list; }

Q_SIGNALS:
    void selectionChanged(const QString& clusterKey);
    void connectRequested();
    void sandboxRequested();
    void removeRequested(const QString& clusterKey); // Delete, or the menu

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showMenu(const QPoint& at);
    void onRowsChanged();

    const Theme& m_theme;
    models::ClusterListModel& m_clusters;
    QLabel* m_caption;
    QLabel* m_empty;
    QListView* m_list;
    QWidget* m_links;
    QToolButton* m_menuButton;
};

} // namespace pilothouse::ui
