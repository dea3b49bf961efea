// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/arguments.h"
#include "text/words.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

using domain::MessageId;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(card)
};

// "refused · 4 min"
QString withTime(const QString& what, Milliseconds time) {
    return time.count() < 0 ? what : Words::tr("%1 · %2", "what, and for how long").arg(what, duration(time));
}

QString withRoundTrip(const QString& what, double ms) {
    return ms < 0 ? what : Words::tr("%1 · %2", "what, and a time").arg(what, milliseconds(ms));
}

QString silenceWords(const domain::Message& message, const Arguments& a) {
    switch (message.id) {
    case MessageId::cardRefused:
        return withTime(Words::tr("refused"), a.time(0));
    case MessageId::cardNoAnswer:
        return withTime(Words::tr("no answer"), a.time(0));
    case MessageId::cardNoRoute:
        return withTime(Words::tr("no route"), a.time(0));
    case MessageId::cardCertificate:
        return withTime(Words::tr("wrong certificate"), a.time(0));
    case MessageId::cardWrongId:
        return Words::tr("another replica answers there");
    case MessageId::cardRejected:
        return Words::tr("the login is refused");
    case MessageId::cardProtocol:
        return Words::tr("the answer makes no sense");
    case MessageId::cardStillVotes:
        return Words::tr("not answering, still voting");
    case MessageId::cardToldBy:
        return Words::tr("told by %1, %2 ago").arg(a.string(0), duration(a.time(1)));
    case MessageId::cardPeersDisagree:
        return Words::tr("heard by %1, not by %2").arg(a.names(0), a.names(1));
    case MessageId::cardStopped:
        return Words::tr("stopped on purpose");
    case MessageId::cardUnknown:
        return Words::tr("not known yet");
    default:
        return {};
    }
}

} // namespace

QString cardWords(const domain::Message& message) {
    const Arguments a(message);
    switch (message.id) {
    case MessageId::cardEntry:
        return withRoundTrip(Words::tr("entry %1").arg(count(a.number(0))), a.real(1));
    case MessageId::cardBehind:
        return withRoundTrip(
            a.number(0) == 1 ? Words::tr("1 entry behind")
                             : Words::tr("%1 entries behind", nullptr, a.quantity(0)).arg(count(a.number(0))),
            a.real(1));
    case MessageId::cardNotApplied:
        return a.number(0) == 1
                   ? Words::tr("1 entry not applied")
                   : Words::tr("%1 entries not applied", nullptr, a.quantity(0)).arg(count(a.number(0)));
    case MessageId::cardBlobs:
        return a.number(0) == 1
                   ? Words::tr("1 blob still to copy")
                   : Words::tr("%1 blobs still to copy", nullptr, a.quantity(0)).arg(count(a.number(0)));
    case MessageId::cardNoLeader:
        return a.time(0).count() < 0 ? Words::tr("answers · sees no leader")
                                     : withTime(Words::tr("sees no leader"), a.time(0));
    case MessageId::cardNoQuorum:
        return Words::tr("answers · has no quorum");
    case MessageId::cardLate:
        return Words::tr("late · last seen %1 ago").arg(duration(a.time(0)));
    case MessageId::cardDraining:
        return a.number(0) < 0 ? Words::tr("draining")
               : a.number(0) == 1
                   ? Words::tr("draining · 1 request left")
                   : Words::tr("draining · %1 requests left", nullptr, a.quantity(0)).arg(count(a.number(0)));
    case MessageId::cardJoining:
        return Words::tr("no vote yet · catching up");
    case MessageId::cardUnhealthy:
        return a.string(0).isEmpty() ? Words::tr("takes no traffic") : a.string(0);
    case MessageId::cardLeftBehind:
        return Words::tr("left behind · epoch %1").arg(count(a.number(0)));
    case MessageId::cardComingBack:
        return Words::tr("coming back");
    case MessageId::cardStarting:
        return Words::tr("starting");
    default:
        return silenceWords(message, a);
    }
}

} // namespace pilothouse::text
