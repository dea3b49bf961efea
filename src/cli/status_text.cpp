// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/status_text.h"

#include "cli/status_words.h"
#include "cli/table.h"
#include "cli/text.h"
#include "text/sentence.h"
#include "text/steps.h"

namespace pilothouse::cli {
namespace {

QString yesNo(const std::optional<bool>& value) {
    return !value ? Text::tr("not known") : *value ? Text::tr("yes") : Text::tr("no");
}

Table replicaTable(const domain::Assessment& assessment) {
    using Align = Table::Align;
    using Squeeze = Table::Squeeze;
    Table table({{Text::tr("REPLICA")},
                 {Text::tr("ROLE")},
                 {Text::tr("VOTES")},
                 {Text::tr("REACHABLE")},
                 {Text::tr("HEALTHY")},
                 {Text::tr("STATE"), Align::left, Squeeze::elide},
                 {Text::tr("ADDRESS"), Align::left, Squeeze::drop},
                 {Text::tr("ID"), Align::left, Squeeze::drop}});
    for (const auto& replica : assessment.replicas) {
        const QString url = QString::fromStdString(replica.url);
        table.add({replica.name.empty() ? url : QString::fromStdString(replica.name), roleWord(replica.role),
                   replica.voting ? Text::tr("yes") : Text::tr("no"), yesNo(replica.reachable),
                   yesNo(replica.healthy), text::sentence(replica.detail), url,
                   QString::fromStdString(replica.id.str())});
    }
    return table;
}

const QString commandIndent = QStringLiteral("     ");

// "1. Title: what it means", and its commands under it, to be copied.
QStringList stepLines(const domain::Assessment& assessment) {
    QStringList lines;
    int number = 0;
    for (const text::Step& step : text::stepsOf(assessment.steps)) {
        lines += QStringLiteral("%1. %2").arg(++number).arg(step.title) +
                 (step.body.isEmpty() ? QString() : QStringLiteral(". ") + step.body);
        for (const QString& command : step.commands) {
            lines += commandIndent + command;
        }
    }
    return lines;
}

} // namespace

QString statusText(const domain::Assessment& assessment,
                   const std::vector<client::TrustProblem>& trustProblems,
                   const std::vector<FormerSeen>& former, int width) {
    QStringList lines{text::wholeSentence(assessment),
                      text::sentences(assessment.facts).join(QStringLiteral(" · "))};
    lines += text::join(assessment.findings);
    lines += stepLines(assessment);
    lines += text::join(assessment.stillWorks);
    lines += text::sentences(assessment.advice);
    for (const auto& problem : trustProblems) {
        lines += problem.message;
    }
    lines += formerLines(former);
    lines.removeAll(QString()); // there are no facts where nobody answers
    if (width > 0) {
        for (auto& line : lines) {
            line = line.startsWith(commandIndent) ? line : wrapped(line, width); // a command stays whole
        }
    }
    return lines.join(QLatin1Char('\n')) + QStringLiteral("\n\n") + replicaTable(assessment).text(width);
}

} // namespace pilothouse::cli
