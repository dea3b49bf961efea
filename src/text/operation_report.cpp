// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/operation_report.h"

#include "domain/check.h"
#include "text/format.h"
#include "text/markdown.h"
#include "text/operation_history.h"
#include "text/operation_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

namespace pilothouse::text {
namespace {

using domain::Severity;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(documents)
};

int countOf(const std::vector<api::Finding>& findings, Severity severity) {
    return static_cast<int>(std::count_if(findings.begin(), findings.end(), [&](const api::Finding& finding) {
        return finding.severity == nameOf(severity);
    }));
}

QString verdict(const api::Operation& operation) {
    const auto& findings = operation.findings;
    if (findings.empty()) {
        return Words::tr("Nothing was checked.");
    }
    if (const int blocking = countOf(findings, Severity::blocks); blocking > 0) {
        return Words::tr("%n checks block it.", nullptr, blocking);
    }
    QStringList sentences;
    if (countOf(findings, Severity::forcible) > 0) {
        sentences << (operation.typed_name
                          ? Words::tr("Data could be lost, and the name was typed to do it anyway.")
                          : Words::tr("It would lose data: it can only be forced, by typing the name."));
    }
    if (const int words = countOf(findings, Severity::needsWord); words > 0) {
        sentences << (operation.reason
                          ? Words::tr("%n checks needed a word, and this reason was given: %1", nullptr,
                                      words)
                                .arg(QString::fromStdString(*operation.reason))
                          : Words::tr("%n checks need your word, and a reason.", nullptr, words));
    }
    return sentences.isEmpty() ? Words::tr("Nothing speaks against it.") : sentences.join(u' ');
}

QString findingItem(const api::Finding& finding) {
    const FindingWords words = findingWords(finding);
    const QString title = QStringLiteral("- **%1**").arg(markdown::plain(words.title));
    return (words.evidence.isEmpty() ? title
                                     : title + QStringLiteral(": ") + markdown::plain(words.evidence)) +
           u'\n';
}

// Those that this version knows, the worst first; then others, as they come.
QStringList severitiesIn(const std::vector<api::Finding>& findings) {
    QStringList all;
    for (const auto severity : {Severity::blocks, Severity::forcible, Severity::needsWord,
                                Severity::information, Severity::passed}) {
        if (countOf(findings, severity) > 0) {
            all << QString::fromStdString(std::string(nameOf(severity)));
        }
    }
    const qsizetype known =
        std::max<qsizetype>(0, all.size() - (countOf(findings, Severity::passed) > 0 ? 1 : 0));
    for (const api::Finding& finding : findings) {
        const QString severity = QString::fromStdString(finding.severity);
        if (!all.contains(severity)) {
            all.insert(known, severity);
        }
    }
    return all;
}

} // namespace

api::Operation asOperation(const api::OperationPlan& plan) {
    api::Operation operation;
    operation.kind = plan.kind;
    operation.replica = plan.replica;
    operation.name = plan.name;
    operation.host_name = plan.host_name;
    operation.new_name = plan.new_name;
    for (std::size_t at = 0; at < plan.steps.size(); ++at) {
        api::OperationStep step{plan.steps[at], "pending", {}, {}};
        if (plan.step_names && at < plan.step_names->size() && !(*plan.step_names)[at].empty()) {
            step.name = (*plan.step_names)[at];
        }
        operation.steps.push_back(std::move(step));
    }
    operation.findings = plan.findings;
    operation.before = plan.before;
    operation.worst = plan.worst;
    operation.after = plan.after;
    return operation;
}

QString timeWithZone(WallTime time) {
    const auto sinceEpoch = std::chrono::duration_cast<Milliseconds>(time.time_since_epoch());
    return QStringLiteral("%1 (%2)").arg(
        dayAndTime(time), QDateTime::fromMSecsSinceEpoch(sinceEpoch.count()).timeZoneAbbreviation());
}

QString findingsMarkdown(const std::vector<api::Finding>& findings, int level) {
    QString text;
    for (const QString& severity : severitiesIn(findings)) {
        QString items;
        int number = 0;
        for (const api::Finding& finding : findings) {
            if (QString::fromStdString(finding.severity) == severity) {
                items += findingItem(finding);
                ++number;
            }
        }
        text += markdown::heading(
            level, QStringLiteral("%1 (%2)").arg(severityWords(severity.toStdString())).arg(number));
        text += items + u'\n';
    }
    return text.isEmpty() ? markdown::paragraph(Words::tr("Nothing was checked.")) : text;
}

QString marginsMarkdown(const api::Operation& operation) {
    if (operation.before.voters == 0 && operation.after.voters == 0) {
        return markdown::paragraph(Words::tr("That is not recorded."));
    }
    return markdown::item(Words::tr("Before: %1.").arg(marginWords(operation.before))) +
           markdown::item(Words::tr("At the worst moment: %1.").arg(marginWords(operation.worst))) +
           markdown::item(Words::tr("Afterwards: %1.").arg(marginWords(operation.after))) + u'\n';
}

QString checksReport(const api::Operation& operation, const DocumentContext& context) {
    QString text =
        markdown::heading(1, Words::tr("Checks: %1").arg(operationTitle(operation.kind, operation.name)));
    text += markdown::paragraph(
        Words::tr("Cluster %1, written %2").arg(context.cluster, timeWithZone(context.at)));
    if (operation.host_name && *operation.host_name != operation.name) {
        text += markdown::paragraph(
            Words::tr("The new host is %1.").arg(QString::fromStdString(*operation.host_name)));
    }
    if (!operation.id.empty()) {
        text +=
            markdown::paragraph(Words::tr("Operation %1: %2 (%3). The checks are those that were run last.")
                                    .arg(QString::fromStdString(operation.id), operationState(operation),
                                         operationByline(operation, context.at)));
    }
    text += QStringLiteral("**%1**\n\n").arg(markdown::plain(verdict(operation)));
    text += markdown::heading(2, Words::tr("What can be lost")) + marginsMarkdown(operation);
    text +=
        markdown::heading(2, Words::tr("What the checks found")) + findingsMarkdown(operation.findings, 3);
    return text.trimmed() + u'\n';
}

QString checksReport(const api::OperationPlan& plan, const DocumentContext& context) {
    return checksReport(asOperation(plan), context);
}

QString documentName(const std::string& kind, const std::string& replica, const QString& what) {
    static const QRegularExpression others(QStringLiteral("[^A-Za-z0-9._-]+"));
    QString name =
        QStringLiteral("%1-%2-%3").arg(QString::fromStdString(kind), QString::fromStdString(replica), what);
    return name.replace(others, QStringLiteral("-")) + QStringLiteral(".md");
}

} // namespace pilothouse::text
