// SPDX-License-Identifier: GPL-3.0-or-later
// What was found before a change by which the members stay the same.
#include "text/found.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

using domain::CheckId;
using domain::Severity;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(checks)
};

FindingWords poolWords(const Found& found) {
    if (found.nameCount() == 0) {
        return {Words::tr("Nobody would take traffic any more"),
                Words::tr("A load balancer would find no healthy replica: pushes and pulls fail.")};
    }
    if (found.nameCount() == 1) {
        return {Words::tr("Only %1 would take traffic").arg(found.name()), {}};
    }
    return {Words::tr("Others take its traffic"), Words::tr("They are %1.").arg(found.names())};
}

FindingWords newNameWords(const Found& found) {
    const QString name = QString::fromStdString(found.detail());
    if (found.severity() == Severity::blocks) {
        return {Words::tr("Another replica is called %1").arg(name), Words::tr("Choose another name.")};
    }
    return found.passed() ? FindingWords{Words::tr("The name %1 is free").arg(name), {}}
                          : FindingWords{Words::tr("It is called %1 already").arg(name), {}};
}

FindingWords othersWords(const Found& found) {
    const QString numbers =
        Words::tr("%1 that are well would be left, %2 are needed.", nullptr, found.quantity(0))
            .arg(count(found.number(0)), count(found.number(1)));
    if (found.passed()) {
        return {Words::tr("While one restarts, the others are a majority"), numbers};
    }
    if (found.number(0) >= found.number(1)) {
        return {Words::tr("Not all of the others are well"),
                Words::tr("Not well: %1.").arg(found.names()) + u' ' + numbers};
    }
    if (found.severity() == Severity::needsWord) {
        return {Words::tr("Pushes and pulls stop while one restarts"),
                Words::tr("Without it there is no majority. It lasts some seconds.")};
    }
    return {Words::tr("While one restarts, no majority would be left"),
            Words::tr("Not well: %1.").arg(found.names()) + u' ' + numbers};
}

} // namespace

FindingWords upkeepFindingWords(CheckId check, const Found& found) {
    switch (check) {
    case CheckId::mayLead:
        return found.passed() ? FindingWords{Words::tr("%1 votes").arg(found.name()), {}}
                              : FindingWords{Words::tr("%1 does not vote").arg(found.name()),
                                             Words::tr("Only a replica that votes can lead.")};
    case CheckId::leadsAlready:
        return found.passed() ? FindingWords{Words::tr("Another replica leads now"), {}}
                              : FindingWords{Words::tr("%1 leads already").arg(found.name()), {}};
    case CheckId::poolLeft:
        return poolWords(found);
    case CheckId::newName:
        return newNameWords(found);
    case CheckId::allAnswer:
        return found.passed()
                   ? FindingWords{Words::tr("All that are to be restarted answer"), {}}
                   : FindingWords{
                         Words::tr("Not all that are to be restarted answer"),
                         Words::tr("Silent: %1. Start it on its host; nobody here can.").arg(found.names())};
    case CheckId::restartable:
        return found.passed()
                   ? FindingWords{Words::tr("All replicas know how to do this"), {}}
                   : FindingWords{Words::tr("The version of %1 is too old for this").arg(found.names()),
                                  Words::tr("Bring it up to date on its host first.")};
    case CheckId::othersWell:
        return othersWords(found);
    default:
        break;
    }
    return {};
}

} // namespace pilothouse::text
