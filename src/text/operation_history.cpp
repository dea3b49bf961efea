// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/operation_history.h"

#include "domain/operation.h"
#include "text/format.h"
#include "text/operation_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace pilothouse::text {
namespace {

using domain::OperationPhase;
using domain::StepState;

// With the other words for changes to a cluster.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(operations)
};

const QString separator = QStringLiteral(" · ");

QString stepStateWords(const std::string& state, bool over) {
    const auto known = domain::stepStateOf(state);
    if (!known) {
        return QString::fromStdString(state);
    }
    switch (*known) {
    case StepState::done:
        return Words::tr("done");
    case StepState::skipped:
        return Words::tr("skipped");
    case StepState::undone:
        return Words::tr("taken back");
    case StepState::running:
        return over ? Words::tr("not finished") : Words::tr("running");
    case StepState::pending:
        break;
    }
    return Words::tr("not begun");
}

} // namespace

bool hasEnded(const api::Operation& operation) {
    const auto phase = domain::operationPhaseOf(operation.phase);
    return operation.ended_at || (phase && domain::isOver(*phase));
}

QString localTime(const std::string& at) {
    const auto time = parseRfc3339(at);
    return time ? dayAndTime(*time) : QString::fromStdString(at);
}

std::optional<Milliseconds> lasted(const std::optional<std::string>& began,
                                   const std::optional<std::string>& ended, WallTime now) {
    const auto from = began ? parseRfc3339(*began) : Result<WallTime>(fail(ErrorCode::notFound, {}));
    const auto to = ended ? parseRfc3339(*ended) : Result<WallTime>(now);
    if (!from || !to) {
        return std::nullopt;
    }
    // Clocks of two replicas may differ by more than it took.
    return std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(*to - *from));
}

QString operationState(const api::Operation& operation) {
    if (operation.kind == "repair" && operation.phase == nameOf(OperationPhase::cancelled)) {
        return Words::tr("taken back"); // it failed, or was put back
    }
    const auto present =
        std::find_if(operation.steps.begin(), operation.steps.end(),
                     [](const api::OperationStep& step) { return step.state == nameOf(StepState::running); });
    if (operation.phase != nameOf(OperationPhase::running) || present == operation.steps.end()) {
        return phaseWords(operation.phase);
    }
    return Words::tr("step %1 of %2")
        .arg(present - operation.steps.begin() + 1)
        .arg(static_cast<qsizetype>(operation.steps.size()));
}

QString operationByline(const api::Operation& operation, WallTime now) {
    QStringList parts;
    if (!operation.started_by.empty()) {
        parts << QString::fromStdString(operation.started_by);
    }
    parts << localTime(operation.started_at);
    const bool over = hasEnded(operation);
    const auto took =
        over && !operation.ended_at ? std::nullopt : lasted(operation.started_at, operation.ended_at, now);
    if (took) {
        parts << (over ? Words::tr("took %1").arg(duration(*took))
                       : Words::tr("%1 so far").arg(duration(*took)));
    }
    return parts.join(separator);
}

QString stepNote(const api::OperationStep& step, const api::Operation& operation) {
    const bool over = hasEnded(operation);
    const QString words = stepStateWords(step.state, over);
    if (step.state == nameOf(StepState::running) && !over) {
        const auto began =
            step.began_at ? parseRfc3339(*step.began_at) : Result<WallTime>(fail(ErrorCode::notFound, {}));
        return began ? Words::tr("running since %1").arg(timeOfDay(*began)) : words;
    }
    if (step.state != nameOf(StepState::done) || !step.ended_at) {
        return words;
    }
    const auto took = lasted(step.began_at, step.ended_at, {});
    return took ? words + separator + duration(*took) : words;
}

} // namespace pilothouse::text
