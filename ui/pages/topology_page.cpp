// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/topology_page.h"

#include "models/replica_model.h"
#include "ui/inspector/inspector.h"
#include "ui/operations/operation_strip.h"
#include "ui/session/cluster_session.h"
#include "ui/theme/theme.h"
#include "ui/timeline/time_span.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/topology/topology_view.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"
#include "ui/window/panel_focus.h"

#include <QDataStream>
#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

namespace pilothouse::ui {

using models::ReplicaModel;

namespace {

// The picture scrolls where a window is too small for it; the window may get that small.
class PictureScroll : public QScrollArea {
public:
    explicit PictureScroll(TopologyView* topology) : m_topology(topology) {
        setWidget(topology);
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus); // the picture has the keys
        connect(topology, &TopologyView::selectionChanged, this, [this] {
            const int index = m_topology->currentIndex();
            if (index >= 0) {
                const QPoint middle = m_topology->itemRect(index).center();
                const QSize half = m_topology->itemRect(index).size() / 2;
                ensureVisible(middle.x(), middle.y(), half.width() + 8, half.height() + 8);
            }
        });
    }
    [[nodiscard]] QSize sizeHint() const override { return m_topology->sizeHint(); }
    [[nodiscard]] QSize minimumSizeHint() const override {
        const QSize least = m_topology->minimumSizeHint();
        const int bar = least.height() > lowest ? verticalScrollBar()->sizeHint().width() : 0;
        return QSize(least.width() + bar, least.height()).boundedTo(QSize(widest, lowest));
    }

protected:
    // The picture wants more or less room: what is around this area has to know, too.
    bool viewportEvent(QEvent* event) override {
        if (event->type() == QEvent::LayoutRequest) {
            updateGeometry();
        }
        return QScrollArea::viewportEvent(event);
    }

private:
    static constexpr int lowest = 236; // that it may get
    static constexpr int widest = 556; // that it asks for: five replicas and a scroll bar
    TopologyView* m_topology;
};

} // namespace

TopologyPage::TopologyPage(const Theme& theme, ReplicaModel& replicas, QWidget* parent)
    : QWidget(parent), m_replicas(replicas), m_topologyPanel(new Panel(tr("Topology"))),
      m_pictureOrTable(new QStackedWidget), m_topology(new TopologyView(theme)),
      m_table(makeTable(tr("Replicas as a table"))), m_operation(new OperationStrip), m_noteBox(new QFrame),
      m_firstNote(makeParagraph(TextRole::secondary)),
      m_otherNotes(makeParagraph(TextRole::secondary, Ink::dim)), m_inspector(new Inspector(theme)),
      m_timeline(new TimelinePanel(theme)), m_across(new QSplitter(Qt::Horizontal)),
      m_down(new QSplitter(Qt::Vertical)) {
    buildTopologyPanel(theme);
    m_across->addWidget(m_topologyPanel);
    m_across->addWidget(m_inspector);
    m_across->setStretchFactor(0, 1);
    m_down->addWidget(m_across);
    m_down->addWidget(m_timeline);
    m_down->setStretchFactor(0, 1);
    for (QSplitter* splitter : {m_across, m_down}) {
        splitter->setHandleWidth(16);
        splitter->setChildrenCollapsible(false);
    }
    // A splitter puts what it is given behind what it has; a screen reader reads from back to front.
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_topologyPanel, m_inspector, m_across, m_timeline}) {
        part->raise();
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_down);
    connectParts();
}

void TopologyPage::buildTopologyPanel(const Theme& theme) {
    m_table->setModel(&m_replicas);
    m_table->setItemDelegateForColumn(ReplicaModel::State,
                                      new SignDelegate(theme, ReplicaModel::SignRole, m_table));
    m_table->setColumnHidden(ReplicaModel::LeaderClaim, true); // the page "Replicas" has room for all
    m_table->setColumnHidden(ReplicaModel::Address, true);
    m_table->setProperty("ownFocus", true);
    m_topology->setProperty("ownFocus", true);
    m_pictureOrTable->addWidget(new PictureScroll(m_topology));
    m_pictureOrTable->addWidget(m_table);
    auto* notes = new QVBoxLayout(m_noteBox);
    notes->setContentsMargins(0, 6, 0, 6);
    notes->setSpacing(4);
    notes->addWidget(m_firstNote);
    notes->addWidget(m_otherNotes);
    m_noteBox->hide();
    auto* layout = new QVBoxLayout(m_topologyPanel);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto* above = new QVBoxLayout;
    above->setContentsMargins(15, 13, 15, 0);
    above->addWidget(m_operation);
    layout->addLayout(above);
    layout->addWidget(m_pictureOrTable, 1);
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(19, 0, 19, 15);
    inset->addWidget(m_noteBox);
    layout->addLayout(inset);
}

void TopologyPage::connectParts() {
    connect(m_topology, &TopologyView::selectionChanged, this, &TopologyPage::onSelected);
    connect(m_topology, &TopologyView::activated, this, [this](const QString& replicaId) {
        onSelected(replicaId);
        focusPanel(m_inspector);
    });
    connect(m_topology, &TopologyView::actionsRequested, this, &TopologyPage::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& now) { onSelected(now.data(ReplicaModel::IdRole).toString()); });
    connect(m_inspector, &Inspector::escaped, this, &TopologyPage::focusTopology);
    connect(m_inspector, &Inspector::situationRequested, this, [this] { onSelected({}); });
    connect(m_inspector, &Inspector::triggered, this, &TopologyPage::run);
    connect(m_operation, &OperationStrip::showRequested, this, &TopologyPage::operationRequested);
}

void TopologyPage::run(const Verb& verb) {
    if (m_session == nullptr) {
        return;
    }
    const bool asks = verb.kind == VerbKind::remove || verb.kind == VerbKind::forget ||
                      verb.kind == VerbKind::replace || verb.kind == VerbKind::repair ||
                      verb.kind == VerbKind::putBack || verb.kind == VerbKind::diagnose;
    if (asks) {
        Q_EMIT changeRequested(verb);
    } else {
        m_session->run(verb);
    }
}

void TopologyPage::setSession(ClusterSession* session) {
    if (m_session != nullptr) {
        m_session->disconnect(this);
    }
    m_session = session;
    m_inspected.clear();
    m_hadSituation = false;
    if (session != nullptr) {
        connect(session, &ClusterSession::processesChanged, this, &TopologyPage::refreshInspector);
        refresh();
    }
}

void TopologyPage::refresh() {
    if (m_session == nullptr) {
        return;
    }
    const models::ClusterView& cluster = m_session->view();
    m_topology->setCluster(cluster);
    m_operation->setOperation(cluster.operation);
    showNotes(cluster);
    // A new situation of the whole cluster comes to the front once; the person may look elsewhere after that.
    const bool situation = Inspector::hasSituation(cluster);
    if (situation && !m_hadSituation) {
        m_inspected.clear();
    }
    m_hadSituation = situation;
    refreshInspector();
    m_timeline->setEvents(m_session->events());
    m_timeline->setContent(m_session->samples(), QDateTime::currentMSecsSinceEpoch(),
                           cluster.verdict == domain::Verdict::noQuorum);
}

void TopologyPage::refreshInspector() {
    if (m_session == nullptr) {
        return;
    }
    const models::ClusterView& cluster = m_session->view();
    m_inspector->present(cluster, m_inspected);
    const QString shown = m_inspector->shownReplica();
    m_topology->setInspected(shown);
    if (!shown.isEmpty()) {
        const qint64 span = spanFor(m_session->samples());
        m_inspector->setAnswerTimes(m_session->answerTimes(shown), span, phraseOf(span));
        m_inspector->setVerbs(verbsFor(cluster, shown, m_session->processes()));
    }
}

void TopologyPage::showNotes(const models::ClusterView& cluster) {
    // Beside a partition's matrix the inspector has the first note.
    const QStringList notes = cluster.partition ? cluster.notes.mid(1) : cluster.notes;
    const bool box = cluster.verdict == domain::Verdict::noQuorum;
    setTextOf(*m_firstNote, notes.value(0));
    setInk(*m_firstNote, box ? Ink::value : Ink::dim);
    setTextOf(*m_otherNotes, notes.mid(1).join(QLatin1Char(' ')));
    m_otherNotes->setVisible(notes.size() > 1);
    if (m_noteBox->property("inset").toBool() != box) {
        m_noteBox->setProperty("inset", box);
        m_noteBox->layout()->setContentsMargins(box ? 18 : 0, box ? 10 : 6, box ? 18 : 0, box ? 10 : 6);
        m_noteBox->style()->unpolish(m_noteBox);
        m_noteBox->style()->polish(m_noteBox);
    }
    m_noteBox->setVisible(!notes.isEmpty());
}

void TopologyPage::onSelected(const QString& replicaId) {
    if (replicaId == m_inspected && !replicaId.isEmpty()) {
        return;
    }
    m_inspected = replicaId;
    if (!replicaId.isEmpty()) {
        m_topology->select(replicaId);
        const int row = m_replicas.rowOf(replicaId);
        if (row >= 0 && m_table->currentIndex().row() != row) {
            m_table->setCurrentIndex(m_replicas.index(row, 0));
        }
    }
    refreshInspector();
}

void TopologyPage::select(const QString& replicaId) {
    onSelected(replicaId);
}

void TopologyPage::showMenu(const QString& replicaId, const QPoint& globalAt) {
    if (m_session == nullptr) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Verb& verb : verbsFor(m_session->view(), replicaId, m_session->processes())) {
        QAction* action = menu->addAction(verb.label, this, [this, verb] { run(verb); });
        action->setEnabled(verb.why.isEmpty());
        action->setToolTip(verb.why);
    }
    menu->setToolTipsVisible(true);
    menu->popup(globalAt);
}

void TopologyPage::setTable(bool table) {
    const bool hadFocus = m_pictureOrTable->isAncestorOf(focusWidget());
    m_pictureOrTable->setCurrentIndex(table ? 1 : 0);
    if (table) {
        m_table->resizeColumnsToContents();
    }
    if (hadFocus) {
        focusTopology();
    }
}

bool TopologyPage::isTable() const {
    return m_pictureOrTable->currentWidget() == m_table;
}

void TopologyPage::focusTopology() {
    (isTable() ? static_cast<QWidget*>(m_table) : m_topology)->setFocus(Qt::OtherFocusReason);
}

QList<QWidget*> TopologyPage::panels() const {
    return {m_topologyPanel, m_inspector, m_timeline};
}

void TopologyPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!std::exchange(m_sized, true)) {
        shareRoom();
    }
}

void TopologyPage::shareRoom() {
    // In a small window the picture has first call on the room.
    const int spareWidth = width() - m_across->handleWidth() - m_topologyPanel->minimumSizeHint().width();
    const int beside = std::clamp(spareWidth, m_inspector->minimumWidth(), m_inspector->sizeHint().width());
    m_across->setSizes({std::max(1, width() - beside - m_across->handleWidth()), beside});
    const int spareHeight = height() - m_down->handleWidth() - m_topologyPanel->minimumSizeHint().height();
    const int below =
        std::clamp(spareHeight, m_timeline->minimumSizeHint().height(),
                   std::max(m_timeline->minimumSizeHint().height(), m_timeline->sizeHint().height()));
    m_down->setSizes({std::max(1, height() - below - m_down->handleWidth()), below});
}

QByteArray TopologyPage::saveState() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_across->saveState() << m_down->saveState() << isTable();
    return state;
}

void TopologyPage::restoreState(const QByteArray& state) {
    QByteArray across;
    QByteArray down;
    bool table = false;
    QDataStream stream(state);
    stream >> across >> down >> table;
    if (stream.status() == QDataStream::Ok && !across.isEmpty()) {
        m_across->restoreState(across);
        m_down->restoreState(down);
        m_sized = true;
        setTable(table);
    }
}

} // namespace pilothouse::ui
