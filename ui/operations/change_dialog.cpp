// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/change_dialog.h"

#include "client/cluster_commands.h"
#include "domain/check.h"
#include "text/operation_words.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/step_list.h"
#include "ui/operations/step_rail.h"
#include "ui/session/when_answered.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace pilothouse::ui {
namespace {

using domain::OperationKind;
using domain::OperationPhase;

constexpr int lookEveryMs = 250;

QString titleOf(const ChangeWish& wish) {
    return text::operationTitle(std::string(nameOf(wish.kind)), wish.replica.toStdString());
}

bool removes(const ChangeWish& wish) {
    return wish.kind == OperationKind::remove;
}

QString quoted(QString text) {
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

int countOf(const api::OperationPlan& plan, domain::Severity severity) {
    return static_cast<int>(std::count_if(plan.findings.begin(), plan.findings.end(), [&](const auto& each) {
        return each.severity == nameOf(severity);
    }));
}

} // namespace

ChangeDialog::ChangeDialog(const Theme& theme, Operations& operations, ChangeWish wish, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_operations(&operations), m_wish(std::move(wish)),
      m_rail(new StepRail(theme, titleOf(m_wish), tr("from %1").arg(m_wish.cluster),
                          {tr("Check it"), tr("Review what changes"), titleOf(m_wish), tr("Done")})),
      m_title(makeParagraph(TextRole::sentence)), m_subtitle(makeParagraph(TextRole::text, Ink::dim)),
      m_pages(new QStackedWidget), m_findings(new FindingList(theme)),
      m_before(makeParagraph(TextRole::text)), m_worst(makeParagraph(TextRole::text)),
      m_after(makeParagraph(TextRole::text)), m_planSteps(makeParagraph(TextRole::text)),
      m_commands(new QVBoxLayout), m_steps(new StepList(theme)),
      m_hint(makeParagraph(TextRole::secondary, Ink::dim)),
      m_skip(new QPushButton(tr("Go on without this step"))),
      m_cancel(new QPushButton(tr("Cancel the operation"))), m_back(new QPushButton),
      m_next(new QPushButton) {
    setWindowTitle(tr("%1 from %2").arg(titleOf(m_wish), m_wish.cluster));
    setModal(false);
    resize(960, 680);
    auto* review = new QWidget;
    auto* reviewed = new QVBoxLayout(review);
    buildReview(*reviewed);
    m_pages->addWidget(inPanel(m_findings, tr("Checks")));
    m_pages->addWidget(inPanel(review, tr("What changes")));
    m_pages->addWidget(inPanel(m_steps, tr("Steps")));

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_skip);
    buttons->addWidget(m_hint, 1, Qt::AlignVCenter);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(32, 24, 24, 24);
    right->setSpacing(6);
    right->addWidget(m_title);
    right->addWidget(m_subtitle);
    right->addSpacing(8);
    right->addWidget(m_pages, 1);
    right->addSpacing(14);
    right->addLayout(buttons);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addLayout(right, 1);
    new FocusFrame(theme, this);

    connectParts();
    showPage(checking);
}

void ChangeDialog::connectParts() {
    for (QPushButton* button : {m_back, m_next, m_cancel, m_skip}) {
        button->setAutoDefault(false); // Enter in a field decides nothing
    }
    m_looking.setInterval(lookEveryMs);
    connect(&m_looking, &QTimer::timeout, this, &ChangeDialog::look);
    connect(m_findings, &FindingList::edited, this, &ChangeDialog::refreshButtons);
    connect(m_back, &QPushButton::clicked, this, &ChangeDialog::goBack);
    connect(m_next, &QPushButton::clicked, this, &ChangeDialog::goOn);
    connect(m_cancel, &QPushButton::clicked, this, [this] { decide(domain::Decision::cancel); });
    connect(m_skip, &QPushButton::clicked, this, [this] { decide(domain::Decision::skip); });
}

QWidget* ChangeDialog::inPanel(QWidget* content, const QString& name) {
    auto* panel = new Panel(name);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(scroll);
    return panel;
}

void ChangeDialog::buildReview(QVBoxLayout& layout) {
    layout.setContentsMargins(18, 14, 18, 14);
    layout.setSpacing(4);
    for (const auto& [heading, words] : {std::pair<QString, QLabel*>{tr("Now"), m_before},
                                         {tr("Worst moment"), m_worst},
                                         {tr("Afterwards"), m_after},
                                         {tr("In this order"), m_planSteps}}) {
        layout.addWidget(makeLabel(TextRole::caption, Ink::dim, heading));
        layout.addWidget(words);
        layout.addSpacing(6);
    }
    layout.addWidget(makeLabel(TextRole::caption, Ink::dim, tr("If this computer stops")));
    layout.addWidget(
        makeParagraph(TextRole::text, Ink::value,
                      tr("The cluster goes on by itself. Any console, or the command line, can follow "
                         "it, and cancel it until %1 has left the group.")
                          .arg(m_wish.replica)));
    layout.addSpacing(6);
    layout.addWidget(makeLabel(TextRole::caption, Ink::dim, tr("The same as a command")));
    layout.addLayout(m_commands);
    layout.addStretch(1);
}

void ChangeDialog::showPage(Page page) {
    m_page = page;
    m_pages->setCurrentIndex(page);
    m_rail->setCurrent(isOver() ? 4 : page);
    if (page == checking) {
        setTextOf(*m_title, removes(m_wish) ? tr("Check %1 before it is removed").arg(m_wish.replica)
                                            : tr("Check %1 before it is forgotten").arg(m_wish.replica));
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
    setTextOf(*m_subtitle, tr("Asking every replica what it sees now…"));
    refreshButtons();
    const api::AskPlan wanted{std::string(nameOf(m_wish.kind)), m_wish.replicaId.toStdString(), {}};
    whenAnswered(this, m_operations->plan(wanted), [this](const auto& plan) { takePlan(plan); });
}

void ChangeDialog::takePlan(const Result<api::OperationPlan>& plan) {
    m_busy = false;
    if (!plan) {
        m_plan.reset();
        m_findings->setFindings({}, m_wish.replica);
        setTextOf(*m_subtitle, QString::fromStdString(plan.error().text()));
        return refreshButtons();
    }
    m_plan = *plan;
    const int all = static_cast<int>(plan->findings.size());
    const int against = countOf(*plan, domain::Severity::blocks) + countOf(*plan, domain::Severity::forcible);
    setTextOf(*m_subtitle,
              tr("%1 checks: %2 blocking, %3 for your word, %4 passed. Nothing has been changed yet.")
                  .arg(all)
                  .arg(against)
                  .arg(countOf(*plan, domain::Severity::needsWord))
                  .arg(countOf(*plan, domain::Severity::passed)));
    m_findings->setFindings(plan->findings, m_wish.replica);
    refreshButtons();
}

QString ChangeDialog::command() const {
    QString words =
        QStringLiteral("pilothousectl %1 %2 --cluster %3 --yes")
            .arg(QString::fromStdString(std::string(nameOf(m_wish.kind))), m_wish.replica, m_wish.cluster);
    if (!m_findings->reason().isEmpty()) {
        words += QStringLiteral(" --reason ") + quoted(m_findings->reason());
    }
    if (!m_findings->typedName().isEmpty()) {
        words += QStringLiteral(" --force ") + m_findings->typedName();
    }
    return words;
}

void ChangeDialog::showReview() {
    setTextOf(*m_before, text::marginWords(m_plan->before) + u'.');
    setTextOf(*m_worst, text::marginWords(m_plan->worst) + u'.');
    setTextOf(*m_after, text::marginWords(m_plan->after) + u'.');
    QStringList steps;
    for (const std::string& step : m_plan->steps) {
        steps << QStringLiteral("%1. %2").arg(steps.size() + 1).arg(text::stepTitle(step, m_plan->name));
    }
    setTextOf(*m_planSteps, steps.join(QLatin1Char('\n')));
    emptyLayout(*m_commands);
    m_commands->addWidget(new CommandField(m_theme, command()));
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
                               .operation_id = {}};
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
    m_steps->setOperation(*operation);
    const auto phase = domain::operationPhaseOf(operation->phase);
    QString title = titleOf(m_wish);
    QString subtitle = tr("Started by %1. It goes on when this window is closed.")
                           .arg(QString::fromStdString(operation->started_by));
    if (phase == OperationPhase::done) {
        title = tr("%1 has left %2").arg(m_wish.replica, m_wish.cluster);
        subtitle = text::marginWords(operation->after) + u'.';
    } else if (phase == OperationPhase::cancelled) {
        title = tr("Cancelled: everything is as it was");
        subtitle = tr("%1 is still in %2.").arg(m_wish.replica, m_wish.cluster);
    } else if (phase == OperationPhase::refused) {
        title = tr("Nothing was changed");
        subtitle = tr("A check spoke against it when it was to begin.");
    } else if (phase == OperationPhase::undoing) {
        subtitle = tr("Cancelled: what was done is being taken back.");
    }
    setTextOf(*m_title, title);
    setTextOf(*m_subtitle, subtitle);
    if (isOver()) {
        m_looking.stop();
        Q_EMIT told(title, phase != OperationPhase::done);
    }
    showPage(working);
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
    const bool work = m_page == working;
    const bool over = isOver();
    const auto offers = [&](domain::Decision decision) {
        return m_operation && m_operation->waiting &&
               std::find(m_operation->waiting->choices.begin(), m_operation->waiting->choices.end(),
                         std::string(nameOf(decision))) != m_operation->waiting->choices.end();
    };
    const bool running = m_operation && m_operation->phase == nameOf(OperationPhase::running);
    m_cancel->setVisible(work && running && !m_operation->committed);
    m_skip->setVisible(work && offers(domain::Decision::skip));
    m_back->setVisible(!work);
    m_back->setText(m_page == reviewing ? tr("Back") : tr("Check again"));
    m_back->setEnabled(!m_busy || m_page == reviewing);
    const QString missing = m_page == checking && m_plan ? m_findings->missing() : QString();
    setTextOf(*m_hint, missing);
    const QString label = work                  ? tr("Close")
                          : m_page == reviewing ? tr("%1 from %2").arg(titleOf(m_wish), m_wish.cluster)
                                                : tr("Continue");
    m_next->setText(label);
    m_next->setEnabled(work || (!m_busy && m_plan && missing.isEmpty()));
    m_next->setAccessibleDescription(missing);
    const QString kind = m_page == reviewing || over || work ? QString() : QStringLiteral("primary");
    const QString dress = m_page == reviewing ? QStringLiteral("destructive") : kind;
    if (m_next->property("kind").toString() != dress) {
        m_next->setProperty("kind", dress);
        m_next->style()->unpolish(m_next);
        m_next->style()->polish(m_next);
    }
}

void ChangeDialog::goBack() {
    if (m_page == reviewing) {
        showPage(checking);
    }
    check();
}

void ChangeDialog::goOn() {
    if (m_page == working) {
        close();
    } else if (m_page == checking) {
        showReview();
    } else if (m_operations != nullptr) {
        start();
    }
}

} // namespace pilothouse::ui
