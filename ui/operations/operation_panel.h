// SPDX-License-Identifier: GPL-3.0-or-later
// One operation whole: how far it is, its steps, why it was done, what the checks found, and its journal.
#pragma once

#include "models/tag_model.h"
#include "ui/operations/step_list.h"
#include "ui/widgets/panel.h"

#include <optional>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace pilothouse::ui {

class FindingList;
class Theme;

class OperationPanel : public Panel {
    Q_OBJECT
public:
    explicit OperationPanel(const Theme& theme, QWidget* parent = nullptr);

    void clear();
    // `followed`: it runs, and can be followed. `names`: of replicas, by id.
    void show(const api::Operation& operation, bool followed, const models::ReplicaNames& names);
    // For how long it has run.
    void setNow(WallTime now);
    [[nodiscard]] QPushButton* followButton() const { return m_follow; }
    [[nodiscard]] QPushButton* runbookButton() const { return m_runbook; }
    [[nodiscard]] QPushButton* reportButton() const { return m_report; }

Q_SIGNALS:
    void followRequested();
    void runbookRequested();
    void reportRequested();

private:
    [[nodiscard]] QWidget* buildBody();
    void showByline();
    void showReason();
    void showJournal();
    [[nodiscard]] QString nameOf(const std::string& who) const;

    std::optional<api::Operation> m_operation;
    models::ReplicaNames m_names;
    WallTime m_now;
    QLabel* m_title;
    QLabel* m_byline;
    QLabel* m_waits;
    QLabel* m_reasonHead;
    QLabel* m_reason;
    StepList* m_steps;
    QLabel* m_findingsHead;
    FindingList* m_findings;
    QGridLayout* m_journal;
    QLabel* m_journalNote;
    QWidget* m_body;
    QPushButton* m_follow;
    QPushButton* m_runbook;
    QPushButton* m_report;
};

} // namespace pilothouse::ui
