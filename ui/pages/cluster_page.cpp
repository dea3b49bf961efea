// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/cluster_page.h"

#include "ui/operations/change_dialog.h"
#include "ui/operations/check_dialog.h"
#include "ui/operations/document_buttons.h"
#include "ui/operations/document_saver.h"
#include "ui/operations/put_back_dialog.h"
#include "ui/operations/repair_dialog.h"
#include "ui/pages/operations_page.h"
#include "ui/pages/repositories_page.h"
#include "ui/pages/table_page.h"
#include "ui/pages/topology_page.h"
#include "ui/session/cluster_session.h"
#include "ui/status/bands.h"
#include "ui/status/status_banner.h"
#include "ui/theme/theme.h"
#include "ui/theme/type.h"

#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace pilothouse::ui {

using models::EventModel;
using models::ReplicaModel;

namespace {

// Pages of which each gets all the room that there is. Asked for their height at each width they would lay
// out every paragraph of every page, shown or not, each time that one word changes anywhere.
class PageStack : public QStackedWidget {
public:
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
};

} // namespace

ClusterPage::ClusterPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_sandboxBand(new SandboxBand(theme)),
      m_notLive(new NotLiveBand(theme)), m_banner(new StatusBanner(theme)), m_tabs(new QTabBar),
      m_pages(new PageStack), m_topology(new TopologyPage(theme, m_replicas)),
      m_replicasPage(new TablePage(theme, tr("Replicas"), m_replicas,
                                   {.sortRole = ReplicaModel::SortRole,
                                    .signRole = ReplicaModel::SignRole,
                                    .signColumn = ReplicaModel::State})),
      m_repositories(new RepositoriesPage(theme)),
      m_eventsPage(new TablePage(theme, tr("Events"), m_events,
                                 {.sortRole = EventModel::SortRole,
                                  .signRole = EventModel::SignRole,
                                  .signColumn = EventModel::Text,
                                  .wideColumn = EventModel::Text,
                                  .sortColumn = EventModel::At,
                                  .order = Qt::DescendingOrder,
                                  .empty = tr("Nothing has been recorded yet.")})),
      m_operations(new OperationsPage(theme)) {
    m_tabs->setFont(fontFor(TextRole::text));
    m_tabs->setAccessibleName(tr("Pages"));
    m_tabs->setExpanding(false);
    for (const auto& [words, page] : {std::pair<QString, QWidget*>{tr("Topology"), m_topology},
                                      {tr("Replicas"), m_replicasPage},
                                      {tr("Repositories"), m_repositories},
                                      {tr("Events"), m_eventsPage},
                                      {tr("Operations"), m_operations}}) {
        m_tabs->addTab(words);
        m_pages->addWidget(page);
    }
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(16, 16, 16, 16);
    inner->setSpacing(8);
    inner->addWidget(m_notLive);
    inner->addWidget(m_banner);
    inner->addWidget(m_tabs);
    auto* line = new QFrame;
    line->setProperty("line", true);
    line->setFixedHeight(1);
    inner->addSpacing(-9);
    inner->addWidget(line);
    line->lower();
    inner->addSpacing(7);
    inner->addWidget(m_pages, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_sandboxBand);
    layout->addLayout(inner, 1);

    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_banner, &StatusBanner::triggered, this, &ClusterPage::run);
    connect(m_banner, &StatusBanner::pageRequested, this, [this](models::Page page) {
        m_tabs->setCurrentIndex(static_cast<int>(page));
    }); // tabs are in that order
    connect(m_topology, &TopologyPage::changeRequested, this, &ClusterPage::beginChange);
    connect(m_topology, &TopologyPage::operationRequested, this, &ClusterPage::showOperation);
    connect(m_repositories, &RepositoriesPage::told, this, &ClusterPage::told);
    connect(m_operations, &OperationsPage::told, this, &ClusterPage::told);
    connect(m_operations, &OperationsPage::followRequested, this, &ClusterPage::showOperation);
    connect(m_notLive, &NotLiveBand::retryRequested, this, [this] { m_session->retryNow(); });
    connect(m_replicasPage, &TablePage::activated, this, [this](const QModelIndex& index) {
        m_tabs->setCurrentIndex(0);
        select(index.data(ReplicaModel::IdRole).toString());
    });
}

void ClusterPage::setSession(ClusterSession* session) {
    if (session == m_session) {
        return;
    }
    if (m_session != nullptr) {
        m_session->disconnect(this);
    }
    m_session = session;
    forgetDialogs();
    m_replicas.setReplicas({}, true);
    m_events.setEvents({});
    if (session != nullptr) {
        connect(session, &ClusterSession::changed, this, &ClusterPage::refresh);
        connect(session, &ClusterSession::processesChanged, this, &ClusterPage::refreshVerbs);
        refresh();
    }
    m_topology->setSession(session);
    m_repositories->setSession(session);
    m_operations->setSession(session);
}

void ClusterPage::refresh() {
    const models::ClusterView& view = m_session->view();
    m_sandboxBand->setVisible(view.sandbox);
    m_notLive->setWords(view.notLive);
    m_banner->setCluster(view);
    refreshVerbs();
    m_replicas.setReplicas(view.replicas, view.notLive.isEmpty());
    m_events.setEvents(m_session->events());
    m_topology->refresh();
    m_repositories->refresh();
    m_operations->refresh();
    m_tabs->setTabText(static_cast<int>(models::Page::operations),
                       view.operation ? tr("Operations (%1)").arg(1) : tr("Operations"));
}

void ClusterPage::refreshVerbs() {
    m_banner->setVerbs(verbsFor(m_session->view(), m_session->processes()));
}

ChangeDialog* ClusterPage::changeDialog() const {
    return m_change;
}

ChangeDialog* ClusterPage::openDialog(domain::OperationKind kind, const QString& replicaId,
                                      const QString& name) {
    Operations* operations = m_session != nullptr ? m_session->operations() : nullptr;
    if (operations == nullptr) {
        return nullptr;
    }
    if (m_change) {
        m_change->forget();
    }
    m_change =
        new ChangeDialog(m_theme, *operations, {kind, replicaId, name, m_session->view().name}, window());
    m_change->setAttribute(Qt::WA_DeleteOnClose);
    QHash<QString, QString> names;
    for (const models::ReplicaView& replica : m_session->view().replicas) {
        names.insert(replica.id, replica.name);
    }
    m_change->documents()->saver()->setNames(names);
    connect(m_change, &ChangeDialog::told, this, &ClusterPage::told);
    m_change->show();
    return m_change;
}

void ClusterPage::run(const Verb& verb) {
    if (verb.kind == VerbKind::join) {
        (void)openDialog(domain::OperationKind::join, {}, {}); // it asks for the host first
    } else if (verb.kind == VerbKind::check) {
        openCheck();
    } else {
        m_session->run(verb);
    }
}

void ClusterPage::beginChange(const Verb& verb) {
    if (verb.kind == VerbKind::repair) {
        return openRepair();
    }
    if (verb.kind == VerbKind::putBack) {
        return openPutBack(verb.replicaId);
    }
    if (verb.kind == VerbKind::diagnose) {
        return openCheck(verb.replicaId);
    }
    const models::ReplicaView* replica =
        m_session != nullptr ? m_session->view().find(verb.replicaId) : nullptr;
    if (replica == nullptr) {
        return;
    }
    const auto kind = verb.kind == VerbKind::forget    ? domain::OperationKind::forget
                      : verb.kind == VerbKind::replace ? domain::OperationKind::replace
                                                       : domain::OperationKind::remove;
    if (ChangeDialog* dialog = openDialog(kind, verb.replicaId, replica->name)) {
        dialog->check();
    }
}

void ClusterPage::forgetDialogs() {
    if (m_change) {
        m_change->forget();
    }
    if (m_check) {
        m_check->forget();
    }
    if (m_repair) {
        m_repair->forget();
    }
    if (m_putBack) {
        m_putBack->forget();
    }
}

CheckDialog* ClusterPage::checkDialog() const {
    return m_check;
}

void ClusterPage::openCheck(const QString& replicaId) {
    if (m_session == nullptr || m_session->checks() == nullptr) {
        return;
    }
    const models::ReplicaView* replica = m_session->view().find(replicaId);
    if (m_check) {
        m_check->forget();
    }
    const CheckWish wish{m_session->view().name, replica != nullptr ? replicaId : QString(),
                         replica != nullptr ? replica->name : QString()};
    m_check = new CheckDialog(m_theme, *m_session->checks(), wish, window());
    m_check->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_check, &CheckDialog::told, this, &ClusterPage::told);
    m_check->show();
    m_check->check();
}

void ClusterPage::openRestart() {
    if (ChangeDialog* dialog = openDialog(domain::OperationKind::rollingRestart, {}, {})) {
        dialog->check();
    }
}

RepairDialog* ClusterPage::repairDialog() const {
    return m_repair;
}

PutBackDialog* ClusterPage::putBackDialog() const {
    return m_putBack;
}

void ClusterPage::openRepair() {
    if (m_session == nullptr || m_session->repairs() == nullptr) {
        return;
    }
    if (m_repair) { // it may be following one
        m_repair->raise();
        m_repair->activateWindow();
        return;
    }
    const models::ClusterView& view = m_session->view();
    QHash<QString, QString> silent;
    int answering = 0;
    for (const models::ReplicaView& replica : view.replicas) {
        answering += replica.voting && replica.answers ? 1 : 0;
        if (!replica.answers) {
            silent.insert(replica.id, replica.detail);
        }
    }
    m_repair = new RepairDialog(m_theme, *m_session->repairs(), {view.name, view.voters, answering}, silent,
                                window());
    m_repair->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_repair, &RepairDialog::told, this, &ClusterPage::told);
    connect(m_repair, &RepairDialog::putBackRequested, this, &ClusterPage::openPutBack);
    connect(m_repair, &RepairDialog::joinRequested, this,
            [this] { (void)openDialog(domain::OperationKind::join, {}, {}); });
    m_repair->show();
    m_repair->look();
}

void ClusterPage::openPutBack(const QString& survivor) {
    if (m_session == nullptr || m_session->repairs() == nullptr) {
        return;
    }
    if (m_putBack) {
        m_putBack->forget();
    }
    m_putBack = new PutBackDialog(m_theme, *m_session->repairs(), survivor, m_session->view().name, window());
    m_putBack->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_putBack, &PutBackDialog::told, this, &ClusterPage::told);
    m_putBack->show();
    m_putBack->look();
}

void ClusterPage::showOperation() {
    if (m_session == nullptr || !m_session->view().operation) {
        return;
    }
    const models::OperationView operation = *m_session->view().operation;
    const auto kind = domain::operationKindOf(operation.kind.toStdString());
    if (!kind) {
        Q_EMIT told(
            tr("This console is too old to show that change. Look at it with pilothousectl operations."),
            true);
        return;
    }
    if (ChangeDialog* dialog = openDialog(*kind, operation.replicaId, operation.replica)) {
        dialog->follow(operation.id);
    }
}

void ClusterPage::select(const QString& replicaId) {
    m_topology->select(replicaId);
}

void ClusterPage::toggleTable() {
    m_tabs->setCurrentIndex(0);
    m_topology->setTable(!m_topology->isTable());
}

QList<QWidget*> ClusterPage::panels() const {
    QList<QWidget*> panels{m_banner, m_tabs};
    if (m_pages->currentWidget() == m_topology) {
        return panels + m_topology->panels();
    }
    if (m_pages->currentWidget() == m_repositories) {
        return panels + m_repositories->panels();
    }
    if (m_pages->currentWidget() == m_operations) {
        return panels + m_operations->panels();
    }
    panels.append(m_pages->currentWidget());
    return panels;
}

} // namespace pilothouse::ui
