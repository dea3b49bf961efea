// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/check_report.h"

#include "cli/output.h"
#include "cli/text.h"
#include "domain/check.h"
#include "text/check_words.h"
#include "text/operation_words.h"

namespace pilothouse::cli {
namespace {

QString causeText(const api::Cause& cause, int number, const QString& target) {
    const auto words = text::causeWords(cause);
    QString text = QStringLiteral("%1. %2.\n").arg(number).arg(harmless(words.title));
    if (!words.evidence.isEmpty()) {
        text += QStringLiteral("   %1\n").arg(harmless(words.evidence));
    }
    for (const text::Step& step : words.next) {
        text += QStringLiteral("   - %1%2\n")
                    .arg(harmless(step.title),
                         step.body.isEmpty() ? QString() : QStringLiteral(": %1").arg(harmless(step.body)));
        for (const QString& command : step.commands) {
            const bool ours = command.startsWith(QStringLiteral("pilothousectl ")) &&
                              !command.startsWith(QStringLiteral("pilothousectl sandbox "));
            text += QStringLiteral("       ") + harmless(command) + (ours ? target : QString()) + u'\n';
        }
    }
    return text;
}

QString findingText(const api::Finding& finding) {
    const auto words = text::findingWords(finding);
    QStringList parts{QStringLiteral("%1.").arg(words.title), words.evidence, words.fix};
    parts.removeAll(QString());
    QString text = QStringLiteral("  %1: %2")
                       .arg(text::checkSeverityWords(finding.severity), parts.join(QLatin1Char(' ')));
    if (!words.reference.isEmpty()) {
        text += QStringLiteral(" (%1)").arg(words.reference);
    }
    return harmless(text) + u'\n';
}

} // namespace

QString checkText(const api::ClusterCheck& check, const QString& target) {
    QString text = harmless(text::checkSummary(check)) + u'\n';
    text += harmless(text::checkedByWords(check)) + QStringLiteral(".\n");
    if (!check.causes.empty()) {
        text += u'\n' + Text::tr("What explains it:") + u'\n';
    }
    int number = 0;
    for (const api::Cause& cause : check.causes) {
        text += causeText(cause, ++number, target);
    }
    text += u'\n' + Text::tr("What was found:") + u'\n';
    QStringList passed;
    for (const api::Finding& finding : check.findings) {
        if (finding.severity == nameOf(domain::Severity::passed)) {
            passed += harmless(text::findingWords(finding).title);
        } else {
            text += findingText(finding);
        }
    }
    if (!passed.isEmpty()) {
        text += Text::tr("  Passed (%1): %2")
                    .arg(QString::number(passed.size()), passed.join(QStringLiteral(" · "))) +
                u'\n';
    }
    return text;
}

} // namespace pilothouse::cli
