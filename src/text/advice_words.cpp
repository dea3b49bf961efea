// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/arguments.h"
#include "text/words.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

using domain::MessageId;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(advice)
};

QString repairStepWords(const domain::Message& message, const Arguments& a) {
    const int many = a.nameCount(0);
    switch (message.id) {
    case MessageId::stepOnlyIfGone:
        return oneOrMore(a, Words::tr("Only if %1 never comes back"),
                         Words::tr("Only if %1 never come back", nullptr, many));
    case MessageId::stepRepairFrom:
        return Words::tr("Repair from %1.").arg(a.string(0));
    case MessageId::stepHeldUntil:
        return Words::tr("It holds what was committed up to %1. What %2 accepted after that, if anything, is "
                         "lost.")
            .arg(timeOfDay(a.moment(0)), a.names(1));
    case MessageId::stepHeldOnly:
        return Words::tr("What only %1 accepted, if anything, is lost.").arg(a.names(0));
    case MessageId::stepBlobsLost:
        return a.number(0) == 1 ? Words::tr("1 blob has no copy there.")
                                : Words::tr("%1 blobs have no copy there.", nullptr, a.quantity(0))
                                      .arg(count(a.number(0)));
    default:
        return {};
    }
}

QString stepWords(const domain::Message& message, const Arguments& a) {
    switch (message.id) {
    case MessageId::stepLookAndStart:
        return Words::tr("On %1 (%2): look, then start").arg(a.string(0), a.string(1));
    case MessageId::stepReach:
        return Words::tr("Reach %1 (%2)").arg(a.string(0), a.string(1));
    case MessageId::stepTrust:
        return Words::tr("%1 (%2) answers, but not to us").arg(a.string(0), a.string(1));
    case MessageId::stepResume:
        return Words::tr("Let %1 go on").arg(a.names(0));
    case MessageId::stepStartSandbox:
        return Words::tr("Start %1 again").arg(a.names(0));
    case MessageId::stepOneIsEnough:
        return Words::tr("One replica back is enough.");
    case MessageId::stepMoreAreNeeded:
        return Words::tr("%1 replicas are needed back.", nullptr, a.quantity(0)).arg(a.number(0));
    case MessageId::stepCompare:
        return Words::tr("Check the login, and compare with “sudo pilothouse-replica fingerprint” there.");
    case MessageId::stepHostThenLink:
        return Words::tr("Its host first, then the link to it.");
    case MessageId::commandJournal:
        return QStringLiteral("journalctl -u pilothouse-replica");
    case MessageId::commandStart:
        return QStringLiteral("systemctl start pilothouse-replica");
    case MessageId::commandSandboxStart:
        return QStringLiteral("pilothousectl sandbox start --name %1").arg(a.string(0));
    case MessageId::commandSandboxResume:
        return QStringLiteral("pilothousectl sandbox resume %1 %2").arg(a.string(0), a.string(1));
    default:
        return {};
    }
}

QString findingWords(const domain::Message& message, const Arguments& a) {
    const int many = a.nameCount(0);
    switch (message.id) {
    case MessageId::findingRefused:
        return oneOrMore(a, Words::tr("%1’s host answers and refuses: the service is down."),
                         Words::tr("The hosts of %1 answer and refuse: the service is down.", nullptr, many));
    case MessageId::findingNotRunning:
        return oneOrMore(a, Words::tr("%1 does not run."), Words::tr("%1 do not run.", nullptr, many));
    case MessageId::findingPaused:
        return oneOrMore(a, Words::tr("%1 is paused."), Words::tr("%1 are paused.", nullptr, many));
    case MessageId::findingSilent:
        return oneOrMore(a, Words::tr("%1 does not answer at all: host or network."),
                         Words::tr("%1 do not answer at all: hosts or network.", nullptr, many));
    case MessageId::findingNotToUs:
        return oneOrMore(a, Words::tr("%1 answers, but not to us."),
                         Words::tr("%1 answer, but not to us.", nullptr, many));
    case MessageId::findingMayHaveMajority:
        return Words::tr(
            "Before you give them up, look on their hosts whether they have a majority of their own.");
    case MessageId::stillWorks:
        return oneOrMore(
            a,
            Words::tr("Until then: from %1 itself, status, events and logins. Changes are refused, and "
                      "nothing works through a load balancer."),
            Words::tr("Until then: from %1 themselves, status, events and logins. Changes are refused, and "
                      "nothing works through a load balancer.",
                      nullptr, many));
    default:
        return {};
    }
}

} // namespace

QString adviceWords(const domain::Message& message) {
    const Arguments a(message);
    switch (message.id) {
    case MessageId::adviceTwo:
        return Words::tr(
            "Two replicas are worse than one: the loss of either stops the cluster. Add a third.");
    case MessageId::adviceEven:
        return Words::tr("%1 replicas survive no more losses than %2: an even number adds no safety.",
                         nullptr, a.quantity(0))
            .arg(a.number(0))
            .arg(a.number(0) - 1);
    case MessageId::adviceTooMany:
        return Words::tr("%1 replicas: more than seven cost more than they give.", nullptr, a.quantity(0))
            .arg(a.number(0));
    case MessageId::adviceRemoveLost:
        return Words::tr("%1 has been lost for %2 and still counts as a voter: start it, or remove it.")
            .arg(a.string(0), duration(a.time(1)));
    case MessageId::adviceClockAhead:
        return Words::tr("%1’s clock is %2 ahead of the others: let its host keep time.")
            .arg(a.string(0), duration(a.time(1)));
    case MessageId::adviceClockBehind:
        return Words::tr("%1’s clock is %2 behind the others: let its host keep time.")
            .arg(a.string(0), duration(a.time(1)));
    case MessageId::adviceClockBlocks:
        return Words::tr("Until %1’s clock is set, no replica can join.").arg(a.string(0));
    default:
        break;
    }
    for (auto* words : {stepWords, repairStepWords, findingWords}) {
        if (const QString text = words(message, a); !text.isEmpty()) {
            return text;
        }
    }
    return {};
}

} // namespace pilothouse::text
