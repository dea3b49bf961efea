// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/step_list.h"

#include "base/clock.h"
#include "domain/operation.h"
#include "domain/repair.h"
#include "text/format.h"
#include "text/operation_history.h"
#include "text/operation_words.h"
#include "text/repair_words.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/sign_mark.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

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

QString noteOf(const api::OperationStep& step) {
    const auto state = domain::stepStateOf(step.state);
    return state == domain::StepState::skipped  ? StepList::tr("skipped")
           : state == domain::StepState::undone ? StepList::tr("taken back")
                                                : timeOf(step.ended_at);
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
    clear();
    for (const api::OperationStep& step : operation.steps) {
        addStep(operation, step);
    }
    m_layout->addStretch(1);
}

void StepList::clear() {
    m_paceRow->setParent(this); // out of the step that goes
    m_paceRow->hide();
    emptyLayout(*m_layout);
}

void StepList::setRepair(const api::Repair& repair, const QString& heard) {
    if (repair == m_repair && heard == m_heard) {
        return;
    }
    m_repair = repair;
    m_heard = heard;
    clear();
    const auto phase = domain::repairPhaseOf(repair.phase);
    const bool over = phase && domain::isOver(*phase);
    for (const api::OperationStep& step : repair.steps) {
        const bool present = step.state == nameOf(domain::StepState::running) && !over;
        const bool copies = step.kind == nameOf(domain::RepairStep::copyFolder) && repair.copy_bytes > 0;
        Row row{.title = text::repairStepTitle(step.kind, repair.name), .note = noteOf(step)};
        if (present && !heard.isEmpty()) {
            row.waits = heard;
        }
        if (present && copies) {
            const double share =
                static_cast<double>(repair.copied_bytes) / static_cast<double>(repair.copy_bytes);
            row.bar = true;
            m_bar->setValue(std::clamp(static_cast<int>(share * 100), 0, 100));
            m_bar->setToolTip({});
            m_bar->setAccessibleName(tr("How much is copied"));
            setTextOf(*m_paceWords,
                      tr("%1 of %2").arg(text::bytes(repair.copied_bytes), text::bytes(repair.copy_bytes)));
        }
        addRow(step, over, row);
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
    const bool present = step.state == nameOf(domain::StepState::running);
    const auto phase = domain::operationPhaseOf(operation.phase);
    const bool over = phase && domain::isOver(*phase); // it went no further than here
    Row row{.title = text::stepTitle(operation, step),
            .note = m_durations ? text::stepNote(step, operation) : noteOf(step)};
    if (present && operation.waiting) {
        row.waits = tr("Waits: %1").arg(text::waitingWords(*operation.waiting));
        row.overdue = operation.waiting->overdue;
    }
    row.bar = present && m_pace;
    addRow(step, over, row);
}

void StepList::addRow(const api::OperationStep& step, bool over, const Row& row) {
    const auto state = domain::stepStateOf(step.state);
    const bool present = state == domain::StepState::running;
    auto* widget = new QWidget;
    auto* across = new QHBoxLayout(widget);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(12);
    across->addWidget(new SignMark(m_theme, signOf(step, over), 1), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(1);
    const bool begun = present || state == domain::StepState::done;
    column->addWidget(
        makeParagraph(present ? TextRole::strong : TextRole::text, begun ? Ink::value : Ink::dim, row.title));
    if (!row.waits.isEmpty()) {
        column->addWidget(
            makeParagraph(TextRole::secondary, row.overdue ? Ink::attention : Ink::dim, row.waits));
    }
    if (row.bar) {
        column->addWidget(m_paceRow);
        m_paceRow->show();
    }
    across->addLayout(column, 1);
    across->addWidget(makeLabel(TextRole::secondary, Ink::dim, row.note), 0, Qt::AlignTop);
    m_layout->addWidget(widget);
}

} // namespace pilothouse::ui
