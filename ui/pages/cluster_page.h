// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about one cluster: the sentence, the tabs and their pages.
#pragma once

#include "domain/operation.h"
#include "models/event_model.h"
#include "models/replica_model.h"
#include "ui/session/verb.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace pilothouse::ui {

class ChangeDialog;
class CheckDialog;
class ClusterSession;
class NotLiveBand;
class OperationsPage;
class PutBackDialog;
class RepairDialog;
class RepositoriesPage;
class SandboxBand;
class StatusBanner;
class TablePage;
class Theme;
class TopologyPage;

class ClusterPage : public QWidget {
    Q_OBJECT
public:
    explicit ClusterPage(const Theme& theme, QWidget* parent = nullptr);

    void setSession(ClusterSession* session); // null: none
    [[nodiscard]] ClusterSession* session() const { return m_session; }
    void select(const QString& replicaId);
    void toggleTable();                           // Ctrl+T
    [[nodiscard]] QList<QWidget*> panels() const; // of what is visible, in reading order
    [[nodiscard]] TopologyPage* topologyPage() const { return m_topology; }
    [[nodiscard]] RepositoriesPage* repositoriesPage() const { return m_repositories; }
    [[nodiscard]] OperationsPage* operationsPage() const { return m_operations; }
    [[nodiscard]] QTabBar* tabs() const { return m_tabs; }
    [[nodiscard]] StatusBanner* banner() const { return m_banner; }
    // The whole cluster, or one replica: in a window of its own.
    void openCheck(const QString& replicaId = {});
    // Asks first whether all replicas are to be restarted, one after another.
    void openRestart();
    [[nodiscard]] ChangeDialog* changeDialog() const;   // null: none is open
    [[nodiscard]] CheckDialog* checkDialog() const;     // null: none is open
    [[nodiscard]] RepairDialog* repairDialog() const;   // null: none is open
    [[nodiscard]] PutBackDialog* putBackDialog() const; // null: none is open
    // It takes the room that there is: what it would like is not worth laying out its paragraphs for.
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

Q_SIGNALS:
    void told(const QString& sentence, bool failed); // of what was done on a page

private:
    void refresh();
    void refreshVerbs();
    void run(const Verb& verb); // of the cluster as a whole
    void beginChange(const Verb& verb);
    void showOperation();
    void openRepair();
    void openPutBack(const QString& survivor);
    void forgetDialogs();
    [[nodiscard]] ChangeDialog* openDialog(domain::OperationKind kind, const QString& replicaId,
                                           const QString& name);

    const Theme& m_theme;
    QPointer<ClusterSession> m_session;
    QPointer<ChangeDialog> m_change;
    QPointer<CheckDialog> m_check;
    QPointer<RepairDialog> m_repair;
    QPointer<PutBackDialog> m_putBack;
    models::ReplicaModel m_replicas;
    models::EventModel m_events;
    SandboxBand* m_sandboxBand;
    NotLiveBand* m_notLive;
    StatusBanner* m_banner;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    TopologyPage* m_topology;
    TablePage* m_replicasPage;
    RepositoriesPage* m_repositories;
    TablePage* m_eventsPage;
    OperationsPage* m_operations;
};

} // namespace pilothouse::ui
