// SPDX-License-Identifier: GPL-3.0-or-later
// Joins, removes or forgets a replica, step by step: check it, review what changes, do it, see how it ended.
// Before a host that is to join can be checked, its setup code must be given.
//
// It may stay open beside the window, which goes on. Closing it changes nothing: the cluster carries the
// operation out.
#pragma once

#include "ui/operations/catch_up.h"
#include "ui/operations/change_words.h"
#include "ui/session/operations.h"

#include <QDialog>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace pilothouse::ui {

class DocumentButtons;
class EvenBand;
class FindingList;
class ReviewPage;
class SetupPage;
class StepList;
class StepRail;
class Theme;

class ChangeDialog : public QDialog {
    Q_OBJECT
public:
    // `operations` outlives it, or forget() comes first.
    ChangeDialog(const Theme& theme, Operations& operations, ChangeWish wish, QWidget* parent);

    // Looks at the cluster, and shows what the checks found. A host that is to join asks for its code first.
    void check();
    // Shows one that is running.
    void follow(const QString& operation);
    // The cluster is shown no more.
    void forget();

    [[nodiscard]] QPushButton* againButton() const { return m_again; }
    [[nodiscard]] QPushButton* backButton() const { return m_back; }
    [[nodiscard]] QPushButton* nextButton() const { return m_next; }
    [[nodiscard]] QPushButton* cancelButton() const { return m_cancel; }
    [[nodiscard]] QPushButton* skipButton() const { return m_skip; }
    [[nodiscard]] DocumentButtons* documents() const { return m_documents; }
    [[nodiscard]] FindingList* findings() const { return m_findings; }
    [[nodiscard]] SetupPage* setupPage() const { return m_setup; } // null: nobody joins

Q_SIGNALS:
    void told(const QString& sentence, bool failed);

private:
    enum Page { preparing, checking, reviewing, working };

    [[nodiscard]] QHBoxLayout* buttonRow();
    void connectParts();
    [[nodiscard]] Page firstPage() const { return m_setup != nullptr ? preparing : checking; }
    void showPage(Page page);
    void refreshButtons();
    void dressNext();
    void offerDocuments();
    [[nodiscard]] QString missing() const;
    void showFindings(std::vector<api::Finding> findings);
    void takePlan(const Result<api::OperationPlan>& plan);
    void takeHost(const std::optional<std::string>& name); // of a new host; nothing: nobody told yet
    void showReview();
    void start();
    void takeOperation(const Result<api::Operation>& operation);
    [[nodiscard]] std::optional<Pace> paceOf(const api::Operation& operation); // nullopt: it fetches nothing
    void look();
    void decide(domain::Decision decision);
    void goBack();
    void goOn();
    [[nodiscard]] bool isOver() const;

    const Theme& m_theme;
    Operations* m_operations;
    ChangeWish m_wish;
    StepRail* m_rail;
    QLabel* m_title;
    QLabel* m_subtitle;
    QStackedWidget* m_pages;
    SetupPage* m_setup;
    FindingList* m_findings;
    EvenBand* m_even;
    ReviewPage* m_review;
    StepList* m_steps;
    QLabel* m_hint;
    QPushButton* m_again;
    DocumentButtons* m_documents;
    QPushButton* m_skip;
    QPushButton* m_cancel;
    QPushButton* m_back;
    QPushButton* m_next;
    QTimer m_looking;
    Page m_page = checking;
    bool m_busy = false; // an answer is awaited
    int m_asked = 0;     // plans: an answer to an earlier question counts no more
    std::optional<api::OperationPlan> m_plan;
    std::optional<api::Operation> m_operation;
    QString m_id; // of the operation
    CatchUp m_catchUp;
};

} // namespace pilothouse::ui
