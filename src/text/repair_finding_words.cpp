// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks of a repair found.
#include "base/clock.h"
#include "text/found.h"
#include "text/repair_words.h"

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

int namesIn(const Found& found) {
    return static_cast<int>(found.nameCount());
}

FindingWords noMajorityWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Nobody hears of a majority"), {}};
    }
    return {Words::tr("%1 have a majority", nullptr, namesIn(found)).arg(found.names()),
            Words::tr("The cluster lives: mend the network to it instead of repairing.")};
}

FindingWords majorityAnswersWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Too few that vote answer: %1, and %2 are needed", nullptr, found.quantity(0))
                    .arg(count(found.number(0)), count(found.number(1))),
                {}};
    }
    return {Words::tr("%1 voters answer, %2 are needed", nullptr, found.quantity(0))
                .arg(count(found.number(0)), count(found.number(1))),
            Words::tr("They only have to hear each other again: %1.").arg(found.names())};
}

FindingWords statementsWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("It is said what became of those that do not answer"), {}};
    }
    return {Words::tr("It is not said what became of %1").arg(found.names()),
            Words::tr("Say whether they are destroyed, powered off, or cut off from their peers and from "
                      "clients. While that is not known, do not repair: they may be serving.",
                      nullptr, namesIn(found))};
}

FindingWords silentMajorityWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("None of those that do not answer is said to be only cut off"), {}};
    }
    if (found.severity() == Severity::information) {
        return {Words::tr("%1 are only cut off", nullptr, namesIn(found)).arg(found.names()),
                Words::tr("They may run, but are too few to take a change: %1, and %2 are needed.", nullptr,
                          found.quantity(0))
                    .arg(count(found.number(0)), count(found.number(1)))};
    }
    return {Words::tr("%1 may be a majority among themselves", nullptr, namesIn(found)).arg(found.names()),
            Words::tr("They are only cut off, so they may run. Should a client reach them, they take pushes "
                      "that the repaired cluster will never have: power them off first if you can.")};
}

FindingWords survivorVotesWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("%1 votes").arg(found.name()), {}};
    }
    return {Words::tr("%1 has no vote").arg(found.name()),
            Words::tr("It was still joining: repair from one that votes.")};
}

FindingWords survivorLogWords(const Found& found) {
    if (found.passed()) {
        return {
            Words::tr("The log of %1 is whole up to entry %2").arg(found.name(), count(found.number(0))),
            Words::tr("It knows that a majority had everything up to entry %1.").arg(count(found.number(1)))};
    }
    return {Words::tr("The log of %1 cannot be read").arg(found.name()), plain(found.detail())};
}

FindingWords bestSurvivorWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("No other replica that answers holds more than %1").arg(found.name()), {}};
    }
    const QString best = found.nameAt(1);
    const QString way = Words::tr("Repair from %1 instead, or say why not.").arg(best);
    if (found.number(0) > 0) {
        return {Words::tr("%1 holds %2 entries more than %3", nullptr, found.quantity(0))
                    .arg(best, count(found.number(0)), found.name()),
                way};
    }
    return {Words::tr("The log of %1 is newer than that of %2").arg(best, found.name()), way};
}

// When a majority last confirmed a read, if that is known.
QString lastMajority(const std::string& at) {
    if (at.empty()) {
        return Words::tr("The survivor has not heard of a majority since it was started.");
    }
    const auto time = parseRfc3339(at);
    return Words::tr("The survivor last heard of a majority at %1.")
        .arg(time ? dayAndTime(*time) : plain(at));
}

FindingWords entriesLostWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Nothing that was accepted is lost"), {}};
    }
    const QString entry = count(found.number(0));
    return {found.nameCount() == 0
                ? Words::tr("What others accepted after entry %1 is lost").arg(entry)
                : Words::tr("What %1 accepted after entry %2 is lost", nullptr, namesIn(found))
                      .arg(found.names(), entry),
            lastMajority(found.detail())};
}

FindingWords blobsLostWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("The survivor has every blob"), {}};
    }
    if (found.number(0) < 0) {
        return {Words::tr("It is not known which blobs the survivor lacks"),
                Words::tr("It has not looked at all of them yet: try again in a moment.")};
    }
    if (found.severity() == Severity::information) {
        const QString title =
            Words::tr("The survivor lacks %1 blobs", nullptr, found.quantity(0)).arg(count(found.number(0)));
        return {title, Words::tr("They are at %1: keep the data there until they are copied.", nullptr,
                                 found.quantity(0))
                           .arg(found.names())};
    }
    return {Words::tr("%1 blobs are at nobody who answers", nullptr, found.quantity(1))
                .arg(count(found.number(1))),
            Words::tr("What names them stays listed, as damaged, until they are pushed again or a replica "
                      "that has them comes back.")};
}

FindingWords copySpaceWords(const Found& found) {
    const QString numbers =
        Words::tr("%1 are free, the copy takes %2.").arg(bytes(found.number(0)), bytes(found.number(1)));
    const QString folder = plain(found.detail());
    if (found.passed()) {
        return {Words::tr("There is room for the copy, in %1").arg(folder), numbers};
    }
    return {Words::tr("There is too little room for the copy, in %1").arg(folder),
            numbers + u' ' + Words::tr("The engine needs some beside it: make room there.")};
}

FindingWords survivorEpochWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("The cluster has not been repaired since %1 was its member").arg(found.name()), {}};
    }
    return {Words::tr("The cluster was repaired from %1 already, and %2 was left behind")
                .arg(found.nameAt(1), found.name()),
            Words::tr("It is in epoch %1, this one in epoch %2: look at that one first.")
                .arg(count(found.number(1)), count(found.number(0)))};
}

FindingWords repairRunningWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("No other repair is under way"), {}};
    }
    return {Words::tr("A repair is under way already: %1").arg(repairPhaseWords(found.detail())),
            Words::tr("Wait until it has ended.")};
}

} // namespace

FindingWords repairFindingWords(CheckId check, const Found& found) {
    switch (check) {
    case CheckId::noMajority:
        return noMajorityWords(found);
    case CheckId::majorityAnswers:
        return majorityAnswersWords(found);
    case CheckId::statements:
        return statementsWords(found);
    case CheckId::silentMajority:
        return silentMajorityWords(found);
    case CheckId::survivorVotes:
        return survivorVotesWords(found);
    case CheckId::survivorLog:
        return survivorLogWords(found);
    case CheckId::bestSurvivor:
        return bestSurvivorWords(found);
    case CheckId::entriesLost:
        return entriesLostWords(found);
    case CheckId::blobsLost:
        return blobsLostWords(found);
    case CheckId::copySpace:
        return copySpaceWords(found);
    case CheckId::survivorEpoch:
        return survivorEpochWords(found);
    case CheckId::repairRunning:
        return repairRunningWords(found);
    default:
        break;
    }
    return {};
}

} // namespace pilothouse::text
