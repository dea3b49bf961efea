// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/status_report.h"

#include "cli/former_members.h"
#include "cli/output.h"
#include "cli/status_words.h"
#include "cli/text.h"
#include "text/format.h"
#include "text/sentence.h"
#include "text/steps.h"

#include <algorithm>

namespace pilothouse::cli {
namespace {

// Names and messages come from elsewhere: they end no column and start no markup.
QString plain(const QString& text) {
    QString out;
    for (const auto character : harmless(text)) {
        if (QStringView(u"|\\`*_<>[]").contains(character)) {
            out += u'\\';
        }
        out += character == u'\n' ? QChar(u' ') : character;
    }
    return out;
}

QString row(const QStringList& cells) {
    QStringList escaped;
    for (const auto& text : cells) {
        escaped += plain(text);
    }
    return QStringLiteral("| ") + escaped.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

QString headings(const QStringList& names) {
    QString line = row(names);
    for (qsizetype i = 0; i < names.size(); ++i) {
        line += QStringLiteral("|---");
    }
    return line + QStringLiteral("|\n");
}

QString nameOf(const domain::Assessment& assessment, const std::string& id) {
    const auto replica = std::find_if(assessment.replicas.begin(), assessment.replicas.end(),
                                      [&](const auto& r) { return r.id.str() == id; });
    return QString::fromStdString(
        replica != assessment.replicas.end() && !replica->name.empty() ? replica->name : id);
}

QString replicaRow(const domain::ClusterObservation& observation, const domain::Assessment& assessment,
                   const domain::ReplicaAssessment& replica) {
    const QString observer = !replica.observedBy ? Text::tr("from here")
                             : replica.observedBy == replica.id
                                 ? Text::tr("itself")
                                 : nameOf(assessment, replica.observedBy->str());
    const QString age =
        replica.observedAt
            ? text::duration(std::chrono::duration_cast<Milliseconds>(observation.now - *replica.observedAt))
            : QStringLiteral("–");
    return row({QString::fromStdString(replica.name.empty() ? replica.url : replica.name),
                QString::fromStdString(replica.id.str()), roleWord(replica.role),
                replica.voting ? Text::tr("yes") : Text::tr("no"), text::sentence(replica.detail), observer,
                age});
}

QString paragraphOf(const QString& text) {
    return text.isEmpty() ? text : plain(text) + QStringLiteral("\n\n");
}

QString adviceList(const domain::Assessment& assessment) {
    QString text;
    for (const auto& line : text::sentences(assessment.advice)) {
        text += QStringLiteral("- ") + plain(line) + u'\n';
    }
    return text.isEmpty() ? text : text + u'\n';
}

QString stepList(const domain::Assessment& assessment) {
    QString text;
    int number = 0;
    for (const text::Step& step : text::stepsOf(assessment.steps)) {
        const QString whole =
            step.body.isEmpty() ? step.title : step.title + QStringLiteral(". ") + step.body;
        text += QStringLiteral("%1. ").arg(++number) + plain(whole) + u'\n';
        for (const QString& command : step.commands) {
            text += QStringLiteral("   - `%1`\n").arg(harmless(command));
        }
    }
    return text.isEmpty() ? text : text + u'\n';
}

QString formerList(const client::CollectedObservation& collected) {
    QString text;
    for (const QString& line : formerLines(formerMembers(collected))) {
        text += QStringLiteral("- ") + plain(line) + u'\n';
    }
    return text.isEmpty() ? text : u'\n' + text;
}

// Newest first, by the time that each observer wrote beside it.
QString eventTable(const domain::Assessment& assessment, std::vector<api::Event> events) {
    std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    QString text = headings({Text::tr("When (UTC)"), Text::tr("Event"), Text::tr("Told by")});
    for (const auto& event : events) {
        text += row({QString::fromStdString(event.at), QString::fromStdString(event.message),
                     nameOf(assessment, event.observer)});
    }
    return text;
}

} // namespace

QString statusReport(const client::CollectedObservation& collected, const domain::Assessment& assessment,
                     const std::vector<api::Event>& lastEvents) {
    const auto& observation = collected.observation;
    const QString paragraph = QStringLiteral("\n\n");
    QString text =
        QStringLiteral("## ") +
        Text::tr("Cluster %1: %2")
            .arg(plain(QString::fromStdString(observation.clusterName)), verdictWord(assessment.verdict)) +
        paragraph;
    text += QStringLiteral("**%1**").arg(plain(text::wholeSentence(assessment))) + paragraph;
    text += paragraphOf(text::join(assessment.findings));
    text += stepList(assessment);
    text += paragraphOf(text::join(assessment.stillWorks));
    text += paragraphOf(text::sentences(assessment.facts).join(QStringLiteral(" · ")));
    text += adviceList(assessment);
    for (const auto& problem : collected.trustProblems) {
        text += plain(problem.message) + paragraph;
    }
    text +=
        Text::tr("Observed %1 (UTC) with pilothousectl %2.")
            .arg(QString::fromStdString(toRfc3339(observation.wallNow)), QStringLiteral(PILOTHOUSE_VERSION)) +
        paragraph;
    text += headings({Text::tr("Replica"), Text::tr("Id"), Text::tr("Role"), Text::tr("Votes"),
                      Text::tr("State"), Text::tr("Told by"), Text::tr("Age")});
    for (const auto& replica : assessment.replicas) {
        text += replicaRow(observation, assessment, replica);
    }
    text += formerList(collected);
    text += u'\n' + (lastEvents.empty() ? Text::tr("No replica could tell the last events.") + u'\n'
                                        : eventTable(assessment, lastEvents));
    return text;
}

} // namespace pilothouse::cli
