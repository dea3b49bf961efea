// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/runbook.h"

#include "domain/operation.h"
#include "domain/quorum.h"
#include "text/format.h"
#include "text/markdown.h"
#include "text/operation_history.h"
#include "text/operation_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace pilothouse::text {
namespace {

using domain::OperationKind;
using domain::StepKind;
using markdown::heading;
using markdown::item;
using markdown::paragraph;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(documents)
};

const std::string repairKind = "repair";

// What all parts of the document are about.
struct Subject {
    const api::Operation& operation;
    const DocumentContext& context;
    std::optional<OperationKind> kind; // nullopt: another, such as a repair
    QString name;                      // of the replica
    QString host;                      // that joins; empty: none
    [[nodiscard]] bool planned() const { return operation.id.empty(); }
    [[nodiscard]] bool isRepair() const { return operation.kind == repairKind; }
    [[nodiscard]] QString command(const QString& verb) const { return commandIn(context.cluster, verb); }
    // Of this operation while it runs; else of the one that will run when it is done again.
    [[nodiscard]] QString about(const char* verb) const {
        const QString words = QStringLiteral("operations ") + QLatin1String(verb);
        const bool named = !planned() && !hasEnded(operation);
        return command(named ? words + u' ' + QString::fromStdString(operation.id) : words);
    }
};

QString upkeepPurpose(const Subject& subject) {
    const QString& name = subject.name;
    switch (*subject.kind) {
    case OperationKind::rollingRestart:
        if (domain::toleranceOf(static_cast<int>(subject.operation.before.voters)) == 0) {
            return name.isEmpty() ? Words::tr("All replicas are restarted, one after another.")
                                  : Words::tr("%1 is restarted.").arg(name);
        }
        return name.isEmpty()
                   ? Words::tr("All replicas are restarted, one after another, and the cluster keeps "
                               "its majority.")
                   : Words::tr("%1 is restarted, and the cluster keeps its majority.").arg(name);
    case OperationKind::makeLeader:
        return Words::tr("%1 becomes the leader of the group.").arg(name);
    case OperationKind::drain:
        return Words::tr("%1 leaves the load balancer’s pool, and its requests finish.").arg(name);
    case OperationKind::undrain:
        return Words::tr("%1 comes back into the load balancer’s pool.").arg(name);
    default:
        break;
    }
    return Words::tr("%1 gets another name.").arg(name);
}

QString purpose(const Subject& subject) {
    const QString& name = subject.name;
    if (subject.kind == OperationKind::remove) {
        return Words::tr(
                   "%1, which answers, leaves the cluster: its requests finish, and what only it has is "
                   "copied to the others first.")
            .arg(name);
    }
    if (subject.kind == OperationKind::forget) {
        return Words::tr("%1 will never answer again: its vote goes, and the others make up for its copies.")
            .arg(name);
    }
    if (subject.kind == OperationKind::join) {
        return Words::tr(
            "A new host becomes a replica: it gets its vote once it has the state and every blob.");
    }
    if (subject.kind == OperationKind::replace) {
        return Words::tr("%1 will never answer again: it is forgotten, and %2 takes its place.")
            .arg(name, subject.host.isEmpty() ? Words::tr("a new host") : subject.host);
    }
    if (subject.kind && !changesMembers(*subject.kind)) {
        return upkeepPurpose(subject);
    }
    if (subject.isRepair()) {
        return Words::tr("The majority was gone for good: the cluster went on from %1 alone, in a new epoch, "
                         "with what it held.")
            .arg(name);
    }
    return Words::tr("A change to the cluster, of the kind “%1”.")
        .arg(QString::fromStdString(subject.operation.kind));
}

QString preconditions(const Subject& subject) {
    QString text;
    if (subject.isRepair()) {
        text += item(Words::tr("It is certain that the replicas that do not answer never come back by "
                               "themselves: of each somebody has said what became of it."));
    } else {
        text += item(Words::tr("A majority of the replicas answers, and what “%1” says is understood.")
                         .arg(subject.command(QStringLiteral("status"))));
        text += item(Words::tr("Nobody else changes the cluster at the same time."));
    }
    if (subject.kind && hasHost(*subject.kind)) {
        text += item(
            Words::tr("The new host waits: “pilothouse-replica serve --join-host ADDRESS” runs there and "
                      "shows its setup code."));
        text += item(Words::tr("The setup code is the first line of FILE, which only you can read. It is a "
                               "secret, and stands in no document and no command."));
    }
    return text + u'\n';
}

QString asOneCommand(const Subject& subject) {
    if (!subject.kind) {
        return {};
    }
    QString command = subject.command(verbFor(subject.operation));
    if (hasHost(*subject.kind)) {
        command += QStringLiteral(" --setup-code-file FILE");
    }
    QString really = command + QStringLiteral(" --yes");
    if (subject.operation.reason) {
        really += QStringLiteral(" --reason ") +
                  markdown::shellWord(QString::fromStdString(*subject.operation.reason));
    }
    if (subject.operation.typed_name && changesMembers(*subject.kind)) {
        really += QStringLiteral(" --force ") +
                  markdown::shellWord(QString::fromStdString(*subject.operation.typed_name));
    }
    return heading(2, Words::tr("All of it as one command")) +
           paragraph(Words::tr("The first changes nothing; the second does it, and follows it to its end.")) +
           markdown::commands({command + QStringLiteral(" --dry-run"), really});
}

QString stepSection(const Subject& subject, const api::OperationStep& step, int number) {
    const api::Operation& operation = subject.operation;
    const StepGuide guide = guideTo(step, operation, subject.context.cluster);
    QString text = heading(3, QStringLiteral("%1. %2").arg(number).arg(stepTitle(operation, step)));
    text += paragraph(guide.does);
    text += markdown::commands(guide.commands);
    text += paragraph(Words::tr("Go on when: %1").arg(guide.goOn));
    const auto known = domain::stepKindOf(step.kind);
    if (known && !subject.isRepair()) {
        QString waits = Words::tr("Should it wait for longer than %1, “%2” says for what.")
                            .arg(duration(limitOf(*known)), subject.about("show"));
        if (canBeSkipped(*known)) {
            waits += u' ' + Words::tr("“%1” goes on without it.").arg(subject.about("skip"));
        }
        text += paragraph(waits);
    }
    if (subject.kind && known == commitOf(*subject.kind)) {
        text += QStringLiteral("**%1**\n\n")
                    .arg(markdown::plain(Words::tr("Once this is done it cannot be cancelled any more.")));
    }
    return text;
}

QString steps(const Subject& subject) {
    QString text = heading(2, Words::tr("Steps"));
    if (!subject.isRepair()) {
        text += paragraph(
            Words::tr("The cluster takes these steps by itself. The commands show the same, or do it "
                      "by hand."));
    }
    int number = 0;
    for (const api::OperationStep& step : subject.operation.steps) {
        text += stepSection(subject, step, ++number);
    }
    return text;
}

QString wayBack(const Subject& subject) {
    QString text = heading(2, Words::tr("How to go back"));
    if (subject.isRepair()) {
        return text +
               paragraph(Words::tr("A repair can be put back until a second replica has joined. What was "
                                   "written since is lost by that.")) +
               markdown::commands(
                   {subject.command(QStringLiteral("repair put-back")) + QStringLiteral(" --yes")});
    }
    if (!subject.kind) {
        return text + paragraph(Words::tr("While it says that it can be cancelled:")) +
               markdown::commands({subject.about("cancel"), subject.about("show")});
    }
    const auto last = commitOf(*subject.kind);
    if (!last) {
        return text +
               paragraph(
                   Words::tr("Until its end it can be cancelled; what can be taken back is taken back.")) +
               markdown::commands({subject.about("cancel")});
    }
    const QString commit =
        stepTitle(std::string(nameOf(*last)), subject.operation.name, subject.operation.host_name);
    text += paragraph(
        Words::tr("Until “%1” is done it can be cancelled; what was done is taken back.").arg(commit));
    text += markdown::commands({subject.about("cancel")});
    if (!changesMembers(*subject.kind)) {
        return text +
               paragraph(Words::tr("Afterwards, the same command with what was before takes it back."));
    }
    if (hasHost(*subject.kind)) {
        const QString host = subject.host.isEmpty() ? QStringLiteral("HOST") : subject.host;
        text += paragraph(
            Words::tr("A host that was a member already ends its process then: empty its data folder "
                      "before it waits again."));
        if (subject.kind == OperationKind::replace) {
            text += paragraph(Words::tr("%1 stays forgotten.").arg(subject.name));
        }
        text += paragraph(Words::tr("Afterwards, to take %1 out again:").arg(host));
        return text +
               markdown::commands({subject.command(QStringLiteral("remove ") + markdown::shellWord(host)) +
                                   QStringLiteral(" --yes")});
    }
    text += paragraph(
        Words::tr("Afterwards, to have as many replicas as before: let an empty host wait, and join it."));
    return text + markdown::commands({QStringLiteral("pilothouse-replica serve --join-host ADDRESS"),
                                      subject.command(QStringLiteral("join")) +
                                          QStringLiteral(" --setup-code-file FILE --yes")});
}

QString whenSomethingDies(const Subject& subject) {
    QString text = heading(2, Words::tr("If something dies in the middle"));
    if (subject.isRepair()) {
        return text +
               item(Words::tr(
                   "The console, or the computer that it runs on: the survivor goes on by itself.")) +
               item(Words::tr(
                   "The survivor: start it again on its host; it goes on with the repair, or takes it "
                   "back.")) +
               u'\n' + markdown::commands({subject.command(QStringLiteral("repair status"))});
    }
    text += item(
        Words::tr("The console, or the computer that it runs on: nothing changes. Any console follows it, "
                  "and so does “%1”.")
            .arg(subject.about("follow")));
    text += item(
        Words::tr("The replica that carries it out: within seconds another takes it over at the same step. "
                  "Each step may be begun again without harm. Nothing is to be done."));
    text += item(
        Words::tr("So many replicas that no majority is left: it waits. Start them again, and it goes on."));
    return text + u'\n';
}

QString timeOr(const std::optional<std::string>& at) {
    return at ? localTime(*at) : QStringLiteral("–");
}

QString whatHappened(const Subject& subject) {
    const api::Operation& operation = subject.operation;
    QString text = heading(2, Words::tr("What happened"));
    text += paragraph(Words::tr("Operation %1: %2 (%3). All times are local, as of this document.")
                          .arg(QString::fromStdString(operation.id), operationState(operation),
                               operationByline(operation, subject.context.at)));
    if (operation.waiting) {
        text += paragraph(Words::tr("It waits: %1.").arg(waitingWords(*operation.waiting)));
    }
    text +=
        markdown::tableHead({Words::tr("Step"), Words::tr("State"), Words::tr("Begun"), Words::tr("Ended")});
    for (const api::OperationStep& step : operation.steps) {
        text += markdown::row({stepTitle(operation, step), stepNote(step, operation), timeOr(step.began_at),
                               timeOr(step.ended_at)});
    }
    text += u'\n' + heading(3, Words::tr("Journal"));
    text += markdown::tableHead({Words::tr("When"), Words::tr("Who"), Words::tr("What")});
    for (const api::JournalLine& line : operation.journal) {
        const QString who = QString::fromStdString(line.by);
        text += markdown::row(
            {localTime(line.at), subject.context.names.value(who, who), journalWords(line, operation)});
    }
    return text;
}

} // namespace

QString runbook(const api::Operation& operation, const DocumentContext& context) {
    const Subject subject{operation, context, domain::operationKindOf(operation.kind),
                          QString::fromStdString(operation.name),
                          QString::fromStdString(operation.host_name.value_or(""))};
    QString text = heading(1, Words::tr("Runbook: %1").arg(operationTitle(operation.kind, operation.name)));
    text += paragraph(Words::tr("Cluster %1, written %2").arg(context.cluster, timeWithZone(context.at)));
    text += heading(2, Words::tr("What it is for")) + paragraph(purpose(subject));
    if (operation.reason) {
        text += paragraph(
            Words::tr("The reason that was given: %1").arg(QString::fromStdString(*operation.reason)));
    }
    text += heading(2, Words::tr("Before it begins")) + preconditions(subject);
    text += paragraph(subject.planned() ? Words::tr("What the checks found when this was written:")
                                        : Words::tr("What the checks found when they were last run:"));
    text += findingsMarkdown(operation.findings, 3);
    if (!subject.isRepair()) {
        text += heading(2, Words::tr("What can be lost")) + marginsMarkdown(operation);
        text += paragraph(
            Words::tr("When more are lost at once nothing can be written until they are back; what was "
                      "acknowledged stays."));
    }
    text += asOneCommand(subject) + steps(subject) + wayBack(subject) + whenSomethingDies(subject);
    if (!subject.planned()) {
        text += whatHappened(subject);
    }
    return text.trimmed() + u'\n';
}

QString runbook(const api::OperationPlan& plan, const DocumentContext& context) {
    return runbook(asOperation(plan), context);
}

} // namespace pilothouse::text
