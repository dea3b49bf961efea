// SPDX-License-Identifier: GPL-3.0-or-later
// The changes to a cluster: the one that runs and those that are over at the left, the chosen one with its
// steps and its journal at the right.
//
// The list is asked for when the page is shown and when another operation runs than before; the running one
// when something of it has changed. Nothing is asked while the page is hidden. What cannot be asked now is
// said; what was shown stays.
#pragma once

#include "models/cluster_view.h"
#include "models/operation_list_model.h"
#include "models/tag_model.h"
#include "ui/session/operations.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;

namespace pilothouse::ui {

class ClusterSession;
class DocumentSaver;
class OperationPanel;
class Panel;
class Theme;

class OperationsPage : public QWidget {
    Q_OBJECT
public:
    explicit OperationsPage(const Theme& theme, QWidget* parent = nullptr);

    void setSession(ClusterSession* session); // null: none
    // The cluster's view has changed: what runs, names of replicas.
    void refresh();
    [[nodiscard]] QList<QWidget*> panels() const; // of what is visible, in reading order
    [[nodiscard]] QListView* list() const { return m_list; }
    [[nodiscard]] OperationPanel* panel() const { return m_panel; }
    [[nodiscard]] DocumentSaver* saver() const { return m_saver; }
    [[nodiscard]] QPushButton* retryButton() const { return m_retry; }

Q_SIGNALS:
    void followRequested(); // the running one
    void told(const QString& sentence, bool failed);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] QWidget* buildList(const Theme& theme);
    [[nodiscard]] QWidget* buildProblem();
    void connectParts();
    void readAll();
    void readRunning();
    void showList(const Result<api::OperationList>& list);
    void showRunning(const Result<api::Operation>& operation);
    void showChosen();
    void showEmpty();
    void showProblem(const QString& sentence);
    void tick();
    [[nodiscard]] const api::Operation* chosen() const; // null: none
    [[nodiscard]] Operations* operations() const;
    [[nodiscard]] QString runningId() const; // as the cluster's view has it; empty: none
    [[nodiscard]] bool agrees() const;       // the list is as new as the view

    QPointer<ClusterSession> m_session;
    models::OperationListModel m_operations;
    models::ReplicaNames m_names;
    std::optional<models::OperationView> m_running; // as the cluster's view had it last
    std::optional<WallTime> m_knownAt;              // when the list was had last
    int m_generation = 0;                           // an answer to an earlier question counts no more
    QLabel* m_problem;
    QPushButton* m_retry;
    QWidget* m_problemRow;
    QListView* m_list;
    QLabel* m_empty;
    Panel* m_emptyPanel;
    QWidget* m_listPanel;
    OperationPanel* m_panel;
    QStackedWidget* m_stack;
    DocumentSaver* m_saver;
    QTimer m_tick; // runs while one is shown that runs
};

} // namespace pilothouse::ui
