// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspector.h"

#include "ui/inspector/replica_inspector.h"
#include "ui/inspector/situation_inspectors.h"
#include "ui/session/verbs.h"
#include "ui/widgets/label.h"
#include "ui/widgets/verb_row.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pilothouse::ui {

Inspector::Inspector(const Theme& theme, QWidget* parent)
    : Panel(tr("Inspector"), parent), m_replica(new ReplicaInspector(theme)),
      m_partition(new PartitionInspector(theme)), m_steps(new StepsInspector(theme)),
      m_scroll(new QScrollArea), m_why(makeParagraph(TextRole::small, Ink::dim)), m_verbs(new VerbRow) {
    for (QWidget* page : {static_cast<QWidget*>(m_replica), static_cast<QWidget*>(m_partition),
                          static_cast<QWidget*>(m_steps)}) {
        page->setParent(this);
        page->layout()->setContentsMargins(20, 16, 14, 8);
        page->hide();
    }
    m_scroll->setAccessibleName(tr("Inspector"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    m_why->setContentsMargins(19, 6, 19, 0);
    m_why->hide();
    m_verbs->setContentsMargins(19, 8, 19, 15);
    m_verbs->hide();
    layout->addWidget(m_why);
    layout->addWidget(m_verbs);
    showPage(m_replica);
    setMinimumWidth(228);
    connect(m_verbs, &VerbRow::triggered, this, &Inspector::triggered);
    connect(m_steps, &StepsInspector::triggered, this, &Inspector::triggered);
    connect(m_replica, &ReplicaInspector::backRequested, this, &Inspector::situationRequested);
}

// Only the page that is shown lies in what scrolls: a stack would be as high as the highest of them.
void Inspector::showPage(QWidget* page) {
    if (m_scroll->widget() == page) {
        return;
    }
    const QWidget* focused = QApplication::focusWidget();
    const bool hadKeys = focused != nullptr && m_scroll->isAncestorOf(focused);
    if (QWidget* before = m_scroll->takeWidget()) {
        before->setParent(this);
        before->hide();
    }
    m_scroll->setWidget(page);
    page->show();
    if (hadKeys) {
        m_scroll->setFocus(Qt::OtherFocusReason); // the keyboard stays in the panel
    }
}

bool Inspector::hasSituation(const models::ClusterView& cluster) {
    return cluster.partition || !cluster.steps.isEmpty();
}

void Inspector::present(const models::ClusterView& cluster, const QString& replicaId) {
    const models::ReplicaView* replica = cluster.find(replicaId);
    const bool situation = hasSituation(cluster);
    if (replica == nullptr && !situation) {
        replica = cluster.leader();
        if (replica == nullptr && !cluster.replicas.isEmpty()) {
            replica = &cluster.replicas.first();
        }
    }
    if (replica != nullptr) {
        m_shown = replica->id;
        m_replica->setReplica(*replica, cluster.notLive.isEmpty());
        m_replica->setBack(!situation          ? QString()
                           : cluster.partition ? tr("‹ Who sees whom")
                                               : tr("‹ What to do"));
        showPage(m_replica);
        return;
    }
    m_shown.clear();
    setVerbs({});
    if (cluster.partition) {
        m_partition->setCluster(cluster);
        showPage(m_partition);
    } else {
        m_steps->setSteps(cluster.steps, cluster.stillWorks);
        m_steps->setRepair(repairOf(cluster));
        showPage(m_steps);
    }
}

void Inspector::setAnswerTimes(const QList<TimedValue>& values, qint64 spanMs, const QString& spanWords) {
    m_replica->setAnswerTimes(values, spanMs, spanWords);
}

void Inspector::setVerbs(const Verbs& verbs) {
    m_verbs->setVerbs(m_shown.isEmpty() ? Verbs() : verbs);
    // What cannot be pressed says why, to everybody: a button that is off has no tooltip for the keyboard.
    QStringList reasons;
    for (const Verb& verb : m_shown.isEmpty() ? Verbs() : verbs) {
        if (!verb.why.isEmpty() && !reasons.contains(verb.why)) {
            reasons.append(verb.why);
        }
    }
    setTextOf(*m_why, reasons.join(QLatin1Char(' ')));
    m_why->setVisible(!reasons.isEmpty());
}

void Inspector::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        return;
    }
    Panel::keyPressEvent(event);
}

} // namespace pilothouse::ui
