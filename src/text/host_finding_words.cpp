// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks of a host that is to join found.
#include "text/found.h"

#include <QCoreApplication>

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

FindingWords answersWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("%1 answers and takes the setup code").arg(found.name()), {}};
    }
    return {Words::tr("%1 cannot be asked").arg(found.name()), plain(found.detail())};
}

FindingWords nameWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("The name %1 is free").arg(found.name()), {}};
    }
    return {Words::tr("There is a replica %1 already").arg(found.name()),
            Words::tr("Start the host’s wait with another --join-name.")};
}

FindingWords addressWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Its address is free"), {}};
    }
    return {Words::tr("%1 has the address %2").arg(found.name(), plain(found.detail())),
            Words::tr("Forget or remove that replica first, or give the host another address.")};
}

FindingWords versionWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Its version is the others’, %1").arg(plain(found.detail())), {}};
    }
    if (found.severity() == Severity::blocks) {
        return {Words::tr("Its version, %1, is too old for this cluster").arg(plain(found.detail())),
                Words::tr("The cluster writes level %1, the host reads %2: update it.")
                    .arg(count(found.number(1)), count(found.number(0)))};
    }
    return {Words::tr("Its version, %1, is not that of %2").arg(plain(found.detail()), found.names()),
            Words::tr("That is fine during an update.")};
}

FindingWords engineWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Its engine is etcd %1").arg(plain(found.detail())), {}};
    }
    return {Words::tr("The host has no engine"), Words::tr("Install etcd there (Debian: etcd-server).")};
}

FindingWords clockWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Its clock is right"), {}};
    }
    const QString offset = duration(Milliseconds(std::abs(found.number(0))));
    return {found.number(0) > 0 ? Words::tr("Its clock is %1 ahead").arg(offset)
                                : Words::tr("Its clock is %1 behind").arg(offset),
            Words::tr("Set it by NTP; more than 30 s is refused.")};
}

FindingWords machineWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("It is on a computer of its own"), {}};
    }
    return {Words::tr("On the same computer, %1: %2").arg(plain(found.detail()), found.names()),
            found.severity() == Severity::blocks
                ? Words::tr("One failure would take both: choose another host.")
                : Words::tr("So are all of a sandbox.")};
}

FindingWords diskWords(const Found& found) {
    const QString numbers =
        Words::tr("%1 are free, all blobs take %2.").arg(bytes(found.number(0)), bytes(found.number(1)));
    if (found.passed()) {
        return {Words::tr("There is room on its disk"), numbers};
    }
    return {found.severity() == Severity::blocks ? Words::tr("There is too little room on its disk")
                                                 : Words::tr("There is little room to grow on its disk"),
            numbers + u' ' + Words::tr("At least %1 are needed.").arg(bytes(found.number(2)))};
}

FindingWords diskSpeedWords(const Found& found) {
    const QString took = milliseconds(static_cast<double>(found.number(0)) / 1000);
    if (found.severity() == Severity::blocks) {
        return {Words::tr("Its disk cannot be written to"),
                Words::tr("Look at the data folder on the host.")};
    }
    if (found.passed()) {
        return {Words::tr("Its disk syncs in %1").arg(took), {}};
    }
    return {Words::tr("Its disk takes %1 to sync").arg(took),
            Words::tr("Every write waits for that on a majority; under 20 ms is good.")};
}

FindingWords resourcesWords(const Found& found) {
    const QString numbers = Words::tr("%1 cores, %2 of memory, %3 open files.", nullptr, found.quantity(0))
                                .arg(count(found.number(0)), bytes(found.number(1)), count(found.number(2)));
    if (found.passed()) {
        return {Words::tr("The host is large enough"), numbers};
    }
    return {Words::tr("The host is small"),
            numbers + u' ' + Words::tr("Advised: 2 cores, 1.1 GB, 4 096 open files.")};
}

QString reachWords(const std::string& reach) {
    if (reach == "refused") {
        return Words::tr("refused: nobody listens there");
    }
    if (reach == "timeout") {
        return Words::tr("no answer: a firewall?");
    }
    if (reach == "unreachable") {
        return Words::tr("unreachable: no such name, or no route");
    }
    return Words::tr("not tried");
}

FindingWords pathsWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("All %1 ways between it and the others are open", nullptr, found.quantity(0))
                    .arg(count(found.number(0))),
                {}};
    }
    QStringList ways;
    for (std::size_t i = 0; i + 3 < found.nameCount(); i += 4) {
        ways += Words::tr("%1 to %2, port %3: %4")
                    .arg(found.nameAt(i), found.nameAt(i + 1), found.nameAt(i + 2),
                         reachWords(found.nameAt(i + 3).toStdString()));
    }
    return {Words::tr("%1 ways between it and the others are closed", nullptr,
                      static_cast<int>(found.number(0) - found.number(1)))
                .arg(count(found.number(0) - found.number(1))),
            ways.join(QStringLiteral("; "))};
}

FindingWords membersWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("All members are well"), {}};
    }
    if (found.severity() == Severity::blocks) {
        return {Words::tr("Not well: %1").arg(found.names()),
                Words::tr("With one more a majority would be harder to have: mend it, or forget it first.")};
    }
    return {Words::tr("Not well: %1").arg(found.names()), Words::tr("They answer, and say why themselves.")};
}

FindingWords countWords(const Found& found) {
    const std::int64_t voters = found.number(0);
    const int quantity = static_cast<int>(voters);
    const QString title = Words::tr("%1 replicas will vote", nullptr, quantity).arg(count(voters));
    if (found.severity() == Severity::blocks) {
        return {title, Words::tr("A cluster has seven at most.")};
    }
    if (found.severity() == Severity::needsWord) {
        return {title, Words::tr("The loss of either then stops pushes and pulls by tag: add a third soon.")};
    }
    if (!found.passed()) {
        return {title, Words::tr("%1 replicas survive no more losses than %2.", nullptr, quantity)
                           .arg(count(voters), count(voters - 1))};
    }
    return {title, {}};
}

} // namespace

FindingWords hostFindingWords(CheckId check, const Found& found) {
    switch (check) {
    case CheckId::hostAnswers:
        return answersWords(found);
    case CheckId::hostName:
        return nameWords(found);
    case CheckId::hostAddress:
        return addressWords(found);
    case CheckId::hostVersion:
        return versionWords(found);
    case CheckId::hostEngine:
        return engineWords(found);
    case CheckId::hostClock:
        return clockWords(found);
    case CheckId::hostMachine:
        return machineWords(found);
    case CheckId::hostDisk:
        return diskWords(found);
    case CheckId::hostDiskSpeed:
        return diskSpeedWords(found);
    case CheckId::hostResources:
        return resourcesWords(found);
    case CheckId::hostPaths:
        return pathsWords(found);
    case CheckId::membersWell:
        return membersWords(found);
    case CheckId::voterCount:
        return countWords(found);
    default:
        break;
    }
    return {};
}

} // namespace pilothouse::text
