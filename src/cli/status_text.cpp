// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/status_text.h"

#include "cli/status_words.h"
#include "cli/table.h"
#include "cli/text.h"
#include "text/sentence.h"

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

} // namespace

QString statusText(const domain::Assessment& assessment,
                   const std::vector<client::TrustProblem>& trustProblems, int width) {
    QStringList lines{text::wholeSentence(assessment),
                      text::sentences(assessment.facts).join(QStringLiteral(" · "))};
    const auto steps = text::sentences(assessment.steps);
    for (qsizetype i = 0; i < steps.size(); ++i) {
        lines += QStringLiteral("%1. %2").arg(i + 1).arg(steps[i]);
    }
    lines += text::sentences(assessment.advice);
    for (const auto& problem : trustProblems) {
        lines += problem.message;
    }
    lines.removeAll(QString()); // there are no facts where nobody answers
    if (width > 0) {
        for (auto& line : lines) {
            line = wrapped(line, width);
        }
    }
    return lines.join(QLatin1Char('\n')) + QStringLiteral("\n\n") + replicaTable(assessment).text(width);
}

} // namespace pilothouse::cli
