// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/arguments.h"
#include "text/words.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fact)
};

// Today's change with its time of day, an older one with how long it has been.
QString leaderWords(const Arguments& a) {
    const auto age = a.time(2);
    if (age.count() < 0) {
        return Words::tr("leader %1, term %2").arg(a.string(0), count(a.number(1)));
    }
    return age < std::chrono::hours(24)
               ? Words::tr("leader %1 since %2, term %3")
                     .arg(a.string(0), minuteOfDay(a.moment(3)), count(a.number(1)))
               : Words::tr("leader %1 for %2, term %3").arg(a.string(0), duration(age), count(a.number(1)));
}

QString claimWords(const Arguments& a) {
    const QString agree =
        (a.number(2) == 1 ? Words::tr("%1 agrees") : Words::tr("%1 agree", nullptr, a.quantity(2)))
            .arg(a.number(2));
    const QString none =
        (a.number(3) == 1 ? Words::tr("%1 sees none") : Words::tr("%1 see none", nullptr, a.quantity(3)))
            .arg(a.number(3));
    return Words::tr("leader %1, term %2 (%3, %4)", "(3 agree, 2 see none)")
        .arg(a.string(0), count(a.number(1)), agree, none);
}

QString copiesWords(const Arguments& a) {
    const auto fewest = a.number(0);
    const auto voters = a.number(1);
    if (fewest < voters) {
        return Words::tr("every blob on %1 or more").arg(fewest);
    }
    return voters == 1 ? Words::tr("every blob on 1 replica")
                       : Words::tr("every blob on all %1", "replicas").arg(voters);
}

} // namespace

QString factWords(const domain::Message& message) {
    using domain::MessageId;
    const Arguments a(message);
    switch (message.id) {
    case MessageId::factVotes:
        return (a.number(0) == 1 ? Words::tr("%1 of %2 votes, %3 needed")
                                 : Words::tr("%1 of %2 vote, %3 needed", nullptr, a.quantity(0)))
            .arg(a.number(0))
            .arg(a.number(1))
            .arg(a.number(2));
    case MessageId::factVotesHere:
        return (a.number(0) == 1 ? Words::tr("%1 of %2 votes here")
                                 : Words::tr("%1 of %2 vote here", nullptr, a.quantity(0)))
            .arg(a.number(0))
            .arg(a.number(1));
    case MessageId::factLeader:
        return leaderWords(a);
    case MessageId::factLastLeader:
        return Words::tr("last leader %1, term %2, until %3")
            .arg(a.string(0), count(a.number(1)), timeOfDay(a.moment(2)));
    case MessageId::factNoLeader:
        return Words::tr("no leader, term %1").arg(count(a.number(0)));
    case MessageId::factLeaderClaims:
        return claimWords(a);
    case MessageId::factCopies:
        return copiesWords(a);
    case MessageId::factCopying:
        return a.number(0) == 1 ? Words::tr("1 blob still being copied to %1").arg(a.string(1))
                                : Words::tr("%1 blobs still being copied to %2", nullptr, a.quantity(0))
                                      .arg(count(a.number(0)), a.string(1));
    case MessageId::factCertificates:
        return Words::tr("certificates %1 d").arg(count(a.number(0)));
    case MessageId::factCertificatesExpired:
        return Words::tr("a certificate has expired");
    case MessageId::factLive:
        return Words::tr("live from %1 of %2, oldest value %3")
            .arg(a.number(0))
            .arg(a.number(1))
            .arg(duration(a.time(2)));
    case MessageId::listCanLose:
        return Words::tr("can lose %1").arg(a.number(0));
    case MessageId::listCanLoseNone:
        return Words::tr("can lose none");
    case MessageId::listNoSpace:
        return Words::tr("refuses pushes");
    case MessageId::listNoQuorum:
        return a.time(0).count() < 0 ? Words::tr("no quorum")
                                     : Words::tr("no quorum for %1").arg(duration(a.time(0)));
    case MessageId::listPartition:
        return a.number(0) > 0 ? Words::tr("partition, can lose %1").arg(a.number(0))
                               : Words::tr("partition, can lose none");
    case MessageId::listUnreachable:
        return a.time(0).count() < 0 ? Words::tr("no answer")
                                     : Words::tr("no answer for %1").arg(duration(a.time(0)));
    case MessageId::listRejected:
        return Words::tr("login refused");
    case MessageId::listNotTrusted:
        return Words::tr("wrong certificate");
    case MessageId::listSandboxStopped:
        return Words::tr("does not run");
    case MessageId::listStarting:
        return Words::tr("starting");
    default:
        return {};
    }
}

} // namespace pilothouse::text
