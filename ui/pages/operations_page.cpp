// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/operations_page.h"

#include "text/format.h"
#include "ui/operations/document_saver.h"
#include "ui/operations/operation_delegate.h"
#include "ui/operations/operation_panel.h"
#include "ui/session/cluster_session.h"
#include "ui/session/when_answered.h"
#include "ui/widgets/button_kind.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace pilothouse::ui {

using models::OperationListModel;

namespace {

constexpr int tickMs = 1000;
constexpr int leastListWidth = 360; // in which the lines of a row end

} // namespace

OperationsPage::OperationsPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_problem(makeParagraph(TextRole::secondary, Ink::attention)),
      m_retry(new QPushButton(tr("Retry"))), m_problemRow(buildProblem()), m_list(new QListView),
      m_empty(makeParagraph(TextRole::text, Ink::dim)), m_emptyPanel(new Panel(tr("Operations"))),
      m_listPanel(buildList(theme)), m_panel(new OperationPanel(theme)), m_stack(new QStackedWidget),
      m_saver(new DocumentSaver(this)) {
    auto* across = new QSplitter(Qt::Horizontal);
    across->setChildrenCollapsible(false);
    across->setHandleWidth(16);
    across->addWidget(m_listPanel);
    across->addWidget(m_panel);
    across->setStretchFactor(1, 1);
    across->setSizes({380, 750});
    m_empty->setAlignment(Qt::AlignCenter);
    auto* empty = new QVBoxLayout(m_emptyPanel);
    empty->setContentsMargins(40, 20, 40, 20);
    empty->addWidget(m_empty);
    m_stack->addWidget(across);
    m_stack->addWidget(m_emptyPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_problemRow);
    layout->addWidget(m_stack, 1);
    m_tick.setInterval(tickMs);
    connectParts();
    showProblem({});
    showEmpty();
}

QWidget* OperationsPage::buildProblem() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    setKind(*m_retry, QStringLiteral("link"));
    m_retry->setAccessibleDescription(tr("Asks for the operations again"));
    m_problem->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layout->addWidget(m_problem, 1);
    layout->addWidget(m_retry);
    return row;
}

QWidget* OperationsPage::buildList(const Theme& theme) {
    m_list->setModel(&m_operations);
    m_list->setItemDelegate(new OperationDelegate(theme, m_list));
    m_list->setAccessibleName(tr("Operations"));
    m_list->setProperty("ownFocus", true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* panel = new Panel(tr("Operations"));
    panel->setMinimumWidth(leastListWidth);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_list);
    return panel;
}

void OperationsPage::connectParts() {
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &OperationsPage::showChosen);
    connect(m_list, &QListView::activated, this, [this] {
        if (m_panel->followButton()->isVisible()) {
            Q_EMIT followRequested();
        }
    });
    connect(&m_operations, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty() && first.row() <= m_list->currentIndex().row()) {
                    showChosen();
                }
            });
    connect(m_panel, &OperationPanel::followRequested, this, &OperationsPage::followRequested);
    connect(m_panel, &OperationPanel::runbookRequested, this, [this] {
        if (chosen() != nullptr && m_session != nullptr) {
            m_saver->saveRunbook(*chosen(), m_session->view().name);
        }
    });
    connect(m_panel, &OperationPanel::reportRequested, this, [this] {
        if (chosen() != nullptr && m_session != nullptr) {
            m_saver->saveReport(*chosen(), m_session->view().name);
        }
    });
    connect(m_saver, &DocumentSaver::told, this, &OperationsPage::told);
    connect(m_retry, &QPushButton::clicked, this, &OperationsPage::readAll);
    connect(&m_tick, &QTimer::timeout, this, &OperationsPage::tick);
}

Operations* OperationsPage::operations() const {
    return m_session == nullptr ? nullptr : m_session->operations();
}

QString OperationsPage::runningId() const {
    return m_running ? m_running->id : QString();
}

const api::Operation* OperationsPage::chosen() const {
    return m_operations.at(m_list->currentIndex().row());
}

bool OperationsPage::agrees() const {
    const api::Operation* running = m_operations.running();
    return runningId() == (running != nullptr ? QString::fromStdString(running->id) : QString());
}

void OperationsPage::setSession(ClusterSession* session) {
    if (session == m_session) {
        return;
    }
    m_session = session;
    ++m_generation;
    m_operations.clear();
    m_panel->clear();
    m_running.reset();
    m_knownAt.reset();
    m_names.clear();
    showProblem({});
    showEmpty();
    refresh();
    if (isVisible()) {
        readAll();
    }
}

void OperationsPage::refresh() {
    if (m_session == nullptr) {
        return;
    }
    const models::ClusterView& view = m_session->view();
    models::ReplicaNames names;
    for (const models::ReplicaView& replica : view.replicas) {
        names.insert(replica.id, replica.name);
    }
    if (names != m_names) {
        m_names = names;
        m_saver->setNames(names);
        showChosen();
    }
    if (view.operation == m_running) {
        return;
    }
    m_running = view.operation;
    if (isVisible()) {
        agrees() && m_running ? readRunning() : readAll();
    }
}

void OperationsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    readAll();
}

void OperationsPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_tick.stop();
}

void OperationsPage::readAll() {
    if (operations() == nullptr) {
        return showEmpty();
    }
    whenAnswered(this, operations()->list(), [this, asked = ++m_generation](const auto& list) {
        if (asked == m_generation) {
            showList(list);
        }
    });
}

void OperationsPage::readRunning() {
    if (operations() == nullptr) {
        return;
    }
    whenAnswered(this, operations()->find(runningId()), [this, asked = ++m_generation](const auto& now) {
        if (asked == m_generation) {
            showRunning(now);
        }
    });
}

void OperationsPage::showList(const Result<api::OperationList>& list) {
    if (!list) {
        const QString why = QString::fromStdString(list.error().text());
        showProblem(m_knownAt
                        ? tr("This is from %1, and may be old: %2").arg(text::dayAndTime(*m_knownAt), why)
                        : tr("The operations are not known: %1").arg(why));
        return showEmpty();
    }
    showProblem({});
    m_knownAt = systemClock().wall();
    m_operations.setNow(*m_knownAt);
    m_operations.setOperations(*list);
    if (!m_list->currentIndex().isValid() && m_operations.rowCount() > 0) {
        m_list->setCurrentIndex(m_operations.index(0));
    }
    showChosen();
    showEmpty();
    const bool watch = isVisible() && (m_operations.running() != nullptr || !agrees());
    watch ? m_tick.start() : m_tick.stop();
}

// One that is over is in the list from then on, among the others.
void OperationsPage::showRunning(const Result<api::Operation>& operation) {
    if (!operation || operation->ended_at) {
        return readAll();
    }
    showProblem({});
    m_knownAt = systemClock().wall();
    m_operations.update(*operation);
}

// Which replica answers is not certain: one that has not heard of the end yet is asked again.
void OperationsPage::tick() {
    const WallTime now = systemClock().wall();
    m_operations.setNow(now);
    m_panel->setNow(now);
    if (!agrees()) {
        readAll();
    }
}

void OperationsPage::showChosen() {
    if (chosen() == nullptr) {
        return m_panel->clear();
    }
    m_panel->setNow(m_operations.now());
    m_panel->show(*chosen(), chosen() == m_operations.running(), m_names);
}

void OperationsPage::showEmpty() {
    const bool none = m_operations.rowCount() == 0;
    m_stack->setCurrentIndex(none ? 1 : 0);
    if (!none) {
        return;
    }
    const bool asking = operations() != nullptr && !m_knownAt && m_problemRow->isHidden();
    setTextOf(*m_empty,
              operations() == nullptr ? tr("Nobody can be asked for the operations of this cluster.")
              : asking                ? tr("Asking for the operations…")
              : !m_knownAt            ? QString()
                           : tr("No operation has changed this cluster yet: each will be listed here, "
                                "with its steps and its journal."));
}

void OperationsPage::showProblem(const QString& sentence) {
    setTextOf(*m_problem, sentence);
    m_problemRow->setVisible(!sentence.isEmpty());
}

QList<QWidget*> OperationsPage::panels() const {
    if (m_stack->currentWidget() == m_emptyPanel) {
        return {m_emptyPanel};
    }
    return {m_listPanel, m_panel};
}

} // namespace pilothouse::ui
