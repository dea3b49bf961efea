// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/change_words.h"

#include "client/operation_steps.h"
#include "text/operation_words.h"
#include "text/runbook.h"

#include <QCoreApplication>

namespace pilothouse::ui {
namespace {

using domain::OperationKind;
using domain::OperationPhase;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::ChangeDialog)
};

bool joins(const ChangeWish& wish) {
    return wish.kind == OperationKind::join;
}

bool replaces(const ChangeWish& wish) {
    return wish.kind == OperationKind::replace;
}

// Who gets a vote by it.
const QString& newcomer(const ChangeWish& wish) {
    return replaces(wish) ? wish.host : wish.replica;
}

QString quoted(QString text) {
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

ChangeNews endOf(const ChangeWish& wish, const api::Operation& operation, OperationPhase phase) {
    if (!changesMembers(wish.kind) && phase != OperationPhase::refused) {
        return {text::upkeepEnd(operation), text::marginWords(operation.after) + u'.'};
    }
    if (phase == OperationPhase::done && replaces(wish)) {
        return {Words::tr("%1 has replaced %2 in %3").arg(wish.host, wish.replica, wish.cluster),
                text::marginWords(operation.after) + u'.'};
    }
    if (phase == OperationPhase::done) {
        return {joins(wish) ? Words::tr("%1 has joined %2").arg(wish.replica, wish.cluster)
                            : Words::tr("%1 has left %2").arg(wish.replica, wish.cluster),
                text::marginWords(operation.after) + u'.'};
    }
    if (phase == OperationPhase::refused) {
        return {Words::tr("Nothing was changed"),
                Words::tr("A check spoke against it when it was to begin.")};
    }
    if (!hasHost(wish.kind)) {
        return {Words::tr("Cancelled: everything is as it was"),
                Words::tr("%1 is still in %2.").arg(wish.replica, wish.cluster)};
    }
    const QString out = Words::tr("%1 is not in %2.").arg(newcomer(wish), wish.cluster);
    const bool forgotten = replaces(wish) && client::hasRemoved(operation);
    return {forgotten ? Words::tr("Cancelled: %1 is forgotten all the same").arg(wish.replica)
                      : Words::tr("Cancelled: the cluster is as it was"),
            client::wasAdmitted(operation)
                ? out + u' ' +
                      Words::tr("Its process has ended. Empty its data folder before it waits again.")
                : out};
}

} // namespace

QString titleOf(const ChangeWish& wish) {
    if (joins(wish) && wish.replica.isEmpty()) {
        return Words::tr("Add a replica");
    }
    return text::operationTitle(std::string(nameOf(wish.kind)), wish.replica.toStdString());
}

QString wholeTitleOf(const ChangeWish& wish) {
    if (replaces(wish) || !changesMembers(wish.kind)) {
        return Words::tr("%1 in %2").arg(titleOf(wish), wish.cluster);
    }
    return joins(wish) ? Words::tr("%1 to %2").arg(titleOf(wish), wish.cluster)
                       : Words::tr("%1 from %2").arg(titleOf(wish), wish.cluster);
}

QString checkTitleOf(const ChangeWish& wish) {
    switch (wish.kind) {
    case OperationKind::remove:
        return Words::tr("Check %1 before it is removed").arg(wish.replica);
    case OperationKind::forget:
        return Words::tr("Check %1 before it is forgotten").arg(wish.replica);
    case OperationKind::join:
    case OperationKind::replace:
        break;
    case OperationKind::rollingRestart:
    case OperationKind::makeLeader:
    case OperationKind::drain:
    case OperationKind::undrain:
    case OperationKind::rename:
        return wholeTitleOf(wish);
    }
    if (newcomer(wish).isEmpty()) {
        return wholeTitleOf(wish);
    }
    return replaces(wish) ? Words::tr("Check %1 before it replaces %2").arg(wish.host, wish.replica)
                          : Words::tr("Check %1 before it joins").arg(wish.replica);
}

QString askingWords(const ChangeWish& wish) {
    return hasHost(wish.kind) ? Words::tr("Asking the new host, and every replica whether it reaches it…")
                              : Words::tr("Asking every replica what it sees now…");
}

QString railTitleOf(const ChangeWish& wish) {
    return joins(wish) ? Words::tr("Add a replica") : titleOf(wish);
}

QString railSubtitleOf(const ChangeWish& wish) {
    if (replaces(wish) || !changesMembers(wish.kind)) {
        return Words::tr("in %1").arg(wish.cluster);
    }
    return joins(wish) ? Words::tr("to %1").arg(wish.cluster) : Words::tr("from %1").arg(wish.cluster);
}

QStringList railStepsOf(const ChangeWish& wish) {
    const QStringList looks{Words::tr("Check it"), Words::tr("Review what changes")};
    if (hasHost(wish.kind)) {
        return QStringList{Words::tr("Find the new replica")} + looks +
               QStringList{replaces(wish) ? Words::tr("Replace and catch up")
                                          : Words::tr("Join and catch up"),
                           Words::tr("Done")};
    }
    return looks + QStringList{titleOf(wish), Words::tr("Done")};
}

QString goesOnWords(const ChangeWish& wish) {
    if (!changesMembers(wish.kind)) {
        return Words::tr(
            "The cluster goes on by itself. Any console, or the command line, can follow it, and "
            "cancel it.");
    }
    return hasHost(wish.kind)
               ? Words::tr("The cluster goes on by itself. Any console, or the command line, can "
                           "follow it, and cancel it until %1 has its vote.")
                     .arg(newcomer(wish))
               : Words::tr("The cluster goes on by itself. Any console, or the command line, can "
                           "follow it, and cancel it until %1 has left the group.")
                     .arg(wish.replica);
}

QString cancelledWords(const ChangeWish& wish) {
    if (!hasHost(wish.kind)) {
        return {};
    }
    const QString out = Words::tr("It is taken out again and its process ends. Its data folder must be "
                                  "emptied before it can wait again.");
    return replaces(wish) ? out + u' ' + Words::tr("%1 stays forgotten.").arg(wish.replica) : out;
}

QString cancelHint(const ChangeWish& wish, const api::Operation& operation) {
    if (!hasHost(wish.kind) || operation.phase != nameOf(OperationPhase::running)) {
        return {};
    }
    if (operation.committed) {
        return Words::tr("Too late to cancel: to take %1 out again, remove it.").arg(newcomer(wish));
    }
    return client::wasAdmitted(operation) ? cancelledWords(wish) : QString();
}

ChangeNews newsOf(const ChangeWish& wish, const api::Operation& operation) {
    const auto phase = domain::operationPhaseOf(operation.phase);
    if (phase && domain::isOver(*phase)) {
        return endOf(wish, operation, *phase);
    }
    return {titleOf(wish), phase == OperationPhase::undoing
                               ? Words::tr("Cancelled: what was done is being taken back.")
                               : Words::tr("Started by %1. It goes on when this window is closed.")
                                     .arg(QString::fromStdString(operation.started_by))};
}

QString commandFor(const ChangeWish& wish, const QString& reason, const QString& typedName) {
    api::Operation same;
    same.kind = std::string(nameOf(wish.kind));
    same.name = wish.replica.toStdString();
    QString words = QStringLiteral("pilothousectl ") + text::verbFor(same);
    words += QStringLiteral(" --cluster %1 --yes").arg(wish.cluster);
    if (hasHost(wish.kind)) { // never the code itself: commands are kept and seen by others
        words += QStringLiteral(" --setup-code-file FILE");
    }
    if (!reason.isEmpty()) {
        words += QStringLiteral(" --reason ") + quoted(reason);
    }
    if (!typedName.isEmpty()) {
        words += QStringLiteral(" --force ") + typedName;
    }
    return words;
}

QString commandNote(const ChangeWish& wish) {
    return hasHost(wish.kind) ? Words::tr("The first line of FILE is the setup code.") : QString();
}

} // namespace pilothouse::ui
