// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/operation_report.h"

#include "cli/output.h"
#include "cli/text.h"
#include "client/operation_steps.h"
#include "domain/check.h"
#include "domain/operation.h"
#include "text/operation_words.h"

#include <algorithm>

namespace pilothouse::cli {
namespace {

QString plain(const std::string& text) {
    return harmless(QString::fromStdString(text));
}

// One line each: it may be read in a narrow terminal or a log.
QString findingLine(const api::Finding& finding) {
    const auto words = text::findingWords(finding);
    const QString line =
        QStringLiteral("  %1: %2").arg(text::severityWords(finding.severity), harmless(words.title));
    return words.evidence.isEmpty() ? line : QStringLiteral("%1. %2").arg(line, harmless(words.evidence));
}

bool passed(const api::Finding& finding) {
    return finding.severity == nameOf(domain::Severity::passed);
}

QString stateWord(const std::string& state) {
    const auto known = domain::stepStateOf(state);
    if (!known) {
        return plain(state);
    }
    switch (*known) {
    case domain::StepState::running:
        return Text::tr("now");
    case domain::StepState::done:
        return Text::tr("done");
    case domain::StepState::skipped:
        return Text::tr("skipped");
    case domain::StepState::undone:
        return Text::tr("undone");
    case domain::StepState::pending:
        break;
    }
    return Text::tr("to do");
}

} // namespace

QString findingLines(const std::vector<api::Finding>& findings) {
    QString text;
    QStringList good;
    for (const auto& finding : findings) {
        if (passed(finding)) {
            good << harmless(text::findingWords(finding).title);
        } else {
            text += findingLine(finding) + u'\n';
        }
    }
    if (!good.isEmpty()) {
        text += Text::tr("  Passed (%1): %2")
                    .arg(QString::number(good.size()), good.join(QStringLiteral(" · "))) +
                u'\n';
    }
    return text;
}

QString planText(const api::OperationPlan& plan) {
    QString text = harmless(text::operationTitle(plan.kind, plan.name)) + u'\n';
    text += Text::tr("  Now: %1.").arg(text::marginWords(plan.before)) + u'\n';
    if (!(plan.worst == plan.before) && !(plan.worst == plan.after)) {
        text += Text::tr("  Worst moment: %1.").arg(text::marginWords(plan.worst)) + u'\n';
    }
    text += Text::tr("  Afterwards: %1.").arg(text::marginWords(plan.after)) + u'\n';
    for (std::size_t at = 0; at < plan.steps.size(); ++at) {
        text += QStringLiteral("  %1. %2\n").arg(at + 1).arg(harmless(text::stepTitle(plan, at)));
    }
    return text + findingLines(plan.findings);
}

QString stepLine(const std::string& state, const QString& title) {
    constexpr int width = 9;
    return QStringLiteral("  %1%2").arg(stateWord(state).leftJustified(width), harmless(title));
}

QString stepLine(const api::Operation& operation, const api::OperationStep& step) {
    return stepLine(step.state, text::stepTitle(operation, step));
}

QString operationText(const api::Operation& operation) {
    QString text = QStringLiteral("%1: %2\n")
                       .arg(harmless(text::operationTitle(operation.kind, operation.name)),
                            text::phaseWords(operation.phase));
    text += Text::tr("Operation %1, started by %2 at %3")
                .arg(plain(operation.id), plain(operation.started_by), plain(operation.started_at)) +
            u'\n';
    for (const auto& step : operation.steps) {
        text += stepLine(operation, step) + u'\n';
    }
    if (operation.waiting) {
        text += Text::tr("Waits: %1").arg(harmless(text::waitingWords(*operation.waiting))) + u'\n';
    }
    text += findingLines(operation.findings);
    text += Text::tr("Journal:") + u'\n';
    for (const auto& line : operation.journal) {
        text += QStringLiteral("  %1  %2  %3\n")
                    .arg(plain(line.at), plain(line.by), harmless(text::journalWords(line, operation)));
    }
    return text;
}

QString endText(const api::Operation& operation) {
    const auto phase = domain::operationPhaseOf(operation.phase);
    const QString name = plain(operation.name);
    const auto kind = domain::operationKindOf(operation.kind);
    if (kind && !changesMembers(*kind) && phase != domain::OperationPhase::refused) {
        return text::upkeepEnd(operation);
    }
    if (phase == domain::OperationPhase::done) {
        const QString now = text::marginWords(operation.after);
        return operation.host_name ? Text::tr("%1 votes now: %2.").arg(plain(*operation.host_name), now)
                                   : Text::tr("%1 has left the cluster: %2.").arg(name, now);
    }
    if (phase == domain::OperationPhase::cancelled) {
        const QString was =
            client::hasRemoved(operation)
                ? Text::tr("Cancelled: %1 is forgotten all the same, and nobody has joined.").arg(name)
                : Text::tr("Cancelled: everything is as it was.");
        return operation.host_name && client::wasAdmitted(operation)
                   ? was + u'\n' +
                         Text::tr("If %1 was a member already, its process has ended: "
                                  "empty its data folder before it waits again.")
                             .arg(plain(*operation.host_name))
                   : was;
    }
    if (phase == domain::OperationPhase::refused) {
        return Text::tr("Nothing was changed: a check spoke against it.") + u'\n' +
               findingLines(operation.findings).trimmed();
    }
    return text::phaseWords(operation.phase);
}

} // namespace pilothouse::cli
