// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster as a ring with a card for each replica. One tab stop; arrows go round the ring.
//
// Draws only when what it shows differs; has no timer. To a screen reader it is a list
// (accessible_topology.h).
#pragma once

#include "models/cluster_view.h"
#include "ui/topology/layout.h"

#include <QElapsedTimer>
#include <QWidget>

namespace pilothouse::ui {

class Theme;

class TopologyView : public QWidget {
    Q_OBJECT
public:
    explicit TopologyView(const Theme& theme, QWidget* parent = nullptr);

    void setCluster(const models::ClusterView& cluster);
    [[nodiscard]] const models::ClusterView& cluster() const { return m_cluster; }

    // Items in ring order: voters clockwise from the top, then learners.
    [[nodiscard]] int itemCount() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] const models::ReplicaView& item(int index) const { return *m_items[index]; }
    [[nodiscard]] QRect itemRect(int index) const;
    [[nodiscard]] int currentIndex() const; // -1: none
    [[nodiscard]] QString
    quorumText() const; // "Quorum: 3 of 5 healthy, 3 needed"; who votes and is not well is told apart

    [[nodiscard]] QString selected() const { return m_selected; }
    void select(const QString& replicaId); // does nothing for an id that is not shown
    // The one whose values stand beside the picture; empty: none.
    void setInspected(const QString& replicaId);
    void activate(const QString& replicaId);
    void requestActions(const QString& replicaId);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selectionChanged(const QString& replicaId);
    void activated(const QString& replicaId); // Enter, double click: the inspector
    void actionsRequested(const QString& replicaId, const QPoint& globalAt); // Shift+F10, right click

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();
    void order();
    void move(int by);
    void selectIndex(int index);
    bool selectByName(const QString& typed);
    [[nodiscard]] int indexAt(const QPointF& position) const;
    [[nodiscard]] int leaderIndex() const;
    void announceFocus();

    const Theme& m_theme;
    models::ClusterView m_cluster;
    QList<const models::ReplicaView*> m_voters; // into m_cluster, the top one first
    QList<const models::ReplicaView*> m_learners;
    QList<const models::ReplicaView*> m_items;
    TopologyLayout m_layout;
    QSizeF m_card;
    QString m_top; // id of the card on top: kept while there is no leader, so that nothing turns
    QString m_selected;
    bool m_quietly = false; // nobody has chosen it: it follows the leader
    QString m_inspected;
    QString m_typed;
    QElapsedTimer m_sinceTyped;
};

} // namespace pilothouse::ui
