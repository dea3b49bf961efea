// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks found.
#include "text/found.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

using domain::CheckId;
using domain::Severity;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(checks)
};

FindingWords quorumWords(const Found& found) {
    const QString numbers = Words::tr("%1 voters answer, %2 are needed.", nullptr, found.quantity(0))
                                .arg(count(found.number(0)), count(found.number(1)));
    return {found.passed() ? Words::tr("A majority answers") : Words::tr("No majority answers"), numbers};
}

FindingWords operationWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("No other change is under way"), {}};
    }
    return {Words::tr("Another change is under way"),
            Words::tr("“%1”: wait until it has ended, or cancel it.")
                .arg(operationTitle(found.detail(), found.name().toStdString()))};
}

FindingWords joiningWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Nobody is joining"), {}};
    }
    return {Words::tr("%1 is joining").arg(found.names()), Words::tr("Wait until it votes, or remove it.")};
}

FindingWords silentWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("%1 answers nobody").arg(found.name()), {}};
    }
    const QString remove = Words::tr("It is alive: remove it instead.");
    if (found.nameCount() < 2) {
        return {Words::tr("%1 answers").arg(found.name()), remove};
    }
    return {Words::tr("%1 is heard by %2").arg(found.name(), found.names(1)), remove};
}

FindingWords answersWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("%1 answers").arg(found.name()), {}};
    }
    return {Words::tr("%1 does not answer").arg(found.name()),
            Words::tr("Start it; or, if it never comes back, forget it.")};
}

FindingWords majorityWords(const Found& found) {
    const QString numbers =
        Words::tr("%1 that are well would be left, %2 are needed.", nullptr, found.quantity(0))
            .arg(count(found.number(0)), count(found.number(1)));
    if (found.passed()) {
        return {Words::tr("All that would be left are well"), numbers};
    }
    const QString others = Words::tr("Not well: %1.").arg(found.names());
    if (found.severity() == Severity::needsWord) {
        return {Words::tr("Not all that would be left are well"), others + u' ' + numbers};
    }
    return {Words::tr("No majority would be left"), others + u' ' + numbers};
}

FindingWords copiesKnownWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("It is known who has which blob"), {}};
    }
    return {Words::tr("It is not known which blobs %1 has").arg(found.names()),
            Words::tr("It is counting: try again in a moment.")};
}

FindingWords copiesLeftWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("Every blob has a copy elsewhere"), {}};
    }
    return {Words::tr("%1 blobs would be lost", nullptr, found.quantity(0)).arg(count(found.number(0))),
            Words::tr("No other replica that is well has a copy.")};
}

FindingWords copiesBehindWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("The others have every blob"), {}};
    }
    return {
        Words::tr("%1 blobs are still being copied", nullptr, found.quantity(0)).arg(count(found.number(0))),
        Words::tr("To %1.").arg(found.names())};
}

FindingWords toleranceWords(const Found& found) {
    const QString title = Words::tr("It can lose %1 now, and %2 afterwards")
                              .arg(count(found.number(0)), count(found.number(1)));
    const std::int64_t voters = found.number(2);
    if (found.severity() == Severity::needsWord) {
        return {title, Words::tr("The loss of one more then stops pushes and pulls by tag.")};
    }
    if (voters % 2 == 0 && voters > 0) {
        return {title,
                Words::tr("%1 replicas survive no more losses than %2.", nullptr, static_cast<int>(voters))
                    .arg(count(voters), count(voters - 1))};
    }
    return {title, {}};
}

FindingWords spaceWords(const Found& found) {
    if (found.passed()) {
        return {Words::tr("There is room for changes"), {}};
    }
    return {Words::tr("The database of %1 is full").arg(found.names()), Words::tr("Make room there first.")};
}

} // namespace

FindingWords findingWords(const api::Finding& finding) {
    const Found found(finding);
    const auto check = domain::checkIdOf(finding.check);
    if (!check) {
        return {QString::fromStdString(finding.check), QString::fromStdString(finding.detail)};
    }
    switch (*check) {
    case CheckId::quorum:
        return quorumWords(found);
    case CheckId::otherOperation:
        return operationWords(found);
    case CheckId::joining:
        return joiningWords(found);
    case CheckId::answers:
        return answersWords(found);
    case CheckId::silent:
        return silentWords(found);
    case CheckId::lastVoter:
        return {found.passed() ? Words::tr("Others vote, too")
                               : Words::tr("%1 is the only one that votes").arg(found.name()),
                {}};
    case CheckId::majorityLeft:
        return majorityWords(found);
    case CheckId::copiesKnown:
        return copiesKnownWords(found);
    case CheckId::copiesLeft:
        return copiesLeftWords(found);
    case CheckId::copiesBehind:
        return copiesBehindWords(found);
    case CheckId::tolerance:
        return toleranceWords(found);
    case CheckId::databaseSpace:
        return spaceWords(found);
    default:
        break;
    }
    for (const auto words : {hostFindingWords, upkeepFindingWords, clusterFindingWords, repairFindingWords}) {
        if (auto said = words(*check, found); !said.title.isEmpty()) {
            return said;
        }
    }
    return {};
}

QString severityWords(const std::string& severity) {
    const auto known = domain::severityOf(severity);
    if (!known) {
        return QString::fromStdString(severity);
    }
    switch (*known) {
    case Severity::blocks:
        return Words::tr("Blocks");
    case Severity::forcible:
        return Words::tr("Loses data");
    case Severity::needsWord:
        return Words::tr("Needs your word");
    case Severity::information:
        return Words::tr("For information");
    case Severity::passed:
        break;
    }
    return Words::tr("Passed");
}

} // namespace pilothouse::text
