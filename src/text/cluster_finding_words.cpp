// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks of a cluster as it runs found, with how to mend it.
#include "text/check_words.h"
#include "text/found.h"

#include <QCoreApplication>

#include <cstdlib>

namespace pilothouse::text {
namespace {

using domain::CheckId;
using domain::Severity;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(checks)
};

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

QString two(const QString& first, const QString& second) {
    return second.isEmpty() ? first : first.isEmpty() ? second : first + u' ' + second;
}

FindingWords answersWords(const Found& found) {
    if (found.passed()) {
        return {found.nameCount() == 1 ? Words::tr("%1 answers").arg(found.name())
                                       : Words::tr("All replicas answer"),
                found.names()};
    }
    const QString port = found.number(0) == 0
                             ? Words::tr("No other replica could try to reach it.")
                             : Words::tr("Its HTTPS port: %1.").arg(portStateWords(found.detail()));
    const QString reached =
        found.nameCount() > 1 ? Words::tr("Reached by %1.").arg(found.names(1)) : QString();
    FindingWords words{Words::tr("%1 does not answer").arg(found.name()), two(port, reached)};
    words.fix = Words::tr("Why, and what to do: pilothousectl diagnose %1.").arg(found.name());
    return words;
}

FindingWords knownWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("All can examine themselves"), {}};
    }
    return {Words::tr("Too old to examine themselves: %1").arg(found.names()),
            Words::tr("What only they can know is missing here."), Words::tr("Update them.")};
}

FindingWords wellWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("All that answer are well"), found.names()};
    }
    const QString why = plain(found.detail());
    return {Words::tr("%1 takes no traffic").arg(found.name()),
            why.isEmpty() || why.endsWith(u'.') ? why : why + u'.',
            Words::tr("Why, and what to do: pilothousectl diagnose %1.").arg(found.name())};
}

FindingWords drainingWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("None is drained"), {}};
    }
    return {Words::tr("%1 is drained").arg(found.name()),
            Words::tr("It takes no traffic from the load balancer."),
            Words::tr("Undrain it when the reason is over.")};
}

FindingWords changeWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("No change is under way"), {}};
    }
    return {Words::tr("A change is under way: %1")
                .arg(operationTitle(found.detail(), found.name().toStdString())),
            {},
            Words::tr("Follow it with pilothousectl operations follow.")};
}

FindingWords pathsWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("All ways between them are open"),
                Words::tr("Tried and open: %1.").arg(count(found.number(0)))};
    }
    QStringList ways;
    for (std::size_t i = 0; i + 3 < found.nameCount(); i += 4) {
        ways += Words::tr("from %1 to %2, %3: %4")
                    .arg(found.nameAt(i), found.nameAt(i + 1), portWords(found.nameAt(i + 2).toStdString()),
                         portStateWords(found.nameAt(i + 3).toStdString()));
    }
    return {Words::tr("Not all ways between them are open"),
            Words::tr("Open: %1 of %2. Not open: %3.")
                .arg(count(found.number(1)), count(found.number(0)), ways.join(QStringLiteral("; "))),
            Words::tr("Where it is silent, open the port in the firewalls; where it refuses, start what "
                      "listens there.")};
}

FindingWords clocksWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("The clocks agree"), {}};
    }
    const QString offset = duration(Milliseconds(std::abs(found.number(0))));
    return {found.number(0) > 0 ? Words::tr("The clock of %1 is %2 ahead").arg(found.name(), offset)
                                : Words::tr("The clock of %1 is %2 behind").arg(found.name(), offset),
            Words::tr("Measured against %1. Over 30 s nothing can join.").arg(found.names(1)),
            Words::tr("Have it set by NTP: timedatectl set-ntp true.")};
}

FindingWords spaceWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("There is room on every disk"), {}};
    }
    QString numbers = Words::tr("%1 are free, all blobs take %2, at least %3 should be free.")
                          .arg(bytes(found.number(0)), bytes(found.number(1)), bytes(found.number(2)));
    if (found.number(3) > 0) {
        numbers = two(numbers, Words::tr("It fills by %1 a day.").arg(bytes(found.number(3))));
    }
    return {found.severity() == Severity::blocks
                ? Words::tr("The disk of %1 is full").arg(found.name())
                : Words::tr("There is little room on the disk of %1").arg(found.name()),
            numbers, Words::tr("Make room on it, or enlarge it.")};
}

FindingWords speedWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Every disk is fast enough"), {}};
    }
    if (found.severity() == Severity::blocks) {
        return {Words::tr("The disk of %1 cannot be written to").arg(found.name()), plain(found.detail()),
                Words::tr("Look at the disk and at the rights of the data folder.")};
    }
    return {Words::tr("The disk of %1 takes %2 to sync")
                .arg(found.name(), milliseconds(static_cast<double>(found.number(0)) / 1000)),
            Words::tr("Every write waits for that on a majority; under 20 ms is good."),
            Words::tr("Look what else uses that disk, or give the replica one of its own.")};
}

FindingWords machineWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Each is on a computer of its own"), {}};
    }
    const QString where = found.number(0) == 1 ? Words::tr("Their data is on one disk.") : QString();
    const QString title = Words::tr("On one computer, %1: %2").arg(plain(found.detail()), found.names());
    if (found.severity() == Severity::information) {
        return {title, two(Words::tr("So are all of a sandbox."), where),
                Words::tr("Nothing is to be done in a sandbox.")};
    }
    return {title, two(Words::tr("One failure would take them all."), where),
            Words::tr("Join new hosts for all but one, then remove these.")};
}

FindingWords resourcesWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Every host is large enough"), {}};
    }
    return {Words::tr("The host of %1 is small").arg(found.name()),
            Words::tr("%1 cores, %2 of memory, %3 open files.", nullptr, found.quantity(0))
                .arg(count(found.number(0)), bytes(found.number(1)), count(found.number(2))),
            Words::tr("Give it 2 cores, 1.1 GB and 4 096 open files at least.")};
}

FindingWords alarmWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("No engine raises an alarm"), {}};
    }
    if (found.detail() == "NOSPACE") {
        return {Words::tr("The database of %1 is full").arg(found.name()),
                Words::tr("Its engine takes no changes any more (NOSPACE)."),
                Words::tr("On its host: pilothouse-replica local defragment.")};
    }
    if (found.detail() == "CORRUPT") {
        return {Words::tr("The engine of %1 has other data than the rest").arg(found.name()),
                Words::tr("Its engine says so itself (CORRUPT)."),
                Words::tr("Remove it, and join its host anew.")};
    }
    return {Words::tr("The engine of %1 raises an alarm").arg(found.name()), plain(found.detail()),
            Words::tr("Read the log of the replica on its host.")};
}

FindingWords roomWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("There is room in every database"), {}};
    }
    return {Words::tr("The database of %1 is almost full").arg(found.name()),
            Words::tr("It has %1 of %2.").arg(bytes(found.number(0)), bytes(found.number(1))),
            Words::tr("On its host: pilothouse-replica local defragment.")};
}

FindingWords versionsWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("All run version %1").arg(found.nameAt(1)), {}};
    }
    QStringList versions;
    for (std::size_t i = 0; i + 1 < found.nameCount(); i += 2) {
        versions += QStringLiteral("%1: %2").arg(found.nameAt(i), found.nameAt(i + 1));
    }
    return {Words::tr("Not all run the same version"), versions.join(QStringLiteral("; ")) + u'.',
            Words::tr("That is fine during an update: finish it.")};
}

FindingWords certificatesWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("No certificate expires within a month"), {}};
    }
    const QString which = certificateWords(found.detail());
    const QString time = duration(std::chrono::seconds(std::abs(found.number(0))));
    const bool renews = found.detail() == "node" || found.detail() == "engine-peer";
    const QString fix = renews ? Words::tr("It renews itself: if it does not soon, its log says why.")
                               : Words::tr("Have it renewed before then.");
    return {found.number(0) > 0 ? Words::tr("A certificate expires in %1: %2").arg(time, found.names())
                                : Words::tr("A certificate has expired %1 ago: %2").arg(time, found.names()),
            Words::tr("It is %1.").arg(which), fix};
}

FindingWords votersWords(const Found& found) {
    const std::int64_t voters = found.number(0);
    const int quantity = found.quantity(0);
    const QString title = Words::tr("%1 replicas vote", nullptr, quantity).arg(count(voters));
    if (found.passed()) {
        return {title, {}};
    }
    if (found.severity() == Severity::blocks) {
        return {title, Words::tr("A cluster has seven at most."), Words::tr("Remove the surplus.")};
    }
    if (voters == 1) {
        return {title, Words::tr("Its loss stops everything."), Words::tr("Join two more.")};
    }
    if (voters == 2) {
        return {title, Words::tr("The loss of either stops pushes and pulls by tag."),
                Words::tr("Join a third.")};
    }
    return {title,
            Words::tr("%1 replicas survive no more losses than %2.", nullptr, quantity)
                .arg(count(voters), count(voters - 1)),
            Words::tr("Join one more, or remove one.")};
}

FindingWords copiesWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Every replica has every blob"), {}};
    }
    return {
        Words::tr("%1 lacks %2 blobs", nullptr, found.quantity(0)).arg(found.name(), count(found.number(0))),
        Words::tr("%1, which it copies from the others by itself.").arg(bytes(found.number(1))),
        Words::tr("Wait until they are there before anything else is changed.")};
}

} // namespace

FindingWords clusterFindingWords(CheckId check, const Found& found) {
    using Maker = FindingWords (*)(const Found&);
    static const std::pair<CheckId, Maker> makers[] = {
        {CheckId::replicaAnswers, answersWords},
        {CheckId::checksKnown, knownWords},
        {CheckId::replicaWell, wellWords},
        {CheckId::draining, drainingWords},
        {CheckId::changeUnderWay, changeWords},
        {CheckId::paths, pathsWords},
        {CheckId::clocks, clocksWords},
        {CheckId::diskSpace, spaceWords},
        {CheckId::diskSpeed, speedWords},
        {CheckId::ownMachine, machineWords},
        {CheckId::resources, resourcesWords},
        {CheckId::databaseAlarm, alarmWords},
        {CheckId::databaseRoom, roomWords},
        {CheckId::versions, versionsWords},
        {CheckId::certificates, certificatesWords},
        {CheckId::voters, votersWords},
        {CheckId::copies, copiesWords},
    };
    for (const auto& [id, make] : makers) {
        if (id == check) {
            FindingWords words = make(found);
            words.reference =
                QStringLiteral("man pilothousectl, CHECKS, %1").arg(plain(std::string(nameOf(id))));
            return words;
        }
    }
    return {};
}

} // namespace pilothouse::text
