// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/step_list.h"

#include "base/clock.h"
#include "domain/operation.h"
#include "text/format.h"
#include "text/operation_words.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/sign_mark.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

using models::Shape;
using models::Sign;
using models::Tone;

Sign signOf(const api::OperationStep& step, bool over) {
    const auto state = domain::stepStateOf(step.state);
    if (state == domain::StepState::done) {
        return {Shape::dot, Tone::good};
    }
    if (state == domain::StepState::running) {
        return over ? Sign{Shape::cross, Tone::bad} : Sign{Shape::arc, Tone::accent};
    }
    return {Shape::dashedRing, Tone::neutral};
}

QString timeOf(const std::optional<std::string>& at) {
    const auto time = at ? parseRfc3339(*at) : Result<WallTime>(fail(ErrorCode::notFound, {}));
    return time ? text::timeOfDay(*time) : QString();
}

} // namespace

StepList::StepList(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)), m_paceRow(new QWidget(this)),
      m_bar(new QProgressBar), m_paceWords(makeLabel(TextRole::secondary, Ink::dim)) {
    m_layout->setContentsMargins(18, 14, 18, 14);
    m_layout->setSpacing(8);
    m_bar->setRange(0, 100);
    m_bar->setTextVisible(false);
    m_bar->setToolTip(tr("Measured from the most that it was seen to lack"));
    auto* row = new QHBoxLayout(m_paceRow);
    row->setContentsMargins(0, 3, 0, 3);
    row->setSpacing(12);
    row->addWidget(m_bar, 1);
    row->addWidget(m_paceWords);
    m_paceRow->hide();
}

void StepList::setOperation(const api::Operation& operation, const std::optional<Pace>& pace) {
    if (pace != m_pace) {
        m_pace = pace;
        showPace(operation);
        if (m_paceRow->isHidden() == pace.has_value()) {
            m_operation = {}; // the row comes, or goes
        }
    }
    if (operation == m_operation) {
        return;
    }
    m_operation = operation;
    m_paceRow->setParent(this); // out of the step that goes
    m_paceRow->hide();
    emptyLayout(*m_layout);
    for (const api::OperationStep& step : operation.steps) {
        addStep(operation, step);
    }
    m_layout->addStretch(1);
}

void StepList::showPace(const api::Operation& operation) {
    if (!m_pace) {
        return;
    }
    const QString speed = speedWords(*m_pace);
    const QString percent = tr("%1 %").arg(m_pace->percent);
    m_bar->setValue(m_pace->percent);
    m_bar->setAccessibleName(tr("How much of its blobs %1 has").arg(QString::fromStdString(operation.name)));
    setTextOf(*m_paceWords, speed.isEmpty() ? percent : percent + QStringLiteral(" · ") + speed);
}

void StepList::addStep(const api::Operation& operation, const api::OperationStep& step) {
    const auto state = domain::stepStateOf(step.state);
    const bool present = state == domain::StepState::running;
    const auto phase = domain::operationPhaseOf(operation.phase);
    const bool over = phase && domain::isOver(*phase); // it went no further than here
    auto* row = new QWidget;
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(12);
    across->addWidget(new SignMark(m_theme, signOf(step, over), 1), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(1);
    const bool begun = present || state == domain::StepState::done;
    column->addWidget(makeParagraph(present ? TextRole::strong : TextRole::text,
                                    begun ? Ink::value : Ink::dim,
                                    text::stepTitle(step.kind, operation.name, operation.host_name)));
    if (present && operation.waiting) {
        column->addWidget(makeParagraph(TextRole::secondary,
                                        operation.waiting->overdue ? Ink::attention : Ink::dim,
                                        tr("Waits: %1").arg(text::waitingWords(*operation.waiting))));
    }
    if (present && m_pace) {
        column->addWidget(m_paceRow);
        m_paceRow->show();
    }
    across->addLayout(column, 1);
    const QString note = state == domain::StepState::skipped  ? tr("skipped")
                         : state == domain::StepState::undone ? tr("taken back")
                                                              : timeOf(step.ended_at);
    across->addWidget(makeLabel(TextRole::secondary, Ink::dim, note), 0, Qt::AlignTop);
    m_layout->addWidget(row);
}

} // namespace pilothouse::ui
