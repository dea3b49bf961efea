// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/repair_report.h"

#include "cli/operation_report.h"
#include "cli/output.h"
#include "cli/text.h"
#include "domain/repair.h"
#include "text/format.h"
#include "text/repair_words.h"

#include <algorithm>

namespace pilothouse::cli {
namespace {

QString plain(const std::string& text) {
    return harmless(QString::fromStdString(text));
}

QString nameOf(const api::SilentMember& member) {
    return plain(member.name.empty() ? member.replica : member.name);
}

QString survivorLines(const std::vector<api::Survivor>& survivors) {
    QString text = Text::tr("  Could be gone on from, the best first:") + u'\n';
    qsizetype width = 0;
    for (const auto& each : survivors) {
        width = std::max(width, plain(each.name).size());
    }
    for (const auto& each : survivors) {
        text += QStringLiteral("    %1  %2\n")
                    .arg(plain(each.name).leftJustified(width), harmless(text::survivorWords(each)));
    }
    return text;
}

QString silentLine(const std::vector<api::SilentMember>& silent) {
    QStringList said;
    for (const auto& each : silent) {
        said += QStringLiteral("%1: %2").arg(nameOf(each), harmless(text::statementWords(each.statement)));
    }
    return Text::tr("  Said of those that do not answer: %1").arg(said.join(QStringLiteral("; "))) + u'\n';
}

} // namespace

QString repairPlanText(const api::RepairPlan& plan) {
    QString text = harmless(text::repairTitle(plan.name)) + u'\n';
    text += QStringLiteral("  %1\n").arg(harmless(text::repairOutcome(plan)));
    if (const QString left = text::leftBehindWords(plan); !left.isEmpty()) {
        text += QStringLiteral("  %1\n").arg(harmless(left));
    }
    text += survivorLines(plan.survivors);
    if (!plan.silent.empty()) {
        text += silentLine(plan.silent);
    }
    text += Text::tr("  Copied first, so that it can be put back: the engine's data, %1, to %2")
                .arg(text::bytes(plan.copy_bytes), plain(plan.copy_path)) +
            u'\n';
    int number = 0;
    for (const auto& step : plan.steps) {
        text +=
            QStringLiteral("  %1. %2\n").arg(++number).arg(harmless(text::repairStepTitle(step, plan.name)));
    }
    return text + findingLines(plan.findings);
}

QString repairText(const api::Repair& repair) {
    QString text = QStringLiteral("%1: %2\n")
                       .arg(harmless(text::repairTitle(repair.name)), text::repairPhaseWords(repair.phase));
    text += Text::tr("Repair %1, started by %2 at %3")
                .arg(plain(repair.id), plain(repair.started_by), plain(repair.started_at)) +
            u'\n';
    if (repair.reason) {
        text += Text::tr("Because: %1").arg(plain(*repair.reason)) + u'\n';
    }
    for (const auto& step : repair.steps) {
        text += stepLine(step.state, text::repairStepTitle(step.kind, repair.name)) + u'\n';
    }
    if (!repair.silent.empty()) {
        text += silentLine(repair.silent);
    }
    text += repairEndText(repair) + u'\n';
    text += Text::tr("Journal:") + u'\n';
    for (const auto& line : repair.journal) {
        text += QStringLiteral("  %1  %2  %3\n")
                    .arg(plain(line.at), plain(line.by), harmless(text::repairJournalWords(line, repair)));
    }
    return text;
}

QString repairEndText(const api::Repair& repair) {
    const auto phase = domain::repairPhaseOf(repair.phase);
    QStringList lines{harmless(text::repairEndWords(repair))};
    if (phase == domain::RepairPhase::done) {
        lines += Text::tr("The engine's data of before is copied to %1.").arg(plain(repair.copy_path));
        lines += harmless(text::putBackWords(repair));
        if (repair.can_put_back) {
            lines.last() += u' ' + Text::tr("To do that: pilothousectl repair put-back");
        }
    }
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString nextStepsText(const std::vector<api::FormerMember>& former, const QString& target) {
    QString text = Text::tr("Next:") + u'\n';
    int number = 0;
    for (const text::Step& step : text::stepsAfterRepair(former)) {
        text += QStringLiteral("%1. %2. %3\n").arg(++number).arg(harmless(step.title), harmless(step.body));
        for (const QString& command : step.commands) {
            const bool ours = command.startsWith(QStringLiteral("pilothousectl "));
            text += QStringLiteral("     ") + command + (ours ? target : QString()) + u'\n';
        }
    }
    return text.trimmed();
}

} // namespace pilothouse::cli
