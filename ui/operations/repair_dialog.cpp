// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/repair_dialog.h"

#include "client/repair_commands.h"
#include "domain/check.h"
#include "domain/repair.h"
#include "text/format.h"
#include "text/repair_words.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/repair_end.h"
#include "ui/operations/statements_page.h"
#include "ui/operations/step_list.h"
#include "ui/operations/step_rail.h"
#include "ui/operations/survivor_page.h"
#include "ui/operations/wizard.h"
#include "ui/session/when_answered.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button_kind.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

using domain::RepairPhase;

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

RepairDialog::RepairDialog(const Theme& theme, Repairs& repairs, RepairWish wish,
                           QHash<QString, QString> seen, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_repairs(&repairs), m_wish(std::move(wish)), m_seen(std::move(seen)),
      m_rail(new StepRail(theme, tr("Repair"), m_wish.cluster,
                          {tr("Choose the survivor"), tr("Say what became of others"), tr("Check it"),
                           tr("Review what changes"), tr("Repair"), tr("Done")})),
      m_title(makeParagraph(TextRole::sentence)), m_subtitle(makeParagraph(TextRole::text, Ink::dim)),
      m_pages(new QStackedWidget), m_survivors(new SurvivorPage), m_statements(new StatementsPage),
      m_findings(new FindingList(theme)), m_review(new RepairReview(theme)), m_steps(new StepList(theme)),
      m_end(new RepairEnd(theme)), m_hint(makeParagraph(TextRole::secondary, Ink::dim)),
      m_again(new QPushButton), m_putBack(new QPushButton(tr("Put it back…"))),
      m_add(new QPushButton(tr("Add replica…"))), m_back(new QPushButton(tr("Back"))),
      m_next(new QPushButton) {
    setWindowTitle(tr("Repair %1").arg(m_wish.cluster));
    setModal(false);
    resize(1020, 680);
    buildPages();
    layOutWizard(theme, this, m_rail, {m_title, m_subtitle, m_pages, buttonRow()});
    connectParts();
    showPage(choosing);
}

RepairDialog::~RepairDialog() = default;

void RepairDialog::buildPages() {
    m_findings->setWordQuestion(tr("Repair anyway, because"));
    auto* ended = new QWidget;
    auto* column = new QVBoxLayout(ended);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_steps);
    column->addWidget(m_end);
    column->addStretch(1);
    m_pages->addWidget(scrollingPanel(m_survivors, tr("Survivors")));
    m_pages->addWidget(scrollingPanel(m_statements, tr("Those that do not answer")));
    m_pages->addWidget(scrollingPanel(m_findings, tr("Checks")));
    m_pages->addWidget(scrollingPanel(m_review, tr("What changes")));
    m_pages->addWidget(scrollingPanel(ended, tr("Steps")));
}

QHBoxLayout* RepairDialog::buttonRow() {
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addWidget(m_again);
    buttons->addWidget(m_putBack);
    buttons->addWidget(m_hint, 1, Qt::AlignVCenter);
    buttons->addWidget(m_back);
    buttons->addWidget(m_add);
    buttons->addWidget(m_next);
    m_add->setProperty("kind", QStringLiteral("primary"));
    return buttons;
}

void RepairDialog::connectParts() {
    for (QPushButton* button : {m_again, m_putBack, m_add, m_back, m_next}) {
        button->setAutoDefault(false); // Enter in a field decides nothing
    }
    connect(m_survivors, &SurvivorPage::edited, this, &RepairDialog::refreshButtons);
    connect(m_statements, &StatementsPage::edited, this, &RepairDialog::refreshButtons);
    connect(m_findings, &FindingList::edited, this, &RepairDialog::refreshButtons);
    connect(m_again, &QPushButton::clicked, this, [this] { m_page == checking ? check() : look(); });
    connect(m_putBack, &QPushButton::clicked, this,
            [this] { Q_EMIT putBackRequested(plain(m_repair->replica)); });
    connect(m_add, &QPushButton::clicked, this, &RepairDialog::joinRequested);
    connect(m_back, &QPushButton::clicked, this, &RepairDialog::goBack);
    connect(m_next, &QPushButton::clicked, this, &RepairDialog::goOn);
}

bool RepairDialog::isOver() const {
    const auto phase = m_repair ? domain::repairPhaseOf(m_repair->phase) : std::nullopt;
    return phase && domain::isOver(*phase);
}

bool RepairDialog::isDone() const {
    return m_repair && m_repair->phase == nameOf(RepairPhase::done);
}

void RepairDialog::showPage(Page page) {
    m_page = page;
    m_pages->setCurrentIndex(page);
    m_rail->setCurrent(isDone() ? working + 2 : page);
    if (page == choosing) {
        setTextOf(*m_title, tr("Go on from which replica?"));
        setTextOf(*m_subtitle, m_awaited > 0
                                   ? tr("Asking every replica that answers what it holds…")
                                   : tr("What it does not hold is lost. Nothing is changed before all has "
                                        "been checked and you say so."));
    } else if (page == stating) {
        setTextOf(*m_title, tr("What became of the others?"));
        setTextOf(*m_subtitle, tr("Only you can know it. One that still serves clients would go on beside "
                                  "the repaired cluster, and what it accepts would be lost."));
    } else if (page == checking) {
        setTextOf(*m_title,
                  tr("Check %1 before it goes on alone").arg(plain(m_plans[m_survivors->chosen()].name)));
    } else if (page == reviewing) {
        setTextOf(*m_title, tr("What changes"));
        setTextOf(*m_subtitle,
                  tr("Nothing has been changed yet. All checks are run once more when it begins."));
    }
    refreshButtons();
    focusPage();
}

// Where the keyboard goes on: to the choice that is made here, else to the next step once it can be taken.
void RepairDialog::focusPage() {
    const QWidget* focused = focusWidget();
    if (focused != nullptr && focused->isVisible() && focused->isEnabled() &&
        m_pages->currentWidget()->isAncestorOf(focused) &&
        qobject_cast<const QScrollArea*>(focused) == nullptr) {
        return; // somebody works there
    }
    QWidget* first = m_page == choosing                           ? m_survivors->firstChoice()
                     : m_page == stating                          ? m_statements->firstChoice()
                     : m_page == reviewing                        ? m_back
                     : m_page == checking && !m_next->isEnabled() ? m_findings->wordField()
                                                                  : m_next;
    if (first != nullptr) {
        first->setFocus();
    }
}

void RepairDialog::look() {
    if (m_repairs == nullptr) {
        return;
    }
    ++m_asked;
    m_candidates = m_repairs->candidates();
    m_plans.clear();
    m_notes.clear();
    m_awaited = static_cast<int>(m_candidates.size());
    for (const Candidate& candidate : m_candidates) {
        whenAnswered(this, m_repairs->plan(candidate.id, {}),
                     [this, candidate, asked = m_asked](const Result<api::RepairPlan>& plan) {
                         if (asked == m_asked) {
                             takeLook(candidate, plan);
                         }
                     });
    }
    if (m_awaited == 0) {
        showSurvivors();
    }
    showPage(choosing);
}

void RepairDialog::takeLook(const Candidate& candidate, const Result<api::RepairPlan>& plan) {
    --m_awaited;
    if (plan) {
        m_plans[candidate.id] = *plan;
    } else {
        m_notes += tr("%1 cannot be gone on from: %2").arg(candidate.name, plain(plan.error().text()));
    }
    if (m_awaited == 0) {
        showSurvivors();
        showPage(choosing);
    }
}

void RepairDialog::showSurvivors() {
    std::vector<api::RepairPlan> plans;
    for (const Candidate& candidate : m_candidates) {
        if (const auto at = m_plans.find(candidate.id); at != m_plans.end()) {
            plans.push_back(at->second);
        }
    }
    const bool none = m_candidates.empty();
    m_survivors->setSurvivors(client::rankSurvivors(plans), m_notes,
                              none ? text::nothingToRepairFrom(m_wish.cluster) : QString(),
                              none ? text::whatABackupNeeds() : QString());
}

void RepairDialog::check() {
    if (m_repairs == nullptr) {
        return;
    }
    m_plan.reset();
    ++m_asked;
    m_awaited = 1;
    setTextOf(*m_subtitle, tr("Asking every member that can be reached what it sees now…"));
    showPage(checking);
    whenAnswered(this, m_repairs->plan(m_survivors->chosen(), m_statements->statements()),
                 [this, asked = m_asked](const Result<api::RepairPlan>& plan) {
                     if (asked == m_asked) {
                         takePlan(plan);
                     }
                 });
}

void RepairDialog::takePlan(const Result<api::RepairPlan>& plan) {
    m_awaited = 0;
    if (!plan) {
        m_findings->setFindings({}, {});
        setTextOf(*m_subtitle, plain(plan.error().text()));
        return refreshButtons();
    }
    m_plan = *plan;
    const auto& findings = plan->findings;
    setTextOf(*m_subtitle,
              tr("%1 checks: %2 blocking, %3 for your word, %4 passed. Nothing has been changed yet.")
                  .arg(findings.size())
                  .arg(countOf(findings, domain::Severity::blocks))
                  .arg(countOf(findings, domain::Severity::needsWord))
                  .arg(countOf(findings, domain::Severity::passed)));
    m_findings->setFindings(findings, plain(plan->name));
    showPage(checking);
}

void RepairDialog::start() {
    api::StartRepair wanted{.silent = m_plan->silent, .seen = {}, .reason = {}, .operation_id = {}};
    if (!m_findings->reason().isEmpty()) {
        wanted.reason = m_findings->reason().toStdString();
    }
    m_repair.reset();
    m_heard.clear();
    m_end->setRepair({}, {});
    m_progress = m_repairs->progressOf(m_survivors->chosen());
    connect(m_progress.get(), &RepairProgress::told, this, &RepairDialog::takeRepair);
    connect(m_progress.get(), &RepairProgress::ended, this, &RepairDialog::takeEnd);
    connect(m_progress.get(), &RepairProgress::failed, this, &RepairDialog::takeFailure);
    connect(m_progress.get(), &RepairProgress::heard, this, [this](const QString& sentence) {
        m_heard = sentence;
        setTextOf(*m_subtitle, sentence);
        if (m_repair) {
            m_steps->setRepair(*m_repair, {});
        }
    });
    setTextOf(*m_title, text::repairTitle(m_plan->name));
    setTextOf(*m_subtitle, tr("Asking %1 to begin…").arg(plain(m_plan->name)));
    api::Repair expected; // until it tells itself
    expected.name = m_plan->name;
    for (const std::string& step : m_plan->steps) {
        expected.steps.push_back({step, "pending", {}, {}});
    }
    m_steps->setRepair(expected, {});
    showPage(working);
    m_progress->start(wanted);
}

void RepairDialog::takeRepair(const api::Repair& repair) {
    m_repair = repair;
    m_steps->setRepair(repair, {});
    setTextOf(*m_title, isOver() ? text::repairEndWords(repair) : text::repairTitle(repair.name));
    setTextOf(
        *m_subtitle,
        isDone() ? tr("Pushes and pulls work again.")
        : isOver()
            ? QString()
            : tr("Started by %1. It goes on when this window is closed.").arg(plain(repair.started_by)));
    showPage(working);
}

void RepairDialog::takeEnd(const api::Repair& repair) {
    takeRepair(repair);
    m_end->setRepair(repair, m_wish.cluster);
    Q_EMIT told(text::repairEndWords(repair), !isDone());
}

void RepairDialog::takeFailure(const Error& error, bool refused) {
    const QString words = plain(error.text());
    if (refused) { // something has changed since the checks
        showPage(checking);
        setTextOf(*m_subtitle, words);
        return;
    }
    setTextOf(*m_subtitle,
              tr("It cannot be followed any more, and may go on: %1 Look at it with %2.")
                  .arg(words.endsWith(u'.') ? words : words + u'.', repairStatusCommand(m_wish.cluster)));
    refreshButtons();
}

void RepairDialog::goBack() {
    ++m_asked; // no answer counts any more
    m_awaited = 0;
    if (m_page == reviewing) {
        return check(); // what was found may be old
    }
    showPage(m_page == checking ? stating : choosing);
}

void RepairDialog::goOn() {
    if (m_page == working) {
        close();
    } else if (m_page == choosing) {
        m_statements->setSilent(m_plans[m_survivors->chosen()].silent, m_seen);
        showPage(stating);
    } else if (m_page == stating) {
        check();
    } else if (m_page == checking) {
        m_review->setPlan(*m_plan, m_wish, repairCommand(*m_plan, m_wish.cluster, m_findings->reason()));
        showPage(reviewing);
    } else if (m_repairs != nullptr) {
        start();
    }
}

void RepairDialog::forget() {
    m_repairs = nullptr;
    m_progress.reset();
    close();
}

QString RepairDialog::missing() const {
    if (m_awaited > 0) {
        return tr("Waits for the answers.");
    }
    if (m_page == choosing) {
        return m_survivors->chosen().isEmpty() ? tr("There is none to go on from.") : QString();
    }
    if (m_page == stating) {
        return m_statements->missing();
    }
    if (m_page == checking) {
        return m_plan ? m_findings->missing() : tr("There is no plan: check again.");
    }
    return {};
}

void RepairDialog::refreshButtons() {
    const QString lacks = missing();
    m_again->setText(m_page == checking ? tr("Check again") : tr("Look again"));
    m_again->setVisible(m_page == choosing || m_page == checking);
    m_again->setEnabled(m_awaited == 0);
    m_putBack->setVisible(m_page == working && isDone());
    m_putBack->setEnabled(isDone() && m_repair->can_put_back);
    m_putBack->setToolTip(isDone() ? text::putBackWords(*m_repair) : QString());
    m_add->setVisible(m_page == working && isDone());
    m_back->setVisible(m_page == stating || m_page == checking || m_page == reviewing);
    setTextOf(*m_hint, lacks);
    const QString verb =
        tr("Repair %1 from %2").arg(m_wish.cluster, m_plan ? plain(m_plan->name) : QString());
    m_next->setText(m_page == working ? tr("Close") : m_page == reviewing ? verb : tr("Continue"));
    m_next->setEnabled(lacks.isEmpty());
    m_next->setAccessibleDescription(lacks);
    // The strongest button is the safest useful step; one that can lose something is never filled.
    setKind(*m_next, m_page == reviewing ? QStringLiteral("destructive")
                     : m_page == working ? QString()
                                         : QStringLiteral("primary"));
}

} // namespace pilothouse::ui
