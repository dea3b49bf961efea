// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/change_dialog.h"

#include "client/operation_steps.h"
#include "domain/check.h"
#include "ui/operations/document_buttons.h"
#include "ui/operations/even_band.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/review_page.h"
#include "ui/operations/setup_page.h"
#include "ui/operations/step_list.h"
#include "ui/operations/step_rail.h"
#include "ui/operations/wizard.h"
#include "ui/session/when_answered.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button_kind.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace pilothouse::ui {
namespace {

using domain::OperationKind;
using domain::OperationPhase;

constexpr int lookEveryMs = 250;

} // namespace

ChangeDialog::ChangeDialog(const Theme& theme, Operations& operations, ChangeWish wish, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_operations(&operations), m_wish(std::move(wish)),
      m_rail(new StepRail(theme, railTitleOf(m_wish), railSubtitleOf(m_wish), railStepsOf(m_wish))),
      m_title(makeParagraph(TextRole::sentence)), m_subtitle(makeParagraph(TextRole::text, Ink::dim)),
      m_pages(new QStackedWidget), m_setup(hasHost(m_wish.kind) ? new SetupPage(theme) : nullptr),
      m_findings(new FindingList(theme)), m_even(new EvenBand), m_review(new ReviewPage(theme)),
      m_steps(new StepList(theme)), m_hint(makeParagraph(TextRole::secondary, Ink::dim)),
      m_again(new QPushButton(tr("Check again"))), m_documents(new DocumentButtons),
      m_skip(new QPushButton(tr("Go on without this step"))),
      m_cancel(new QPushButton(tr("Cancel the operation"))), m_back(new QPushButton(tr("Back"))),
      m_next(new QPushButton) {
    setWindowTitle(wholeTitleOf(m_wish));
    setModal(false);
    resize(960, 680);
    if (m_setup != nullptr) {
        m_pages->addWidget(scrollingPanel(m_setup, tr("The new host")));
        m_findings->setWordQuestion(tr("Join anyway, because"));
    }
    auto* checks = new QWidget;
    auto* checked = new QVBoxLayout(checks);
    checked->setContentsMargins(0, 0, 0, 0);
    checked->setSpacing(12);
    checked->addWidget(scrollingPanel(m_findings, tr("Checks")), 1);
    checked->addWidget(m_even);
    m_pages->addWidget(checks);
    m_pages->addWidget(scrollingPanel(m_review, tr("What changes")));
    m_pages->addWidget(scrollingPanel(m_steps, tr("Steps")));

    layOutWizard(theme, this, m_rail, {m_title, m_subtitle, m_pages, buttonRow()});

    connectParts();
    showPage(firstPage());
}

QHBoxLayout* ChangeDialog::buttonRow() {
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    for (QPushButton* button : {m_cancel, m_skip, m_again}) {
        buttons->addWidget(button);
    }
    buttons->addWidget(m_documents);
    buttons->addWidget(m_hint, 1, Qt::AlignVCenter);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    return buttons;
}

void ChangeDialog::connectParts() {
    for (QPushButton* button : {m_again, m_back, m_next, m_cancel, m_skip}) {
        button->setAutoDefault(false); // Enter in a field decides nothing
    }
    if (m_setup != nullptr) {
        connect(m_setup, &SetupPage::edited, this, &ChangeDialog::refreshButtons);
        connect(m_setup, &SetupPage::entered, m_next, [this] {
            if (m_next->isEnabled()) {
                goOn(); // which asks, and changes nothing
            }
        });
        connect(this, &QDialog::finished, m_setup, &SetupPage::forgetCode);
    }
    m_looking.setInterval(lookEveryMs);
    connect(&m_looking, &QTimer::timeout, this, &ChangeDialog::look);
    connect(m_findings, &FindingList::edited, this, &ChangeDialog::refreshButtons);
    connect(m_again, &QPushButton::clicked, this, &ChangeDialog::check);
    connect(m_back, &QPushButton::clicked, this, &ChangeDialog::goBack);
    connect(m_next, &QPushButton::clicked, this, &ChangeDialog::goOn);
    connect(m_cancel, &QPushButton::clicked, this, [this] { decide(domain::Decision::cancel); });
    connect(m_documents, &DocumentButtons::told, m_hint,
            [this](const QString& sentence) { setTextOf(*m_hint, sentence); });
    connect(m_skip, &QPushButton::clicked, this, [this] { decide(domain::Decision::skip); });
}

void ChangeDialog::showPage(Page page) {
    m_page = page;
    m_pages->setCurrentIndex(page - firstPage());
    const bool done = m_operation && m_operation->phase == nameOf(OperationPhase::done);
    m_rail->setCurrent((done ? working + 2 : page) - firstPage());
    if (page == preparing) {
        setTextOf(*m_title, wholeTitleOf(m_wish));
        setTextOf(*m_subtitle, tr("Nothing is changed before all has been checked and you say so."));
        m_setup->field()->setFocus();
    } else if (page == checking) {
        setTextOf(*m_title, checkTitleOf(m_wish));
    } else if (page == reviewing) {
        setTextOf(*m_title, tr("What changes"));
        setTextOf(*m_subtitle,
                  tr("Nothing has been changed yet. All checks are run once more when it begins."));
    }
    refreshButtons();
}

void ChangeDialog::check() {
    if (m_operations == nullptr) {
        return;
    }
    m_busy = true;
    setTextOf(*m_subtitle, askingWords(m_wish));
    api::AskPlan wanted{std::string(nameOf(m_wish.kind)), m_wish.replicaId.toStdString(), {}, {}};
    if (m_setup != nullptr) {
        wanted.setup_code = m_setup->code().toStdString();
        if (!m_plan) {
            showFindings({});
            m_findings->showRunning(tr("What kind of host it is, and the ways to it"),
                                    tr("every replica tries to reach it, and it every replica: up to 25 s"));
        }
    }
    showPage(checking);
    whenAnswered(this, m_operations->plan(wanted), [this, asked = ++m_asked](const auto& plan) {
        if (asked == m_asked) {
            takePlan(plan);
        }
    });
}

void ChangeDialog::showFindings(std::vector<api::Finding> findings) {
    m_even->takeFrom(findings);
    m_findings->setFindings(findings, m_wish.replica);
}

void ChangeDialog::takePlan(const Result<api::OperationPlan>& plan) {
    m_busy = false;
    if (!plan) {
        m_plan.reset();
        showFindings({});
        setTextOf(*m_subtitle, QString::fromStdString(plan.error().text()));
        return refreshButtons();
    }
    m_plan = *plan;
    if (m_setup != nullptr) {
        takeHost(plan->host_name);
        setWindowTitle(wholeTitleOf(m_wish));
    }
    const int all = static_cast<int>(plan->findings.size());
    const int against = countOf(plan->findings, domain::Severity::blocks) +
                        countOf(plan->findings, domain::Severity::forcible);
    setTextOf(*m_subtitle,
              tr("%1 checks: %2 blocking, %3 for your word, %4 passed. Nothing has been changed yet.")
                  .arg(all)
                  .arg(against)
                  .arg(countOf(plan->findings, domain::Severity::needsWord))
                  .arg(countOf(plan->findings, domain::Severity::passed)));
    showFindings(plan->findings);
    showPage(checking);
    if (m_next->isEnabled() && !m_findings->isAncestorOf(focusWidget())) {
        m_next->setFocus(); // it lost the keyboard while it was greyed
    }
}

void ChangeDialog::takeHost(const std::optional<std::string>& name) {
    m_wish.host = QString::fromStdString(name.value_or(""));
    if (m_wish.kind == OperationKind::join) {
        m_wish.replica = m_wish.host;
    }
}

void ChangeDialog::showReview() {
    m_review->setPlan(*m_plan, m_wish, commandFor(m_wish, m_findings->reason(), m_findings->typedName()));
    showPage(reviewing);
}

void ChangeDialog::start() {
    m_busy = true;
    refreshButtons();
    api::StartOperation wanted{.kind = std::string(nameOf(m_wish.kind)),
                               .replica = m_wish.replicaId.toStdString(),
                               .reason = {},
                               .typed_name = {},
                               .setup_code = {},
                               .new_name = {},
                               .operation_id = {}};
    if (m_setup != nullptr) {
        wanted.setup_code = m_setup->code().toStdString();
    }
    if (!m_findings->reason().isEmpty()) {
        wanted.reason = m_findings->reason().toStdString();
    }
    if (!m_findings->typedName().isEmpty()) {
        wanted.typed_name = m_findings->typedName().toStdString();
    }
    whenAnswered(this, m_operations->start(wanted), [this](const auto& started) {
        m_busy = false;
        if (!started) { // something has changed since the checks
            showPage(checking);
            setTextOf(*m_subtitle, QString::fromStdString(started.error().text()));
            return;
        }
        m_id = QString::fromStdString(started->id);
        if (m_setup != nullptr) {
            m_setup->forgetCode(); // the cluster has it
        }
        takeOperation(started);
        m_looking.start();
    });
}

void ChangeDialog::follow(const QString& operation) {
    m_id = operation;
    setTextOf(*m_title, titleOf(m_wish));
    showPage(working);
    look();
    m_looking.start();
}

void ChangeDialog::forget() {
    m_operations = nullptr;
    m_looking.stop();
    close();
}

void ChangeDialog::look() {
    if (m_operations == nullptr || m_busy) {
        return;
    }
    m_busy = true;
    whenAnswered(this, m_operations->find(m_id), [this](const auto& now) {
        m_busy = false;
        takeOperation(now);
    });
}

bool ChangeDialog::isOver() const {
    const auto phase = m_operation ? domain::operationPhaseOf(m_operation->phase) : std::nullopt;
    return phase && domain::isOver(*phase);
}

void ChangeDialog::takeOperation(const Result<api::Operation>& operation) {
    if (!operation) { // the next look may be luckier; the operation goes on meanwhile
        setTextOf(*m_subtitle, tr("Not known at the moment: %1. The operation goes on.")
                                   .arg(QString::fromStdString(operation.error().message)));
        return;
    }
    m_operation = *operation;
    takeHost(operation->host_name);
    m_steps->setOperation(*operation, paceOf(*operation));
    const ChangeNews news = newsOf(m_wish, *operation);
    setTextOf(*m_title, news.title);
    setTextOf(*m_subtitle, news.subtitle);
    if (isOver()) {
        m_looking.stop();
        Q_EMIT told(news.title, operation->phase != nameOf(OperationPhase::done));
    }
    showPage(working);
}

std::optional<Pace> ChangeDialog::paceOf(const api::Operation& operation) {
    const auto& waiting = operation.waiting;
    if (!waiting || waiting->reason != nameOf(domain::WaitReason::catchingUp) ||
        waiting->numbers.size() < 2) {
        return std::nullopt;
    }
    m_catchUp.take(systemClock().monotonic(), waiting->numbers[1]);
    return m_catchUp.pace();
}

void ChangeDialog::decide(domain::Decision decision) {
    if (!m_operation || m_operations == nullptr) {
        return;
    }
    const auto wanted = client::decisionAbout(*m_operation, decision);
    whenAnswered(this, m_operations->decide(m_id, wanted), [this](const auto& decided) {
        if (!decided) {
            Q_EMIT told(QString::fromStdString(decided.error().text()), true);
        }
    });
}

void ChangeDialog::refreshButtons() {
    offerDocuments(); // first: buttons that go must not widen the row of those that come
    const bool work = m_page == working;
    const auto offers = [&](domain::Decision decision) {
        return m_operation && m_operation->waiting &&
               std::find(m_operation->waiting->choices.begin(), m_operation->waiting->choices.end(),
                         std::string(nameOf(decision))) != m_operation->waiting->choices.end();
    };
    const bool running = m_operation && m_operation->phase == nameOf(OperationPhase::running);
    m_cancel->setVisible(work && running && !m_operation->committed);
    m_skip->setVisible(work && offers(domain::Decision::skip));
    m_again->setVisible(m_page == checking);
    m_again->setEnabled(!m_busy);
    m_back->setVisible(!work && m_page != firstPage());
    const QString lacks = missing();
    setTextOf(*m_hint, work && m_operation ? cancelHint(m_wish, *m_operation) : lacks);
    m_next->setText(work ? tr("Close") : m_page == reviewing ? wholeTitleOf(m_wish) : tr("Continue"));
    m_next->setEnabled(work || (lacks.isEmpty() && !m_busy && (m_plan || m_page == preparing)));
    m_next->setAccessibleDescription(lacks);
    dressNext();
}

void ChangeDialog::offerDocuments() {
    if (m_page == working && isOver()) {
        return m_documents->offer(*m_operation, m_wish.cluster);
    }
    const bool looks = m_page == checking || m_page == reviewing;
    const auto plan = looks ? m_plan : std::nullopt;
    m_documents->offer(plan, m_page == reviewing ? plan : std::nullopt, m_wish.cluster);
}

QString ChangeDialog::missing() const {
    if (m_page == preparing) {
        return m_setup->missing();
    }
    if (m_page == checking && m_busy) {
        return tr("Waits for the answers.");
    }
    return m_page == checking && m_plan ? m_findings->missing() : QString();
}

void ChangeDialog::dressNext() {
    const bool adds = m_setup != nullptr;
    const bool looks = m_page == preparing || m_page == checking;
    const QString dress = looks || (m_page == reviewing && adds) ? QStringLiteral("primary")
                          : m_page == reviewing                  ? QStringLiteral("destructive")
                                                                 : QString();
    setKind(*m_next, dress);
}

void ChangeDialog::goBack() {
    if (m_page == reviewing) {
        return check(); // what was found may be old
    }
    ++m_asked; // no answer counts any more
    m_busy = false;
    m_plan.reset();
    takeHost({});
    setWindowTitle(wholeTitleOf(m_wish));
    showPage(preparing);
}

void ChangeDialog::goOn() {
    if (m_page == working) {
        close();
    } else if (m_page == preparing) {
        check();
    } else if (m_page == checking) {
        showReview();
    } else if (m_operations != nullptr) {
        start();
    }
}

} // namespace pilothouse::ui
