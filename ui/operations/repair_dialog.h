// SPDX-License-Identifier: GPL-3.0-or-later
// Repairs a cluster whose majority is gone for good, step by step: choose the survivor, say what became of
// the others, check, review what changes, do it, see how it ended.
//
// It may stay open beside the window, which goes on. Closing it changes nothing: the survivor carries the
// repair out.
#pragma once

#include "ui/operations/repair_review.h"
#include "ui/session/repairs.h"

#include <QDialog>
#include <QHash>

#include <map>
#include <memory>
#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace pilothouse::ui {

class FindingList;
class RepairEnd;
class StatementsPage;
class StepList;
class StepRail;
class SurvivorPage;
class Theme;

class RepairDialog : public QDialog {
    Q_OBJECT
public:
    // `repairs` outlives it, or forget() comes first. `seen`: how each member that does not answer is silent,
    // by id.
    RepairDialog(const Theme& theme, Repairs& repairs, RepairWish wish, QHash<QString, QString> seen,
                 QWidget* parent);
    ~RepairDialog() override;

    // Asks every replica that answers what could be saved from it.
    void look();
    // The cluster is shown no more.
    void forget();

    [[nodiscard]] QPushButton* againButton() const { return m_again; }
    [[nodiscard]] QPushButton* backButton() const { return m_back; }
    [[nodiscard]] QPushButton* nextButton() const { return m_next; }
    [[nodiscard]] QPushButton* putBackButton() const { return m_putBack; }
    [[nodiscard]] QPushButton* addButton() const { return m_add; }
    [[nodiscard]] SurvivorPage* survivors() const { return m_survivors; }
    [[nodiscard]] StatementsPage* statements() const { return m_statements; }
    [[nodiscard]] FindingList* findings() const { return m_findings; }

Q_SIGNALS:
    void told(const QString& sentence, bool failed);
    void putBackRequested(const QString& survivor); // id
    void joinRequested();

private:
    enum Page { choosing, stating, checking, reviewing, working };

    void buildPages();
    [[nodiscard]] QHBoxLayout* buttonRow();
    void connectParts();
    void showPage(Page page);
    void focusPage();
    void refreshButtons();
    [[nodiscard]] QString missing() const;
    [[nodiscard]] bool isDone() const;
    [[nodiscard]] bool isOver() const;
    void takeLook(const Candidate& candidate, const Result<api::RepairPlan>& plan);
    void showSurvivors();
    void check();
    void takePlan(const Result<api::RepairPlan>& plan);
    void start();
    void takeRepair(const api::Repair& repair);
    void takeEnd(const api::Repair& repair);
    void takeFailure(const Error& error, bool refused);
    void goBack();
    void goOn();

    const Theme& m_theme;
    Repairs* m_repairs;
    RepairWish m_wish;
    QHash<QString, QString> m_seen;
    StepRail* m_rail;
    QLabel* m_title;
    QLabel* m_subtitle;
    QStackedWidget* m_pages;
    SurvivorPage* m_survivors;
    StatementsPage* m_statements;
    FindingList* m_findings;
    RepairReview* m_review;
    StepList* m_steps;
    RepairEnd* m_end;
    QLabel* m_hint;
    QPushButton* m_again;
    QPushButton* m_putBack;
    QPushButton* m_add;
    QPushButton* m_back;
    QPushButton* m_next;
    Page m_page = choosing;
    int m_asked = 0;   // questions: an answer to an earlier one counts no more
    int m_awaited = 0; // answers
    std::vector<Candidate> m_candidates;
    std::map<QString, api::RepairPlan> m_plans; // of the survivors, by id; without statements
    QStringList m_notes;                        // why there is no plan of others
    std::optional<api::RepairPlan> m_plan;      // of the chosen one, with the statements
    std::optional<api::Repair> m_repair;
    QString m_heard;
    std::unique_ptr<RepairProgress> m_progress;
};

} // namespace pilothouse::ui
