// SPDX-License-Identifier: GPL-3.0-or-later
// What a runbook says of each step.
#include "domain/operation.h"
#include "domain/repair.h"
#include "text/markdown.h"
#include "text/operation_history.h"
#include "text/operation_words.h"
#include "text/runbook.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

using domain::RepairStep;
using domain::StepKind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(documents)
};

// What the sentences of one step need.
struct Place {
    QString name;   // of whom the step is about
    QString status; // the command that shows the cluster
    QString watch;  // the command that shows the operation
    QString cluster;
};

QString onHost(const QString& name, const QString& command) {
    return QStringLiteral("ssh %1 %2").arg(markdown::shellWord(name), command);
}

// A host has its name and more; what the steps before a replica leaves do.
StepGuide leavingGuide(StepKind step, const Place& at) {
    const QString& name = at.name;
    const QString word = markdown::shellWord(name);
    if (step == StepKind::drain) {
        return {Words::tr("New clients are sent elsewhere; what %1 answers already goes on.").arg(name),
                {commandIn(at.cluster, QStringLiteral("drain ") + word), at.status},
                Words::tr("%1 is shown as draining, and the load balancer’s pool is without it.").arg(name)};
    }
    if (step == StepKind::finishRequests) {
        return {
            Words::tr("Waits for the requests that %1 still answers: pushes and pulls end as they should.")
                .arg(name),
            {at.status},
            Words::tr("%1 answers no request any more.").arg(name)};
    }
    if (step == StepKind::handOver) {
        return {Words::tr(
                    "If %1 leads, another replica gets the leadership, so that nobody waits for an election.")
                    .arg(name),
                {commandIn(at.cluster, QStringLiteral("make-leader OTHER")), at.status},
                Words::tr("Another replica leads.")};
    }
    if (step == StepKind::completeCopies) {
        return {Words::tr("What too few of the others have is copied to them, while %1 still gives it.")
                    .arg(name),
                {at.watch, at.status},
                Words::tr("Every blob is on a majority of those that stay.")};
    }
    if (step == StepKind::removeMember) {
        return {Words::tr("%1 loses its vote, and is no member any more.").arg(name),
                {at.watch, at.status},
                Words::tr("%1 is not listed any more, and the others vote.").arg(name)};
    }
    if (step == StepKind::stopReplica) {
        return {Words::tr("%1 is told that it is removed, and stops serving.").arg(name),
                {onHost(name, QStringLiteral("sudo systemctl stop pilothouse-replica"))},
                Words::tr("%1 answers no more. Its data folder stays until you delete it.").arg(name)};
    }
    return {Words::tr("The copies that %1 had are made anew, until a majority of those left has every blob.")
                .arg(name),
            {at.watch, at.status},
            Words::tr("Every blob is on a majority.")};
}

StepGuide joiningGuide(StepKind step, const Place& at) {
    const QString& name = at.name;
    if (step == StepKind::admit) {
        return {Words::tr(
                    "%1 gets its certificate and becomes a member without a vote: it can break nothing yet.")
                    .arg(name),
                {onHost(name, QStringLiteral("pilothouse-replica serve --join-host ADDRESS")), at.watch,
                 at.status},
                Words::tr("%1 is listed, without a vote.").arg(name)};
    }
    if (step == StepKind::catchUp) {
        return {Words::tr("%1 copies the cluster’s state and every blob.").arg(name),
                {at.watch, at.status},
                Words::tr("%1 lacks nothing but what is being pushed now.").arg(name)};
    }
    if (step == StepKind::promote) {
        return {Words::tr("Once every blob is on a majority that counts it, %1 gets its vote.").arg(name),
                {at.watch, at.status},
                Words::tr("%1 votes.").arg(name)};
    }
    return {Words::tr("Until it has been heard to be well, %1 counts as one that is not.").arg(name),
            {at.status},
            Words::tr("%1 answers healthy.").arg(name)};
}

StepGuide upkeepGuide(StepKind step, const api::Operation& operation, const Place& at) {
    const QString& name = at.name;
    const QString word = markdown::shellWord(name);
    if (step == StepKind::restart) {
        return {
            Words::tr("The program of %1 ends and starts again; when all is well, the load balancer’s pool "
                      "gets it back.")
                .arg(name),
            {onHost(name, QStringLiteral("sudo systemctl restart pilothouse-replica")),
             commandIn(at.cluster, QStringLiteral("drain --off ") + word), at.status},
            Words::tr("%1 answers healthy, and takes traffic.").arg(name)};
    }
    if (step == StepKind::makeLeader) {
        return {Words::tr("The leadership goes to %1 at once; nobody waits for an election.").arg(name),
                {commandIn(at.cluster, QStringLiteral("make-leader ") + word), at.status},
                Words::tr("%1 leads.").arg(name)};
    }
    if (step == StepKind::undrain) {
        return {Words::tr("The health addresses of %1 answer 200 again.").arg(name),
                {commandIn(at.cluster, QStringLiteral("drain --off ") + word), at.status},
                Words::tr("%1 is not shown as draining any more.").arg(name)};
    }
    const QString newName = QString::fromStdString(operation.new_name.value_or(""));
    return {Words::tr("%1 is called %2 from then on; its id and its address stay.").arg(name, newName),
            {at.status},
            Words::tr("%1 is listed.").arg(newName)};
}

StepGuide checkGuide(const api::Operation& operation, const Place& at) {
    const auto kind = domain::operationKindOf(operation.kind);
    QStringList commands{at.status};
    if (kind) {
        QString dry = commandIn(at.cluster, verbFor(operation)) + QStringLiteral(" --dry-run");
        if (hasHost(*kind)) {
            dry += QStringLiteral(" --setup-code-file FILE");
        }
        commands.prepend(dry);
    }
    return {Words::tr("All checks are run once more, as things are at that moment. Nothing is changed."),
            commands, Words::tr("Nothing blocks it, and what needs a word is what a reason was given for.")};
}

// Steps that no command does apart from the repair itself.
StepGuide repairGuide(RepairStep step, const Place& at) {
    const QString repaired = commandIn(at.cluster, QStringLiteral("repair status"));
    const QString& name = at.name;
    switch (step) {
    case RepairStep::stop:
        return {Words::tr("%1 serves nothing from here on, so that nothing changes while its data is copied.")
                    .arg(name),
                {repaired},
                Words::tr("The repair is at its next step.")};
    case RepairStep::copyFolder:
        return {Words::tr("A copy of the engine’s data is what the repair can be put back from."),
                {repaired},
                Words::tr("The copy is complete.")};
    case RepairStep::newAuthority:
        return {
            Words::tr(
                "Replicas that come back cannot speak to the repaired one: there are never two clusters."),
            {repaired},
            Words::tr("The repair is at its next step.")};
    case RepairStep::startAlone:
        return {Words::tr("The engine of %1 goes on as a group of one, with what it holds.").arg(name),
                {repaired},
                Words::tr("%1 leads.").arg(name)};
    case RepairStep::recordEpoch:
        return {Words::tr("The state says that the cluster is in a new epoch, and who was left behind."),
                {repaired},
                Words::tr("%1 is shown in the new epoch.").arg(at.status)};
    case RepairStep::serve:
        break;
    }
    return {
        Words::tr("Pushes and pulls work again."), {at.status}, Words::tr("%1 answers healthy.").arg(name)};
}

} // namespace

QString verbFor(const api::Operation& operation) {
    using domain::OperationKind;
    const auto known = domain::operationKindOf(operation.kind);
    const QString name = u' ' + markdown::shellWord(QString::fromStdString(operation.name));
    if (!known) {
        return {};
    }
    switch (*known) {
    case OperationKind::remove:
    case OperationKind::forget:
    case OperationKind::replace:
        return QString::fromStdString(operation.kind) + name;
    case OperationKind::join:
        return QStringLiteral("join");
    case OperationKind::rollingRestart:
        return QStringLiteral("rolling-restart") + (operation.name.empty() ? QString() : name);
    case OperationKind::makeLeader:
        return QStringLiteral("make-leader") + name;
    case OperationKind::drain:
        return QStringLiteral("drain") + name;
    case OperationKind::undrain:
        return QStringLiteral("drain --off") + name;
    case OperationKind::rename:
        break;
    }
    return QStringLiteral("rename") + name + u' ' +
           markdown::shellWord(QString::fromStdString(operation.new_name.value_or("")));
}

QString commandIn(const QString& cluster, const QString& verb) {
    const QString command = QStringLiteral("pilothousectl ") + verb;
    return cluster.isEmpty() ? command
                             : command + QStringLiteral(" --cluster ") + markdown::shellWord(cluster);
}

StepGuide guideTo(const api::OperationStep& planned, const api::Operation& operation,
                  const QString& cluster) {
    const std::string& step = planned.kind;
    const auto known = domain::stepKindOf(step);
    const bool ofHost = known && isOfHost(*known) && operation.host_name;
    const QString id =
        operation.id.empty() || hasEnded(operation) ? QString() : u' ' + QString::fromStdString(operation.id);
    const Place at{
        QString::fromStdString(ofHost ? *operation.host_name : planned.name.value_or(operation.name)),
        commandIn(cluster, QStringLiteral("status")),
        commandIn(cluster, QStringLiteral("operations show") + id), cluster};
    if (const auto repair = domain::repairStepOf(step); repair && !known) {
        return repairGuide(*repair, at);
    }
    if (known == StepKind::check) {
        return checkGuide(operation, at);
    }
    for (const StepKind leaving :
         {StepKind::drain, StepKind::finishRequests, StepKind::handOver, StepKind::completeCopies,
          StepKind::removeMember, StepKind::stopReplica, StepKind::repairCopies}) {
        if (known == leaving) {
            return leavingGuide(leaving, at);
        }
    }
    for (const StepKind joining :
         {StepKind::admit, StepKind::catchUp, StepKind::promote, StepKind::takePart}) {
        if (known == joining) {
            return joiningGuide(joining, at);
        }
    }
    if (known == StepKind::restart || known == StepKind::makeLeader || known == StepKind::undrain ||
        known == StepKind::rename) {
        return upkeepGuide(*known, operation, at);
    }
    return {Words::tr("The cluster does this by itself."),
            {at.watch, at.status},
            Words::tr("The operation is at its next step.")};
}

} // namespace pilothouse::text
