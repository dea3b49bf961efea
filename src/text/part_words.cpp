// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/arguments.h"
#include "text/words.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

using domain::MessageId;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sentence)
};

// "reg-1 says they are fine"
QString fineWords(const Arguments& a) {
    if (a.nameCount(0) == 1) {
        return (a.nameCount(1) == 1 ? Words::tr("%1 says it is fine")
                                    : Words::tr("%1 say it is fine", nullptr, a.nameCount(1)))
            .arg(a.names(1));
    }
    return (a.nameCount(1) == 1 ? Words::tr("%1 says they are fine")
                                : Words::tr("%1 say they are fine", nullptr, a.nameCount(1)))
        .arg(a.names(1));
}

// "reg-2 has been down for 2 h 14 min, reg-5 for 38 s."
QString downWords(const Arguments& a) {
    const auto names = a.nameList(0);
    const auto timeOf = [&](qsizetype i) { return a.time(static_cast<std::size_t>(i) + 1); };
    QString text = timeOf(0).count() < 0
                       ? Words::tr("%1 is down").arg(names.value(0))
                       : Words::tr("%1 has been down for %2").arg(names.value(0), duration(timeOf(0)));
    for (qsizetype i = 1; i < names.size(); ++i) {
        text +=
            timeOf(i).count() < 0
                ? Words::tr(", %1 too", "… is down, reg-5 too").arg(names[i])
                : Words::tr(", %1 for %2", "… for 2 h, reg-5 for 38 s").arg(names[i], duration(timeOf(i)));
    }
    return text + Words::tr(".", "end of a sentence");
}

// "Bring one of them back."
QString bringBackWords(std::int64_t needed, std::int64_t of) {
    if (of == 1) {
        return Words::tr("Bring it back.");
    }
    return needed == of
               ? Words::tr("Bring all of them back.")
               : Words::tr("Bring %1 of them back.", nullptr, static_cast<int>(needed)).arg(numeral(needed));
}

// Names as a plain list, as after a colon: "reg-2, reg-3".
QString plain(const Arguments& a, std::size_t i) {
    return a.nameList(i).join(Words::tr(", ", "between names after a colon"));
}

QString withReason(const Arguments& a, const QString& one, const QString& more) {
    if (a.nameCount(0) == 1 && a.string(1).startsWith(a.names(0))) {
        return a.string(1) + u'.'; // it says the same of the same, and why
    }
    const QString reason = a.string(1).isEmpty() ? QString() : Words::tr(" (%1)", "reason").arg(a.string(1));
    return (a.nameCount(0) == 1 ? one : more).arg(a.names(0), reason);
}

QString withNeeded(const Arguments& a, const QString& one, const QString& more) {
    return (a.nameCount(0) == 1 ? one : more)
        .arg(a.names(0), QString::number(a.number(1)), QString::number(a.number(2)));
}

// Who does not answer, and what others say of them.
QString silenceWords(const domain::Message& message, const Arguments& a) {
    switch (message.id) {
    case MessageId::stillVoting:
        return oneOrMore(
            a, Words::tr("%1 does not answer, but its engine still votes."),
            Words::tr("%1 do not answer, but their engines still vote.", nullptr, a.nameCount(0)));
    case MessageId::contested:
        return (a.nameCount(2) == 1
                    ? Words::tr("%1 does not answer here: heard by %2, but %3 does not hear it.")
                    : Words::tr("%1 does not answer here: heard by %2, but %3 do not hear it.", nullptr,
                                a.nameCount(2)))
            .arg(a.string(0), a.names(1), a.names(2));
    case MessageId::notKnownYet:
        return oneOrMore(a, Words::tr("%1 is not known yet."),
                         Words::tr("%1 are not known yet.", nullptr, a.nameCount(0)));
    case MessageId::learnersLost:
        return oneOrMore(a, Words::tr("%1, which was joining, does not answer."),
                         Words::tr("%1, which were joining, do not answer.", nullptr, a.nameCount(0)));
    case MessageId::notReachableFromHere:
        return Words::tr("Not reachable from here: %1; %2.", "…; reg-1 says they are fine")
            .arg(plain(a, 0), fineWords(a));
    case MessageId::heardElsewhere:
        return (a.nameCount(1) == 1
                    ? Words::tr("Not reachable from here and not well: %1; %2 still hears from there.")
                    : Words::tr("Not reachable from here and not well: %1; %2 still hear from there.",
                                nullptr, a.nameCount(1)))
            .arg(plain(a, 0), a.names(1));
    case MessageId::answersWithoutLeader:
        return withNeeded(
            a, Words::tr("%1 answers and has no leader; %2 of %3 are needed."),
            Words::tr("%1 answer and have no leader; %2 of %3 are needed.", nullptr, a.nameCount(0)));
    case MessageId::answersWithoutQuorum:
        return withNeeded(
            a, Words::tr("%1 answers and finds no majority; %2 of %3 are needed."),
            Words::tr("%1 answer and find no majority; %2 of %3 are needed.", nullptr, a.nameCount(0)));
    case MessageId::silentToAll:
        return (a.nameCount(0) == 1 ? Words::tr("%1 does not answer here, nor to %2.")
                                    : Words::tr("%1 do not answer here, nor to %2.", nullptr, a.nameCount(0)))
            .arg(a.names(0), a.names(1));
    case MessageId::silentToUs:
        return oneOrMore(a, Words::tr("%1 does not answer here."),
                         Words::tr("%1 do not answer here.", nullptr, a.nameCount(0)));
    case MessageId::silentHere:
        return withReason(a, Words::tr("%1 does not answer%2."),
                          Words::tr("%1 do not answer%2.", nullptr, a.nameCount(0)));
    case MessageId::rejectedHere:
        return withReason(a, Words::tr("%1 answers, but does not let us in%2."),
                          Words::tr("%1 answer, but do not let us in%2.", nullptr, a.nameCount(0)));
    case MessageId::notTrustedHere:
        return withReason(
            a, Words::tr("%1 answers with a certificate that is not trusted%2."),
            Words::tr("%1 answer with certificates that are not trusted%2.", nullptr, a.nameCount(0)));
    default:
        return {};
    }
}

// What the engines have raised, and what helps.
QString alarmWords(const domain::Message& message, const Arguments& a) {
    switch (message.id) {
    case MessageId::alarmNoSpace:
        return oneOrMore(a, Words::tr("The database of %1 has reached its limit: no change is accepted."),
                         Words::tr("The databases of %1 have reached their limits: no change is accepted.",
                                   nullptr, a.nameCount(0)));
    case MessageId::alarmCorrupt:
        return Words::tr("The data of %1 differs from the others’.", nullptr, a.nameCount(0)).arg(a.names(0));
    case MessageId::alarmOther:
        return oneOrMore(a, Words::tr("The engine of %1 has raised an alarm: its log says which."),
                         Words::tr("The engines of %1 have raised alarms: their logs say which.", nullptr,
                                   a.nameCount(0)));
    case MessageId::makeRoom:
        return Words::tr("Run “sudo pilothouse-replica local defragment” on %1.", nullptr, a.nameCount(0))
            .arg(a.names(0));
    case MessageId::replaceDamaged:
        return oneOrMore(
            a, Words::tr("Remove %1, and let a new replica join in its place."),
            Words::tr("Remove %1, and let new replicas join in their place.", nullptr, a.nameCount(0)));
    default:
        return {};
    }
}

// What may be lost is less by the copies of blobs than by votes.
QString copiesWords(const domain::Message& message, const Arguments& a) {
    if (message.id == MessageId::canLoseForCopies) {
        return a.number(1) == 1
                   ? Words::tr("It can lose %1 more: 1 blob has only %2 copies.")
                         .arg(a.number(0))
                         .arg(a.number(2))
                   : Words::tr("It can lose %1 more: %2 blobs have only %3 copies.", nullptr, a.quantity(1))
                         .arg(a.number(0))
                         .arg(a.number(1))
                         .arg(a.number(2));
    }
    if (message.id == MessageId::noCopyLeft) {
        return a.number(0) == 1
                   ? Words::tr("1 blob has no copy on a replica that is well.")
                   : Words::tr("%1 blobs have no copy on a replica that is well.", nullptr, a.quantity(0))
                         .arg(a.number(0));
    }
    return a.number(0) == 1
               ? Words::tr("One more loss may lose data: 1 blob has only 1 copy.")
               : Words::tr("One more loss may lose data: %1 blobs have only 1 copy.", nullptr, a.quantity(0))
                     .arg(a.number(0));
}

QString consequenceWords(const domain::Message& message, const Arguments& a) {
    switch (message.id) {
    case MessageId::canLose:
        return a.number(0) == 1
                   ? Words::tr("It can lose 1 more and keep accepting pushes.")
                   : Words::tr("It can lose any %1 more and keep accepting pushes.", nullptr, a.quantity(0))
                         .arg(a.number(0));
    case MessageId::canLoseForCopies:
    case MessageId::loseNoneForCopies:
    case MessageId::noCopyLeft:
        return copiesWords(message, a);
    case MessageId::canLoseNoneOfThem:
        return Words::tr("It can lose none of them.");
    case MessageId::oneMoreStops:
        return Words::tr("One more loss stops pushes and pulls by tag.");
    case MessageId::thisLossStops:
        return Words::tr("Its loss stops everything.");
    case MessageId::choosingLeader:
        return Words::tr("The others are choosing a new leader; no change is accepted until they have.");
    case MessageId::tooFewLeft:
        return Words::tr("Too few are left to accept changes: %1 of %2 are needed.")
            .arg(a.number(0))
            .arg(a.number(1));
    case MessageId::silentMayHaveMajority:
        return Words::tr("%1 could still see each other and have a majority of their own.", nullptr,
                         a.nameCount(0))
            .arg(a.names(0));
    case MessageId::sandboxStopped:
        return Words::tr("Its data is kept: it can be started again.");
    case MessageId::resumeThem:
        return Words::tr("Resume %1.", nullptr, a.nameCount(0)).arg(a.names(0));
    case MessageId::startAgain:
        return oneOrMore(a, Words::tr("Start %1 again."),
                         Words::tr("Start %1 again, one at a time.", nullptr, a.nameCount(0)));
    case MessageId::bringBack:
        return bringBackWords(a.number(0), a.number(1));
    case MessageId::lookAtLinks:
        return Words::tr("Look at the links to %1 first.").arg(a.names(0));
    case MessageId::lookAtAllLinks:
        return Words::tr("Look at the links between the replicas first.");
    case MessageId::oneLossStops:
        return Words::tr("One loss stops pushes and pulls by tag.");
    case MessageId::addThird:
        return Words::tr("Add a third replica to survive the loss of one.");
    case MessageId::checkLogin:
        return Words::tr("Check the user and the password, or the access token.");
    case MessageId::compareFingerprints:
        return Words::tr("Compare with “sudo pilothouse-replica fingerprint” on their hosts.");
    case MessageId::addTwo:
        return Words::tr("Add two more replicas to survive the loss of one.");
    case MessageId::checkAddressAndNetwork:
        return Words::tr("Look at this computer’s network and at the replicas’ hosts.");
    default:
        return {};
    }
}

QString startingWords(std::int64_t answering, std::int64_t of) {
    if (of == 1) {
        return Words::tr("It answers and is not ready yet.");
    }
    return (answering == 1 ? Words::tr("%1 of %2 replicas answers and waits for the others.")
                           : Words::tr("%1 of %2 replicas answer and wait for each other.", nullptr,
                                       static_cast<int>(answering)))
        .arg(answering)
        .arg(of);
}

} // namespace

QString partWords(const domain::Message& message) {
    const Arguments a(message);
    switch (message.id) {
    case MessageId::votersHaveState:
        return (a.number(1) == 1   ? Words::tr("%1 of %2 replica votes and has the cluster’s state.")
                : a.number(0) == 1 ? Words::tr("%1 of %2 replicas votes and has the cluster’s state.")
                                   : Words::tr("%1 of %2 replicas vote and have the cluster’s state.",
                                               nullptr, a.quantity(0)))
            .arg(a.number(0))
            .arg(a.number(1));
    case MessageId::downFor:
        return downWords(a);
    case MessageId::unwell:
        return a.string(1).isEmpty() ? Words::tr("%1 takes no traffic.").arg(a.string(0))
                                     : Words::tr("%1 takes no traffic: “%2”.").arg(a.string(0), a.string(1));
    case MessageId::behindNow:
        return oneOrMore(a, Words::tr("%1 is behind."), Words::tr("%1 are behind.", nullptr, a.nameCount(0)));
    case MessageId::startingUp:
        return oneOrMore(a, Words::tr("%1 is starting."),
                         Words::tr("%1 are starting.", nullptr, a.nameCount(0)));
    case MessageId::drainingNow:
        return oneOrMore(a, Words::tr("%1 is draining."),
                         Words::tr("%1 are draining.", nullptr, a.nameCount(0)));
    case MessageId::singleReplica:
        return Words::tr("1 of 1 replica votes and has the cluster’s state.");
    case MessageId::quorumSide:
        return Words::tr("The cluster works: %1 have quorum.", nullptr, a.nameCount(0))
            .arg(a.names(0)); // never one alone
    case MessageId::cutOffSide:
        return oneOrMore(a, Words::tr("%1 answers here but sees no leader."),
                         Words::tr("%1 answer here but see no leader.", nullptr, a.nameCount(0)));
    case MessageId::startingNow:
        return startingWords(a.number(0), a.number(1));
    default:
        break;
    }
    if (auto text = silenceWords(message, a); !text.isEmpty()) {
        return text;
    }
    if (auto text = alarmWords(message, a); !text.isEmpty()) {
        return text;
    }
    return consequenceWords(message, a);
}

} // namespace pilothouse::text
