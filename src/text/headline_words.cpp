// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/arguments.h"
#include "text/words.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(headline)
};

} // namespace

QString headlineWords(const domain::Message& message) {
    using domain::MessageId;
    const Arguments a(message);
    switch (message.id) {
    case MessageId::headlineHealthy:
        return Words::tr("Healthy");
    case MessageId::headlineCatchingUp:
        return a.nameCount(0) == 1
                   ? Words::tr("Healthy; %1 is catching up").arg(a.names(0))
                   : Words::tr("Healthy; %1 are catching up", nullptr, a.nameCount(0)).arg(a.names(0));
    case MessageId::headlineDegraded:
        return a.nameCount(0) == 1
                   ? Words::tr("It works, but %1 is not well").arg(a.names(0))
                   : Words::tr("It works, but %1 are not well", nullptr, a.nameCount(0)).arg(a.names(0));
    case MessageId::headlineAtRisk:
        return Words::tr("No failure left to lose");
    case MessageId::headlineNoSpace:
        return Words::tr("The state is full: pushes are refused");
    case MessageId::headlineComingBack:
        return Words::tr("Coming back");
    case MessageId::headlineSingle:
        return Words::tr("A single replica: no failure left to lose");
    case MessageId::headlineNoQuorum:
        return Words::tr("No quorum: pushes and pulls by tag are refused");
    case MessageId::headlinePartition:
        return (a.nameCount(0) == 1
                    ? Words::tr("A partition: %1 is cut off from the other %2")
                    : Words::tr("A partition: %1 are cut off from the other %2", nullptr, a.nameCount(0)))
            .arg(a.names(0), numeral(a.number(1)));
    case MessageId::headlineUnreachable:
        return Words::tr("No replica answers here");
    case MessageId::headlineRejected:
        return Words::tr("The login is refused");
    case MessageId::headlineNotTrusted:
        return Words::tr("Not the replicas that were trusted");
    case MessageId::headlineNotLive:
        return Words::tr("Not live since %1 (%2): last known state")
            .arg(timeOfDay(a.moment(0)), duration(a.time(1)));
    case MessageId::headlineSandboxStopped:
        return Words::tr("This sandbox does not run");
    case MessageId::headlineStarting:
        return Words::tr("Starting");
    default:
        return {};
    }
}

} // namespace pilothouse::text
