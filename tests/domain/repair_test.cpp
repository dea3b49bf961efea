// SPDX-License-Identifier: GPL-3.0-or-later
// Every way in which the members of a cluster may be, and whether it may be repaired then.
#include "domain/quorum.h"
#include "domain/repair.h"
#include "expect_names.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <set>

namespace pilothouse::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// How a member is. The silent ones differ in what is said of them.
enum class Condition { serves, engineDown, hasMajority, unknown, destroyed, poweredOff, cutOff };
constexpr int conditions = 7;
using Conditions = std::vector<Condition>;

bool answers(Condition condition) {
    return condition <= Condition::hasMajority;
}

Statement statementIn(Condition condition) {
    return answers(condition)
               ? Statement::unknown
               : static_cast<Statement>(static_cast<int>(condition) - static_cast<int>(Condition::unknown));
}

ReplicaId idOf(std::size_t i) {
    return ReplicaId(std::string(12, static_cast<char>('a' + i)));
}

// The survivor is the first that answers.
RepairFacts clusterOf(const Conditions& each) {
    RepairFacts facts;
    for (std::size_t i = 0; i < each.size(); ++i) {
        RepairMember member{.id = idOf(i), .name = "reg-" + std::to_string(i + 1), .voting = true};
        member.answers = answers(each[i]);
        member.engineRuns = member.answers && each[i] != Condition::engineDown;
        member.majority = each[i] == Condition::hasMajority;
        member.statement = statementIn(each[i]);
        if (member.answers) {
            member.log = EngineLog{7, 812, 810};
            member.lacks = MissingBlobs();
        }
        facts.members.push_back(std::move(member));
    }
    const auto first = std::find_if(each.begin(), each.end(), answers);
    facts.survivor = idOf(static_cast<std::size_t>(first - each.begin()));
    facts.freeBytes = std::int64_t{10} << 30;
    facts.copyBytes = std::int64_t{1} << 30;
    facts.copyFolder = "/var/lib/pilothouse/repair";
    return facts;
}

// All that can be repaired from somebody.
void forEachCluster(int voters, const std::function<void(const Conditions&)>& visit) {
    int ways = 1;
    for (int i = 0; i < voters; ++i) {
        ways *= conditions;
    }
    for (int way = 0; way < ways; ++way) {
        Conditions each;
        for (int i = 0, rest = way; i < voters; ++i, rest /= conditions) {
            each.push_back(static_cast<Condition>(rest % conditions));
        }
        if (std::any_of(each.begin(), each.end(), answers)) {
            visit(each);
        }
    }
}

const Finding& findingIn(const RepairPlan& plan, CheckId check) {
    const auto found = std::find_if(plan.findings.begin(), plan.findings.end(),
                                    [&](const Finding& finding) { return finding.check == check; });
    EXPECT_NE(found, plan.findings.end()) << nameOf(check);
    static const Finding none{};
    return found != plan.findings.end() ? *found : none;
}

Severity severityIn(const RepairPlan& plan, CheckId check) {
    return findingIn(plan, check).severity;
}

bool isBlocked(const RepairPlan& plan) {
    return std::any_of(plan.findings.begin(), plan.findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::blocks; });
}

int count(const Conditions& each, bool (*test)(Condition)) {
    return static_cast<int>(std::count_if(each.begin(), each.end(), test));
}

std::string told(const Conditions& each) {
    static constexpr const char* words[] = {"serves",    "engine-down", "majority", "unknown",
                                            "destroyed", "off",         "cut-off"};
    std::string text;
    for (const Condition condition : each) {
        text += (text.empty() ? "" : ", ") + std::string(words[static_cast<int>(condition)]);
    }
    return text;
}

// The rule in words: nobody says that it has a majority, no majority only has to hear each other again, and
// of each silent one it is said what became of it.
bool mayBeRepaired(const Conditions& each) {
    const int majorities = count(each, [](Condition c) { return c == Condition::hasMajority; });
    const int unknown = count(each, [](Condition c) { return c == Condition::unknown; });
    const int engines = count(each, [](Condition c) { return answers(c) && c != Condition::engineDown; });
    return majorities == 0 && unknown == 0 && engines < quorumOf(static_cast<int>(each.size()));
}

Severity expectedOfCutOff(const Conditions& each) {
    const int cutOff = count(each, [](Condition c) { return c == Condition::cutOff; });
    return cutOff == 0                                         ? Severity::passed
           : cutOff >= quorumOf(static_cast<int>(each.size())) ? Severity::needsWord
                                                               : Severity::information;
}

void expectDecision(const Conditions& each) {
    const auto plan = planRepair(clusterOf(each));
    ASSERT_EQ(!isBlocked(plan), mayBeRepaired(each)) << told(each);
    const int silent = count(each, [](Condition c) { return !answers(c); });
    ASSERT_EQ(static_cast<int>(plan.silent.size()), silent) << told(each);
    ASSERT_EQ(static_cast<int>(plan.survivors.size()), static_cast<int>(each.size()) - silent) << told(each);
    ASSERT_EQ(severityIn(plan, CheckId::entriesLost), Severity::needsWord) << told(each);
    ASSERT_EQ(static_cast<int>(findingIn(plan, CheckId::entriesLost).names.size()), silent) << told(each);
    ASSERT_EQ(severityIn(plan, CheckId::silentMajority), expectedOfCutOff(each)) << told(each);
    ASSERT_EQ(severityIn(plan, CheckId::noMajority) == Severity::blocks,
              count(each, [](Condition c) { return c == Condition::hasMajority; }) > 0)
        << told(each);
    ASSERT_EQ(severityIn(plan, CheckId::statements) == Severity::blocks,
              count(each, [](Condition c) { return c == Condition::unknown; }) > 0)
        << told(each);
    ASSERT_TRUE(std::is_sorted(plan.findings.begin(), plan.findings.end(), [](const auto& a, const auto& b) {
        return a.severity > b.severity;
    })) << told(each);
}

TEST(Repair, DecidesEveryClusterOfThreeAndOfFive) {
    int allowed = 0;
    int all = 0;
    for (const int voters : {3, 5}) {
        forEachCluster(voters, [&](const Conditions& each) {
            expectDecision(each);
            allowed += mayBeRepaired(each) ? 1 : 0;
            ++all;
        });
    }
    EXPECT_EQ(all, 343 - 64 + 16807 - 1024);
    EXPECT_GT(allowed, 1000);
    EXPECT_LT(allowed, all / 2);
}

// A word is always needed, however good it looks, and it is enough where nothing blocks.
TEST(Repair, NeedsAWordAlways) {
    const auto plan = planRepair(clusterOf({Condition::serves, Condition::destroyed, Condition::destroyed}));
    EXPECT_EQ(objections(plan.findings, "reg-1", {}).size(), 1U);
    EXPECT_TRUE(objections(plan.findings, "reg-1", {"the building burnt down", {}}).empty());
    EXPECT_EQ(plan.steps, repairSteps());
    const auto blocked = planRepair(clusterOf({Condition::serves, Condition::destroyed, Condition::unknown}));
    EXPECT_EQ(objections(blocked.findings, "reg-1", {"the building burnt down", "reg-1"}).size(), 1U);
    EXPECT_THAT(findingIn(blocked, CheckId::statements).names, ElementsAre("reg-3"));
}

TEST(Repair, NamesWhoHasAMajorityAndWhoOnlyHasToBeHeard) {
    const auto heard = planRepair(clusterOf({Condition::serves, Condition::hasMajority, Condition::cutOff}));
    EXPECT_THAT(findingIn(heard, CheckId::noMajority).names, ElementsAre("reg-2"));
    EXPECT_THAT(findingIn(heard, CheckId::majorityAnswers).names, ElementsAre("reg-1", "reg-2"));
    EXPECT_THAT(findingIn(heard, CheckId::majorityAnswers).numbers, ElementsAre(2, 2));
    const auto down = planRepair(clusterOf({Condition::serves, Condition::engineDown, Condition::destroyed}));
    EXPECT_EQ(severityIn(down, CheckId::majorityAnswers), Severity::passed);
    EXPECT_THAT(findingIn(down, CheckId::majorityAnswers).numbers, ElementsAre(1, 2));
}

// Also one that has no vote may be serving, so something must be said of it; but it gives no majority.
TEST(Repair, ALearnerIsNoSurvivorAndNoVoter) {
    auto facts = clusterOf({Condition::serves, Condition::destroyed, Condition::destroyed, Condition::serves,
                            Condition::unknown});
    facts.members[3].voting = facts.members[4].voting = false;
    facts.members[3].log = EngineLog{9, 900, 900};
    auto plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::majorityAnswers), Severity::passed) << "1 of 3 that vote";
    EXPECT_THAT(findingIn(plan, CheckId::statements).names, ElementsAre("reg-5"));
    ASSERT_EQ(plan.survivors.size(), 1U);
    EXPECT_EQ(plan.survivors[0].name, "reg-1");
    EXPECT_EQ(severityIn(plan, CheckId::bestSurvivor), Severity::passed);
    EXPECT_THAT(findingIn(plan, CheckId::entriesLost).names, ElementsAre("reg-2", "reg-3"));
    facts.survivor = facts.members[3].id;
    plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::survivorVotes), Severity::blocks);
    EXPECT_THAT(findingIn(plan, CheckId::survivorVotes).names, ElementsAre("reg-4"));
}

// --- who is the best

struct Standing {
    std::optional<EngineLog> log;
    std::optional<std::int64_t> lacks;
};

std::vector<std::string> ranked(const std::vector<Standing>& standings) {
    auto facts = clusterOf(Conditions(standings.size(), Condition::engineDown));
    for (std::size_t i = 0; i < standings.size(); ++i) {
        facts.members[i].log = standings[i].log;
        facts.members[i].lacks =
            standings[i].lacks ? std::optional(MissingBlobs{*standings[i].lacks, {}}) : std::nullopt;
    }
    std::vector<std::string> names;
    for (const auto& survivor : planRepair(facts).survivors) {
        names.push_back(survivor.name);
    }
    return names;
}

TEST(Repair, RanksByTermThenEntriesThenCommitmentThenBlobs) {
    EXPECT_THAT(ranked({{EngineLog{6, 900, 900}, 0}, {EngineLog{7, 812, 800}, 9}}),
                ElementsAre("reg-2", "reg-1"))
        << "a later term outweighs more entries";
    EXPECT_THAT(ranked({{EngineLog{7, 800, 800}, 0}, {EngineLog{7, 812, 790}, 9}}),
                ElementsAre("reg-2", "reg-1"))
        << "more entries outweigh what is known to be committed";
    EXPECT_THAT(ranked({{EngineLog{7, 812, 790}, 0}, {EngineLog{7, 812, 800}, 9}}),
                ElementsAre("reg-2", "reg-1"))
        << "commitment outweighs blobs";
    EXPECT_THAT(ranked({{EngineLog{7, 812, 800}, 9}, {EngineLog{7, 812, 800}, 1}}),
                ElementsAre("reg-2", "reg-1"));
    EXPECT_THAT(ranked({{EngineLog{7, 812, 800}, std::nullopt}, {EngineLog{7, 812, 800}, 1'000'000}}),
                ElementsAre("reg-2", "reg-1"))
        << "what is not known is the worst";
    EXPECT_THAT(ranked({{std::nullopt, 0}, {EngineLog{1, 1, 0}, 9}}), ElementsAre("reg-2", "reg-1"));
    EXPECT_THAT(ranked({{EngineLog{7, 812, 800}, 0}, {EngineLog{7, 812, 800}, 0}, {std::nullopt, 0}}),
                ElementsAre("reg-1", "reg-2", "reg-3"))
        << "as listed where all is the same";
}

// Ranking is an order: nobody stands before one that is better, whatever they hold.
TEST(Repair, RanksEveryPairTheSameWayInWhateverOrderTheyAreListed) {
    std::vector<Standing> all;
    for (const std::int64_t term : {6, 7}) {
        for (const std::int64_t last : {800, 812}) {
            for (const std::int64_t committed : {790, 800}) {
                for (const std::int64_t lacks : {0, 3}) {
                    all.push_back({EngineLog{term, last, committed}, lacks});
                }
            }
        }
    }
    for (const auto& one : all) {
        for (const auto& other : all) {
            if (one.log == other.log && one.lacks == other.lacks) {
                continue;
            }
            const bool first = ranked({one, other}).front() == "reg-1";
            ASSERT_EQ(first, ranked({other, one}).front() == "reg-2");
            ASSERT_EQ(first, std::tuple(one.log->lastTerm, one.log->last, one.log->committed, -*one.lacks) >
                                 std::tuple(other.log->lastTerm, other.log->last, other.log->committed,
                                            -*other.lacks));
        }
    }
}

TEST(Repair, AWorseSurvivorNeedsAWord) {
    auto facts = clusterOf({Condition::serves, Condition::engineDown, Condition::destroyed});
    facts.members[1].log = EngineLog{7, 824, 810};
    auto plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::bestSurvivor), Severity::needsWord);
    EXPECT_THAT(findingIn(plan, CheckId::bestSurvivor).names, ElementsAre("reg-1", "reg-2"));
    EXPECT_THAT(findingIn(plan, CheckId::bestSurvivor).numbers, ElementsAre(12));
    facts.members[1].log = EngineLog{8, 700, 700};
    plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::bestSurvivor), Severity::needsWord);
    EXPECT_THAT(findingIn(plan, CheckId::bestSurvivor).numbers, ElementsAre(0)) << "newer, and not longer";
    facts.survivor = facts.members[1].id;
    EXPECT_EQ(severityIn(planRepair(facts), CheckId::bestSurvivor), Severity::passed);
    facts.members[1].log = facts.members[0].log;
    EXPECT_EQ(severityIn(planRepair(facts), CheckId::bestSurvivor), Severity::passed) << "as good";
}

// --- what is lost, and what is in the way

TEST(Repair, TellsTheLastEntryAndWhenAMajorityWasLastHeardOf) {
    auto facts = clusterOf({Condition::serves, Condition::destroyed, Condition::cutOff});
    facts.quorumAt = "2026-11-28T11:42:07.000Z";
    const auto plan = planRepair(facts);
    const auto& lost = findingIn(plan, CheckId::entriesLost);
    EXPECT_THAT(lost.numbers, ElementsAre(812));
    EXPECT_EQ(lost.detail, facts.quorumAt);
    EXPECT_THAT(findingIn(plan, CheckId::survivorLog).numbers, ElementsAre(812, 810));
}

TEST(Repair, ALogThatCannotBeReadBlocks) {
    auto facts = clusterOf({Condition::engineDown, Condition::destroyed, Condition::destroyed});
    facts.members[0].log.reset();
    facts.logError = "The file 0.wal is damaged";
    const auto plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::survivorLog), Severity::blocks);
    EXPECT_EQ(findingIn(plan, CheckId::survivorLog).detail, facts.logError);
}

TEST(Repair, BlobsThatNobodyHasNeedAWord) {
    auto facts = clusterOf({Condition::serves, Condition::engineDown, Condition::destroyed});
    EXPECT_EQ(severityIn(planRepair(facts), CheckId::blobsLost), Severity::passed);
    facts.members[0].lacks = MissingBlobs{2, {"sha256:a", "sha256:b"}};
    auto plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::blobsLost), Severity::information) << "the other one has them";
    EXPECT_THAT(findingIn(plan, CheckId::blobsLost).numbers, ElementsAre(2, 0));
    EXPECT_THAT(findingIn(plan, CheckId::blobsLost).names, ElementsAre("reg-2"));
    facts.members[1].lacks = MissingBlobs{2, {"sha256:b", "sha256:c"}};
    plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::blobsLost), Severity::needsWord);
    EXPECT_THAT(findingIn(plan, CheckId::blobsLost).numbers, ElementsAre(2, 1)) << "b, not a";
    facts.members[1].lacks.reset();
    plan = planRepair(facts);
    EXPECT_THAT(findingIn(plan, CheckId::blobsLost).numbers, ElementsAre(2, 2))
        << "what is not known to be elsewhere is nowhere";
    facts.members[0].lacks.reset();
    plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::blobsLost), Severity::needsWord);
    EXPECT_THAT(findingIn(plan, CheckId::blobsLost).numbers, ElementsAre(-1, -1));
}

TEST(Repair, TheCopyNeedsRoom) {
    auto facts = clusterOf({Condition::serves, Condition::destroyed, Condition::destroyed});
    facts.freeBytes = facts.copyBytes + (std::int64_t{256} << 20);
    EXPECT_EQ(severityIn(planRepair(facts), CheckId::copySpace), Severity::passed);
    --facts.freeBytes;
    const auto plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::copySpace), Severity::blocks);
    EXPECT_THAT(findingIn(plan, CheckId::copySpace).numbers, ElementsAre(facts.freeBytes, facts.copyBytes));
    EXPECT_EQ(findingIn(plan, CheckId::copySpace).detail, facts.copyFolder);
}

// What was left behind must not begin a second epoch beside the first.
TEST(Repair, ASurvivorThatWasLeftBehindBlocks) {
    auto facts = clusterOf({Condition::serves, Condition::destroyed, Condition::destroyed});
    EXPECT_EQ(severityIn(planRepair(facts), CheckId::survivorEpoch), Severity::passed);
    facts.epoch = 1;
    facts.newerEpoch = NewerEpoch{2, "reg-2"};
    const auto plan = planRepair(facts);
    EXPECT_EQ(severityIn(plan, CheckId::survivorEpoch), Severity::blocks);
    EXPECT_THAT(findingIn(plan, CheckId::survivorEpoch).names, ElementsAre("reg-1", "reg-2"));
    EXPECT_THAT(findingIn(plan, CheckId::survivorEpoch).numbers, ElementsAre(1, 2));
}

TEST(Repair, OneAtATime) {
    auto facts = clusterOf({Condition::serves, Condition::destroyed, Condition::destroyed});
    for (int i = 0; i <= static_cast<int>(RepairPhase::putBack); ++i) {
        const auto phase = static_cast<RepairPhase>(i);
        facts.running = phase;
        const auto plan = planRepair(facts);
        const bool busy = phase == RepairPhase::running || phase == RepairPhase::puttingBack;
        EXPECT_EQ(severityIn(plan, CheckId::repairRunning), busy ? Severity::blocks : Severity::passed)
            << nameOf(phase);
        EXPECT_EQ(findingIn(plan, CheckId::repairRunning).detail, nameOf(phase));
        EXPECT_EQ(isOver(phase), !busy) << nameOf(phase);
    }
}

// The old engines must not hear of the new one, and nothing is changed before the copy is made.
TEST(Repair, CopiesBeforeItChangesAndSeparatesBeforeItStarts) {
    const auto& steps = repairSteps();
    const auto at = [&](RepairStep step) { return std::find(steps.begin(), steps.end(), step); };
    EXPECT_EQ(std::set<RepairStep>(steps.begin(), steps.end()).size(), steps.size());
    EXPECT_EQ(steps.front(), RepairStep::stop);
    EXPECT_LT(at(RepairStep::stop), at(RepairStep::copyFolder));
    EXPECT_LT(at(RepairStep::copyFolder), at(RepairStep::newAuthority));
    EXPECT_LT(at(RepairStep::newAuthority), at(RepairStep::startAlone));
    EXPECT_LT(at(RepairStep::startAlone), at(RepairStep::recordEpoch));
    EXPECT_EQ(steps.back(), RepairStep::serve);
}

TEST(Repair, NamesLeadBack) {
    expectNames(Statement::cutOff, statementOf);
    expectNames(RepairStep::serve, repairStepOf);
    expectNames(RepairPhase::putBack, repairPhaseOf);
    EXPECT_THAT(planRepair(clusterOf({Condition::serves})).silent, IsEmpty());
}

} // namespace
} // namespace pilothouse::domain
