// SPDX-License-Identifier: GPL-3.0-or-later
#include "every_message.h"

#include "domain/message_ids.h"
#include "text/format.h"

#include <iterator>
#include <string_view>

namespace pilothouse::text::test {
namespace {

using namespace std::chrono_literals;
using domain::Message;
using domain::MessageId;
using domain::Names;

// The types of each id's arguments, as message_ids.h says: n Names, s string, i int64, d Milliseconds, t
// WallTime, r double.
struct Types {
    MessageId id;
    std::string_view letters;
};
constexpr Types types[] = {
    {MessageId::none, ""},
    {MessageId::headlineHealthy, ""},
    {MessageId::headlineCatchingUp, "n"},
    {MessageId::headlineDegraded, "n"},
    {MessageId::headlineAtRisk, ""},
    {MessageId::headlineSingle, ""},
    {MessageId::headlineNoSpace, ""},
    {MessageId::headlineComingBack, ""},
    {MessageId::headlineNoQuorum, ""},
    {MessageId::headlinePartition, "ni"},
    {MessageId::headlineUnreachable, ""},
    {MessageId::headlineRejected, ""},
    {MessageId::headlineNotTrusted, ""},
    {MessageId::headlineNotLive, "td"},
    {MessageId::headlineSandboxStopped, ""},
    {MessageId::headlineStarting, ""},
    {MessageId::votersHaveState, "ii"},
    {MessageId::downFor, "ndd"},
    {MessageId::stillVoting, "n"},
    {MessageId::contested, "snn"},
    {MessageId::unwell, "ss"},
    {MessageId::drainingNow, "n"},
    {MessageId::behindNow, "n"},
    {MessageId::startingUp, "n"},
    {MessageId::notKnownYet, "n"},
    {MessageId::notReachableFromHere, "nn"},
    {MessageId::learnersLost, "n"},
    {MessageId::alarmNoSpace, "n"},
    {MessageId::alarmCorrupt, "n"},
    {MessageId::alarmOther, "n"},
    {MessageId::heardElsewhere, "nn"},
    {MessageId::singleReplica, ""},
    {MessageId::quorumSide, "n"},
    {MessageId::cutOffSide, "n"},
    {MessageId::answersWithoutLeader, "nii"},
    {MessageId::answersWithoutQuorum, "nii"},
    {MessageId::silentToAll, "nn"},
    {MessageId::silentToUs, "n"},
    {MessageId::silentHere, "ns"},
    {MessageId::rejectedHere, "ns"},
    {MessageId::notTrustedHere, "ns"},
    {MessageId::startingNow, "ii"},
    {MessageId::canLose, "i"},
    {MessageId::canLoseForCopies, "iii"},
    {MessageId::loseNoneForCopies, "i"},
    {MessageId::noCopyLeft, "i"},
    {MessageId::canLoseNoneOfThem, ""},
    {MessageId::oneMoreStops, ""},
    {MessageId::oneLossStops, ""},
    {MessageId::thisLossStops, ""},
    {MessageId::choosingLeader, ""},
    {MessageId::tooFewLeft, "ii"},
    {MessageId::silentMayHaveMajority, "n"},
    {MessageId::sandboxStopped, ""},
    {MessageId::resumeThem, "n"},
    {MessageId::startAgain, "n"},
    {MessageId::bringBack, "ii"},
    {MessageId::lookAtLinks, "n"},
    {MessageId::lookAtAllLinks, ""},
    {MessageId::makeRoom, "n"},
    {MessageId::replaceDamaged, "n"},
    {MessageId::addTwo, ""},
    {MessageId::addThird, ""},
    {MessageId::checkAddressAndNetwork, ""},
    {MessageId::checkLogin, ""},
    {MessageId::compareFingerprints, ""},
    {MessageId::factVotes, "iii"},
    {MessageId::factVotesHere, "ii"},
    {MessageId::factLeader, "sidt"},
    {MessageId::factLastLeader, "sit"},
    {MessageId::factNoLeader, "i"},
    {MessageId::factLeaderClaims, "siii"},
    {MessageId::factCopies, "ii"},
    {MessageId::factCopying, "is"},
    {MessageId::factCertificates, "i"},
    {MessageId::factCertificatesExpired, ""},
    {MessageId::factLive, "iid"},
    {MessageId::listCanLose, "i"},
    {MessageId::listCanLoseNone, ""},
    {MessageId::listNoSpace, ""},
    {MessageId::listNoQuorum, "d"},
    {MessageId::listPartition, "i"},
    {MessageId::listUnreachable, "d"},
    {MessageId::listRejected, ""},
    {MessageId::listNotTrusted, ""},
    {MessageId::listSandboxStopped, ""},
    {MessageId::listStarting, ""},
    {MessageId::cardEntry, "ir"},
    {MessageId::cardBehind, "ir"},
    {MessageId::cardNotApplied, "i"},
    {MessageId::cardBlobs, "i"},
    {MessageId::cardNoLeader, "d"},
    {MessageId::cardNoQuorum, ""},
    {MessageId::cardLate, "d"},
    {MessageId::cardRefused, "d"},
    {MessageId::cardNoAnswer, "d"},
    {MessageId::cardNoRoute, "d"},
    {MessageId::cardCertificate, "d"},
    {MessageId::cardWrongId, ""},
    {MessageId::cardRejected, ""},
    {MessageId::cardProtocol, ""},
    {MessageId::cardStillVotes, ""},
    {MessageId::cardToldBy, "sd"},
    {MessageId::cardPeersDisagree, "nn"},
    {MessageId::cardDraining, "i"},
    {MessageId::cardJoining, ""},
    {MessageId::cardUnhealthy, "s"},
    {MessageId::cardStopped, ""},
    {MessageId::cardLeftBehind, "i"},
    {MessageId::cardStarting, ""},
    {MessageId::cardComingBack, ""},
    {MessageId::cardUnknown, ""},
    {MessageId::adviceTwo, ""},
    {MessageId::adviceEven, "i"},
    {MessageId::adviceTooMany, "i"},
    {MessageId::adviceRemoveLost, "sd"},
    {MessageId::adviceClockAhead, "sd"},
    {MessageId::adviceClockBehind, "sd"},
    {MessageId::adviceClockBlocks, "s"},
    {MessageId::findingRefused, "n"},
    {MessageId::findingNotRunning, "n"},
    {MessageId::findingPaused, "n"},
    {MessageId::findingSilent, "n"},
    {MessageId::findingNotToUs, "n"},
    {MessageId::findingMayHaveMajority, ""},
    {MessageId::stillWorks, "n"},
    {MessageId::stepLookAndStart, "ss"},
    {MessageId::stepReach, "ss"},
    {MessageId::stepTrust, "ss"},
    {MessageId::stepResume, "n"},
    {MessageId::stepStartSandbox, "n"},
    {MessageId::stepOneIsEnough, ""},
    {MessageId::stepMoreAreNeeded, "i"},
    {MessageId::stepCompare, ""},
    {MessageId::stepHostThenLink, ""},
    {MessageId::commandJournal, ""},
    {MessageId::commandStart, ""},
    {MessageId::commandSandboxResume, "ss"},
    {MessageId::commandSandboxStart, "s"},
    {MessageId::stepOnlyIfGone, "n"},
    {MessageId::stepRepairFrom, "s"},
    {MessageId::stepHeldUntil, "tn"},
    {MessageId::stepHeldOnly, "n"},
    {MessageId::stepBlobsLost, "i"},
};

// An id that is added does not build until it is here, in its place.
constexpr bool complete() {
    for (std::size_t i = 0; i < std::size(types); ++i) {
        if (static_cast<std::size_t>(types[i].id) != i) {
            return false;
        }
    }
    return std::size(types) == static_cast<std::size_t>(MessageId::last_) + 1;
}
static_assert(complete());

enum class Size { one, many, notKnown };

// The argument at place `at` of a message, and what it looks like in words.
void addArgument(char type, int at, Size size, Example& example) {
    auto& arguments = example.message.arguments;
    auto& expected = example.expected;
    const auto place = std::to_string(at);
    const Milliseconds time =
        size == Size::notKnown ? Milliseconds(-1) : Milliseconds(std::chrono::minutes(11 + at));
    switch (type) {
    case 'n':
        arguments.emplace_back(size == Size::one ? Names{{"solo-" + place}}
                                                 : Names{{"first-" + place, "second-" + place}});
        for (const auto& name : std::get<Names>(arguments.back()).names) {
            expected += QString::fromStdString(name);
        }
        break;
    case 's':
        arguments.emplace_back("string-" + place);
        expected += QString::fromStdString("string-" + place);
        break;
    case 'i':
        arguments.emplace_back(size == Size::one ? std::int64_t{1} : std::int64_t{4710 + at});
        if (size != Size::one) {
            expected += count(4710 + at);
        }
        break;
    case 'd':
        arguments.emplace_back(time);
        if (size != Size::notKnown) {
            expected += duration(time);
        }
        break;
    case 't':
        arguments.emplace_back(WallTime(std::chrono::hours(500'000 + at)));
        expected += minuteOfDay(std::get<WallTime>(arguments.back()));
        break;
    default:
        arguments.emplace_back(size == Size::notKnown ? -1.0 : 2.5 + at);
        if (size != Size::notKnown) {
            expected += milliseconds(2.5 + at);
        }
    }
}

Example exampleOf(MessageId id, Size size) {
    Example example;
    example.message.id = id;
    int at = 0;
    for (const char type : types[static_cast<std::size_t>(id)].letters) {
        addArgument(type, at++, size, example);
    }
    return example;
}

} // namespace

std::vector<Example> everyMessage() {
    std::vector<Example> all;
    for (int number = 1; number <= static_cast<int>(MessageId::last_); ++number) {
        const auto id = static_cast<MessageId>(number);
        for (const Size size : {Size::many, Size::one, Size::notKnown}) {
            Example example = exampleOf(id, size);
            if (size == Size::one && id == MessageId::downFor) {
                example.expected.removeAll(duration(std::get<Milliseconds>(example.message.arguments[2])));
            }
            if (id == MessageId::bringBack && size != Size::one) {
                example.expected.removeLast(); // of how many: tells “all of them” and “it” apart
            }
            if (id == MessageId::factCopies && size != Size::one) {
                example.expected.removeLast(); // of how many: tells “all” apart
            }
            if (id == MessageId::factLeader) { // today the time of day, later the days
                auto& age = std::get<Milliseconds>(example.message.arguments[2]);
                age = size == Size::one ? Milliseconds(6 * 24h) : age;
                example.expected = {QStringLiteral("string-0")};
                example.expected += size == Size::one ? duration(age)
                                    : size == Size::many
                                        ? minuteOfDay(std::get<WallTime>(example.message.arguments[3]))
                                        : count(4711);
            }
            all.push_back(std::move(example));
        }
    }
    return all;
}

} // namespace pilothouse::text::test
