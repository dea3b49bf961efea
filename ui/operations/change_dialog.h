// SPDX-License-Identifier: GPL-3.0-or-later
// Removes or forgets a replica, step by step: check it, review what changes, do it, see how it ended.
//
// It may stay open beside the window, which goes on. Closing it changes nothing: the cluster carries the
// operation out.
#pragma once

#include "domain/operation.h"
#include "ui/session/operations.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace pilothouse::ui {

class FindingList;
class StepList;
class StepRail;
class Theme;

// What is to be done to whom.
struct ChangeWish {
    domain::OperationKind kind = domain::OperationKind::remove;
    QString replicaId;
    QString replica; // its name
    QString cluster; // name
};

class ChangeDialog : public QDialog {
    Q_OBJECT
public:
    // `operations` outlives it, or forget() comes first.
    ChangeDialog(const Theme& theme, Operations& operations, ChangeWish wish, QWidget* parent);

    // Looks at the cluster, and shows what the checks found.
    void check();
    // Shows one that is running.
    void follow(const QString& operation);
    // The cluster is shown no more.
    void forget();

    [[nodiscard]] QPushButton* backButton() const { return m_back; }
    [[nodiscard]] QPushButton* nextButton() const { return m_next; }
    [[nodiscard]] QPushButton* cancelButton() const { return m_cancel; }
    [[nodiscard]] QPushButton* skipButton() const { return m_skip; }
    [[nodiscard]] FindingList* findings() const { return m_findings; }

Q_SIGNALS:
    void told(const QString& sentence, bool failed);

private:
    enum Page { checking, reviewing, working };

    void buildReview(QVBoxLayout& layout);
    void connectParts();
    [[nodiscard]] QWidget* inPanel(QWidget* content, const QString& name);
    void showPage(Page page);
    void refreshButtons();
    void takePlan(const Result<api::OperationPlan>& plan);
    void showReview();
    void start();
    void takeOperation(const Result<api::Operation>& operation);
    void look();
    void decide(domain::Decision decision);
    void goBack();
    void goOn();
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] QString command() const;

    const Theme& m_theme;
    Operations* m_operations;
    const ChangeWish m_wish;
    StepRail* m_rail;
    QLabel* m_title;
    QLabel* m_subtitle;
    QStackedWidget* m_pages;
    FindingList* m_findings;
    QLabel* m_before;
    QLabel* m_worst;
    QLabel* m_after;
    QLabel* m_planSteps;
    QVBoxLayout* m_commands;
    StepList* m_steps;
    QLabel* m_hint;
    QPushButton* m_skip;
    QPushButton* m_cancel;
    QPushButton* m_back;
    QPushButton* m_next;
    QTimer m_looking;
    Page m_page = checking;
    bool m_busy = false; // an answer is awaited
    std::optional<api::OperationPlan> m_plan;
    std::optional<api::Operation> m_operation;
    QString m_id; // of the operation
};

} // namespace pilothouse::ui
