// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operation_panel.h"

#include "text/format.h"
#include "text/operation_history.h"
#include "text/operation_words.h"
#include "ui/operations/finding_list.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"

#include <QDateTime>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

constexpr std::size_t mostLines = 200; // of the journal: each is three labels
constexpr int side = 18;

void addInset(QVBoxLayout& layout, QLabel* label) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(side, 0, side, 0);
    row->addWidget(label);
    layout.addLayout(row);
}

QLabel* addHead(QVBoxLayout& layout, const QString& words) {
    QLabel* head = makeLabel(TextRole::strong, Ink::value, words);
    layout.addSpacing(8);
    addInset(layout, head);
    return head;
}

// The lists that wizards show have room around them of their own.
void tighten(QWidget& list) {
    list.layout()->setContentsMargins(side, 2, side, 2);
}

// The day is empty where it is the same as in the line before.
struct Moment {
    QString day;
    QString time;
};

Moment momentOf(const std::string& at, QString& day) {
    const auto time = parseRfc3339(at);
    if (!time) {
        return {{}, QString::fromStdString(at)};
    }
    const QString whole = text::dayAndTime(*time);
    const QString thisDay = whole.section(QLatin1Char(' '), 0, 0);
    const bool same = thisDay == day;
    day = thisDay;
    return {same ? QString() : day, text::timeOfDay(*time)};
}

} // namespace

OperationPanel::OperationPanel(const Theme& theme, QWidget* parent)
    : Panel(tr("The chosen operation"), parent), m_now(systemClock().wall()),
      m_title(makeParagraph(TextRole::title)), m_byline(makeParagraph(TextRole::secondary, Ink::dim)),
      m_waits(makeParagraph(TextRole::secondary, Ink::attention)), m_steps(new StepList(theme)),
      m_findings(new FindingList(theme)), m_body(buildBody()), m_follow(new QPushButton(tr("Follow…"))),
      m_runbook(new QPushButton(tr("Save runbook…"))), m_report(new QPushButton(tr("Save report…"))) {
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_follow->setAccessibleDescription(tr("Shows how it goes on, and what can be decided"));
    m_runbook->setAccessibleDescription(
        tr("What each step does, the commands that do the same, and what happened"));
    m_report->setAccessibleDescription(tr("What the checks found, and what could be lost"));
    auto* head = new QVBoxLayout;
    head->setContentsMargins(side, 12, side, 8);
    head->setSpacing(2);
    for (QLabel* label : {m_title, m_byline, m_waits}) {
        head->addWidget(label);
    }
    auto* row = new QWidget; // goes on in a second line where the window is narrow
    auto* buttons = new FlowLayout(8, row);
    buttons->setContentsMargins(0, 0, 0, 0);
    for (QPushButton* button : {m_follow, m_runbook, m_report}) {
        buttons->addWidget(button);
    }
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(side, 10, side, 12);
    foot->addWidget(row);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_body, 1);
    layout->addLayout(foot);
    connect(m_follow, &QPushButton::clicked, this, &OperationPanel::followRequested);
    connect(m_runbook, &QPushButton::clicked, this, &OperationPanel::runbookRequested);
    connect(m_report, &QPushButton::clicked, this, &OperationPanel::reportRequested);
    clear();
}

QWidget* OperationPanel::buildBody() {
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(2);
    m_reasonHead = addHead(*layout, tr("Reason"));
    m_reason = makeParagraph(TextRole::text);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addInset(*layout, m_reason);
    addHead(*layout, tr("Steps"));
    m_steps->tellDurations();
    tighten(*m_steps);
    layout->addWidget(m_steps);
    m_findingsHead = addHead(*layout, tr("Checks, as they were when they were last run"));
    m_findings->setReadOnly();
    tighten(*m_findings);
    layout->addWidget(m_findings);
    const QString zone = QDateTime::currentDateTime().timeZoneAbbreviation();
    addHead(*layout, tr("Journal · all times local (%1)").arg(zone));
    m_journalNote = makeParagraph(TextRole::secondary, Ink::dim);
    addInset(*layout, m_journalNote);
    m_journal = new QGridLayout;
    m_journal->setContentsMargins(side, 2, side, 2);
    m_journal->setHorizontalSpacing(16);
    m_journal->setVerticalSpacing(5);
    m_journal->setColumnStretch(3, 1);
    layout->addLayout(m_journal);
    layout->addStretch(1);
    content->setMinimumHeight(1); // else as high as its paragraphs in the narrowest of columns
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::StrongFocus); // arrow keys scroll
    scroll->setAccessibleName(tr("Steps, checks and journal"));
    scroll->setWidget(content);
    QSizePolicy room = scroll->sizePolicy();
    room.setRetainSizeWhenHidden(true); // what is above it stays at the top
    scroll->setSizePolicy(room);
    return scroll;
}

void OperationPanel::clear() {
    m_operation.reset();
    setTextOf(*m_title, tr("No operation chosen"));
    setTextOf(*m_byline, QString());
    m_waits->hide();
    m_body->hide();
    for (QPushButton* button : {m_follow, m_runbook, m_report}) {
        button->hide();
    }
}

void OperationPanel::show(const api::Operation& operation, bool followed, const models::ReplicaNames& names) {
    m_follow->setVisible(followed);
    if (m_operation == operation && m_names == names) {
        return;
    }
    const bool same = m_operation && m_operation->id == operation.id;
    const bool journal = !same || m_operation->journal != operation.journal || m_names != names;
    const bool findings = !same || m_operation->findings != operation.findings;
    m_operation = operation;
    m_names = names;
    setTextOf(*m_title, text::operationTitle(operation.kind, operation.name));
    showByline();
    const auto& waiting = operation.waiting;
    setTextOf(*m_waits, waiting && waiting->overdue
                            ? tr("It waits for longer than it should: %1.").arg(text::waitingWords(*waiting))
                            : QString());
    m_waits->setVisible(!m_waits->text().isEmpty());
    showReason();
    m_steps->setOperation(operation);
    if (findings) {
        m_findings->setFindings(operation.findings, QString::fromStdString(operation.name));
        m_findingsHead->setVisible(!operation.findings.empty());
        m_findings->setVisible(!operation.findings.empty());
    }
    if (journal) {
        showJournal();
    }
    m_runbook->show();
    m_report->show();
    m_body->show();
}

void OperationPanel::setNow(WallTime now) {
    m_now = now;
    showByline();
}

QString OperationPanel::nameOf(const std::string& who) const {
    const QString id = QString::fromStdString(who);
    return m_names.value(id, id);
}

void OperationPanel::showByline() {
    if (!m_operation) {
        return;
    }
    QStringList parts{text::operationState(*m_operation), text::operationByline(*m_operation, m_now)};
    if (!m_operation->owner.empty()) {
        parts << tr("carried out by %1").arg(nameOf(m_operation->owner));
    }
    setTextOf(*m_byline, parts.join(QStringLiteral(" · ")));
}

void OperationPanel::showReason() {
    QStringList parts;
    if (m_operation->reason) {
        parts << QString::fromStdString(*m_operation->reason);
    }
    if (m_operation->typed_name) {
        parts << tr("Its name was typed, since data could be lost.");
    }
    setTextOf(*m_reason, parts.join(QLatin1Char('\n')));
    m_reason->setVisible(!parts.isEmpty());
    m_reasonHead->setVisible(!parts.isEmpty());
}

void OperationPanel::showJournal() {
    emptyLayout(*m_journal);
    const auto& lines = m_operation->journal;
    const std::size_t first = lines.size() > mostLines ? lines.size() - mostLines : 0;
    setTextOf(*m_journalNote,
              first > 0       ? tr("%n earlier lines are in the runbook.", nullptr, static_cast<int>(first))
              : lines.empty() ? tr("Nothing is written in it.")
                              : QString());
    m_journalNote->setVisible(!m_journalNote->text().isEmpty());
    QString day;
    for (std::size_t i = first; i < lines.size(); ++i) {
        const int row = static_cast<int>(i - first);
        const Moment moment = momentOf(lines[i].at, day);
        const QString cells[] = {moment.day, moment.time, nameOf(lines[i].by)};
        for (int column = 0; column < 3; ++column) {
            m_journal->addWidget(makeLabel(TextRole::secondary, Ink::dim, cells[column]), row, column,
                                 Qt::AlignTop);
        }
        m_journal->addWidget(
            makeParagraph(TextRole::secondary, Ink::value, text::journalWords(lines[i], *m_operation)), row,
            3);
    }
}

} // namespace pilothouse::ui
