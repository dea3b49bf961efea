// SPDX-License-Identifier: GPL-3.0-or-later
// The panel beside the topology: the selected replica, or what concerns the whole cluster.
#pragma once

#include "models/cluster_view.h"
#include "ui/inspector/sparkline.h"
#include "ui/session/verb.h"
#include "ui/widgets/panel.h"

class QLabel;
class QScrollArea;

namespace pilothouse::ui {

class PartitionInspector;
class ReplicaInspector;
class StepsInspector;
class VerbRow;

class Inspector : public Panel {
    Q_OBJECT
public:
    explicit Inspector(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {380, 464}; }

    // `replicaId` empty: the cluster as a whole, if there is anything to say of it, else its leader.
    void present(const models::ClusterView& cluster, const QString& replicaId);
    void setAnswerTimes(const QList<TimedValue>& values, qint64 spanMs, const QString& spanWords);
    void setVerbs(const Verbs& verbs);
    // The replica that is shown; empty when it is the cluster.
    [[nodiscard]] QString shownReplica() const { return m_shown; }
    // Whether there is something to say of the cluster as a whole: a partition, or no quorum.
    [[nodiscard]] static bool hasSituation(const models::ClusterView& cluster);

Q_SIGNALS:
    void triggered(const pilothouse::ui::Verb& verb);
    void situationRequested();
    void escaped(); // Escape: back to the topology

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showPage(QWidget* page);

    ReplicaInspector* m_replica;
    PartitionInspector* m_partition;
    StepsInspector* m_steps;
    QScrollArea* m_scroll;
    QLabel* m_why;    // why some of them are off
    VerbRow* m_verbs; // below what scrolls: always to be seen
    QString m_shown;
};

} // namespace pilothouse::ui
