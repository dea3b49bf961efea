// SPDX-License-Identifier: GPL-3.0-or-later
// The topology (or the same as a table), the inspector beside it and the timeline below.
#pragma once

#include "models/cluster_view.h"
#include "ui/session/verb.h"

#include <QWidget>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace pilothouse::models {
class ReplicaModel;
}

namespace pilothouse::ui {

class ClusterSession;
class Inspector;
class OperationStrip;
class Panel;
class Theme;
class TimelinePanel;
class TopologyView;

class TopologyPage : public QWidget {
    Q_OBJECT
public:
    TopologyPage(const Theme& theme, models::ReplicaModel& replicas, QWidget* parent = nullptr);

    // `session` null: nothing to show.
    void setSession(ClusterSession* session);
    void refresh();
    // Ctrl+T: a table instead of the ring.
    void setTable(bool table);
    [[nodiscard]] bool isTable() const;
    void select(const QString& replicaId);

    // In reading order, for F6.
    [[nodiscard]] QList<QWidget*> panels() const;
    [[nodiscard]] TopologyView* topology() const { return m_topology; }
    [[nodiscard]] Inspector* inspector() const { return m_inspector; }
    [[nodiscard]] TimelinePanel* timeline() const { return m_timeline; }
    // Picture, inspector and timeline as wide and high as suits what they show now. Done by itself when the
    // page is first shown, unless a state was restored.
    void shareRoom();
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);

Q_SIGNALS:
    // A person wants one that asks first; or wants to see the change that is under way.
    void changeRequested(const pilothouse::ui::Verb& verb);
    void operationRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildTopologyPanel(const Theme& theme);
    void connectParts();
    void onSelected(const QString& replicaId);
    void run(const Verb& verb);
    void showMenu(const QString& replicaId, const QPoint& globalAt);
    void showNotes(const models::ClusterView& cluster);
    void refreshInspector();
    void focusTopology();

    ClusterSession* m_session = nullptr;
    models::ReplicaModel& m_replicas;
    Panel* m_topologyPanel;
    QStackedWidget* m_pictureOrTable;
    TopologyView* m_topology;
    QTableView* m_table;
    OperationStrip* m_operation;
    QWidget* m_noteBox;
    QLabel* m_firstNote;
    QLabel* m_otherNotes;
    Inspector* m_inspector;
    TimelinePanel* m_timeline;
    QSplitter* m_across;
    QSplitter* m_down;
    bool m_sized = false; // splitters have their first sizes
    QString m_inspected;  // empty: the cluster's situation or its leader
    bool m_hadSituation = false;
};

} // namespace pilothouse::ui
