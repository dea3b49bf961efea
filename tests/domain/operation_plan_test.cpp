// SPDX-License-Identifier: GPL-3.0-or-later
// Every way in which the replicas of a cluster may be, and what may be done to one of them then.
#include "domain/operation_plan.h"
#include "domain/quorum.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

namespace pilothouse::domain {
namespace {

enum class Condition { well, sick, dead, heardByOthers };

ChangeFacts clusterOf(const std::vector<Condition>& conditions) {
    ChangeFacts facts;
    int well = 0;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        MemberFacts member{.id = ReplicaId(std::string(12, static_cast<char>('a' + i))),
                           .name = "reg-" + std::to_string(i + 1),
                           .voting = true};
        member.answers = conditions[i] == Condition::well || conditions[i] == Condition::sick;
        member.well = conditions[i] == Condition::well;
        if (conditions[i] == Condition::heardByOthers) {
            member.heardBy = {"reg-9"};
        }
        member.lacks = member.answers ? std::optional(MissingBlobs()) : std::nullopt;
        well += member.well ? 1 : 0;
        facts.members.push_back(std::move(member));
    }
    facts.quorum = well >= quorumOf(static_cast<int>(conditions.size()));
    return facts;
}

Severity severityIn(const OperationPlan& plan, CheckId check) {
    for (const Finding& finding : plan.findings) {
        if (finding.check == check) {
            return finding.severity;
        }
    }
    return Severity::passed;
}

const Finding& findingIn(const OperationPlan& plan, CheckId check) {
    const auto found = std::find_if(plan.findings.begin(), plan.findings.end(),
                                    [&](const Finding& finding) { return finding.check == check; });
    EXPECT_NE(found, plan.findings.end()) << nameOf(check);
    static const Finding none{};
    return found != plan.findings.end() ? *found : none;
}

bool isBlocked(const OperationPlan& plan) {
    return std::any_of(plan.findings.begin(), plan.findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::blocks; });
}

std::string told(const std::vector<Condition>& conditions, std::size_t subject, OperationKind kind) {
    std::string text(nameOf(kind));
    text += " the " + std::to_string(subject + 1) + ". of";
    for (const Condition each : conditions) {
        text += each == Condition::well   ? " well"
                : each == Condition::sick ? " sick"
                : each == Condition::dead ? " dead"
                                          : " heard";
    }
    return text;
}

void forEachCluster(int most, const std::function<void(const std::vector<Condition>&)>& visit) {
    for (int voters = 1; voters <= most; ++voters) {
        int ways = 1;
        for (int i = 0; i < voters; ++i) {
            ways *= 4;
        }
        for (int way = 0; way < ways; ++way) {
            std::vector<Condition> conditions;
            for (int i = 0, rest = way; i < voters; ++i, rest /= 4) {
                conditions.push_back(static_cast<Condition>(rest % 4));
            }
            visit(conditions);
        }
    }
}

bool mayBeDone(const std::vector<Condition>& conditions, std::size_t subject, OperationKind kind) {
    const auto voters = static_cast<int>(conditions.size());
    const auto well = static_cast<int>(std::count(conditions.begin(), conditions.end(), Condition::well));
    const int wellLeft = well - (conditions[subject] == Condition::well ? 1 : 0);
    const bool answers = conditions[subject] == Condition::well || conditions[subject] == Condition::sick;
    const bool present = kind == OperationKind::remove ? answers : conditions[subject] == Condition::dead;
    return voters > 1 && well >= quorumOf(voters) && wellLeft >= quorumOf(voters - 1) && present;
}

TEST(OperationPlan, DecidesEveryClusterOfUpToFive) {
    int allowed = 0;
    forEachCluster(5, [&](const std::vector<Condition>& conditions) {
        const ChangeFacts facts = clusterOf(conditions);
        for (std::size_t subject = 0; subject < conditions.size(); ++subject) {
            int possible = 0;
            for (const OperationKind kind : {OperationKind::remove, OperationKind::forget}) {
                const auto plan = planRemoval(kind, facts, facts.members[subject].id);
                ASSERT_EQ(!isBlocked(plan), mayBeDone(conditions, subject, kind))
                    << told(conditions, subject, kind);
                possible += isBlocked(plan) ? 0 : 1;
                allowed += isBlocked(plan) ? 0 : 1;
                // The worst comes first.
                ASSERT_TRUE(
                    std::is_sorted(plan.findings.begin(), plan.findings.end(),
                                   [](const auto& a, const auto& b) { return a.severity > b.severity; }))
                    << told(conditions, subject, kind);
                ASSERT_LE(plan.worst.tolerates, plan.before.tolerates);
                ASSERT_LE(plan.worst.tolerates, plan.after.tolerates);
                ASSERT_EQ(plan.after.voters, plan.before.voters - 1);
            }
            ASSERT_LE(possible, 1) << "one verb for each replica";
        }
    });
    EXPECT_GT(allowed, 100);
}

// What can be lost is what domain/quorum.h says, before and after.
TEST(OperationPlan, TellsTheMargins) {
    const auto plan = [](int voters) {
        const ChangeFacts facts = clusterOf(std::vector<Condition>(static_cast<std::size_t>(voters)));
        return planRemoval(OperationKind::remove, facts, facts.members.front().id);
    };
    EXPECT_EQ(plan(5).before, (Margin{5, 5, 2}));
    EXPECT_EQ(plan(5).after, (Margin{4, 4, 1}));
    EXPECT_EQ(plan(5).worst, (Margin{4, 4, 1}));
    EXPECT_EQ(severityIn(plan(5), CheckId::tolerance), Severity::information);
    EXPECT_EQ(plan(4).after, (Margin{3, 3, 1}));
    EXPECT_EQ(severityIn(plan(4), CheckId::tolerance), Severity::passed);
    EXPECT_EQ(plan(3).after, (Margin{2, 2, 0}));
    EXPECT_EQ(severityIn(plan(3), CheckId::tolerance), Severity::needsWord);
    EXPECT_EQ(findingIn(plan(3), CheckId::tolerance).numbers, (std::vector<std::int64_t>{1, 0, 2}));
    EXPECT_EQ(plan(2).after, (Margin{1, 1, 0}));
    EXPECT_EQ(severityIn(plan(2), CheckId::tolerance), Severity::passed) << "two lose none either";
    EXPECT_EQ(severityIn(plan(1), CheckId::lastVoter), Severity::blocks);
}

TEST(OperationPlan, ForgettingTheDeadOneOfThreeLosesNothing) {
    const auto facts = clusterOf({Condition::well, Condition::well, Condition::dead});
    const auto plan = planRemoval(OperationKind::forget, facts, facts.members[2].id);
    EXPECT_EQ(plan.before, (Margin{3, 2, 0}));
    EXPECT_EQ(plan.after, (Margin{2, 2, 0}));
    EXPECT_TRUE(objections(plan.findings, "reg-3", {}).empty());
}

// With one of two dead neither verb works: only a repair does.
TEST(OperationPlan, OneOfTwoDeadIsForRepair) {
    const auto facts = clusterOf({Condition::well, Condition::dead});
    for (const auto& member : facts.members) {
        EXPECT_TRUE(isBlocked(planRemoval(OperationKind::remove, facts, member.id))) << member.name;
        EXPECT_TRUE(isBlocked(planRemoval(OperationKind::forget, facts, member.id))) << member.name;
    }
}

TEST(OperationPlan, TheLastCopyOfABlobGoesByItsNameOnly) {
    auto facts = clusterOf({Condition::well, Condition::well, Condition::dead});
    facts.members[0].lacks = MissingBlobs{2, {"sha256:a", "sha256:b"}};
    facts.members[1].lacks = MissingBlobs{1, {"sha256:b"}};
    const auto plan = planRemoval(OperationKind::forget, facts, facts.members[2].id);
    EXPECT_EQ(severityIn(plan, CheckId::copiesLeft), Severity::forcible);
    EXPECT_EQ(findingIn(plan, CheckId::copiesLeft).numbers, std::vector<std::int64_t>{1}) << "b, not a";
    EXPECT_EQ(objections(plan.findings, "reg-3", {"it burnt down", {}}).size(), 1U);
    EXPECT_TRUE(objections(plan.findings, "reg-3", {{}, "reg-3"}).empty());
    // One that is alive gives it away first.
    facts.members[2].answers = facts.members[2].well = true;
    const auto removal = planRemoval(OperationKind::remove, facts, facts.members[2].id);
    EXPECT_EQ(severityIn(removal, CheckId::copiesLeft), Severity::passed);
    EXPECT_EQ(severityIn(removal, CheckId::copiesBehind), Severity::information);
    EXPECT_EQ(findingIn(removal, CheckId::copiesBehind).names, (std::vector<std::string>{"reg-1", "reg-2"}));
    EXPECT_EQ(findingIn(removal, CheckId::copiesBehind).numbers, std::vector<std::int64_t>{2});
}

TEST(OperationPlan, NobodyIsForgottenBeforeItIsKnownWhoHasWhat) {
    auto facts = clusterOf({Condition::well, Condition::well, Condition::dead});
    facts.members[1].lacks.reset();
    const auto plan = planRemoval(OperationKind::forget, facts, facts.members[2].id);
    EXPECT_EQ(severityIn(plan, CheckId::copiesKnown), Severity::blocks);
    EXPECT_EQ(findingIn(plan, CheckId::copiesKnown).names, std::vector<std::string>{"reg-2"});
}

TEST(OperationPlan, WhoIsHeardIsNotForgotten) {
    const auto facts = clusterOf({Condition::well, Condition::well, Condition::heardByOthers});
    const auto plan = planRemoval(OperationKind::forget, facts, facts.members[2].id);
    EXPECT_EQ(severityIn(plan, CheckId::silent), Severity::blocks);
    EXPECT_EQ(findingIn(plan, CheckId::silent).names, (std::vector<std::string>{"reg-3", "reg-9"}));
}

TEST(OperationPlan, OneChangeAtATime) {
    auto facts = clusterOf({Condition::well, Condition::well, Condition::well});
    facts.running = {"forget", "reg-2"};
    const auto plan = planRemoval(OperationKind::remove, facts, facts.members[2].id);
    EXPECT_EQ(severityIn(plan, CheckId::otherOperation), Severity::blocks);
    EXPECT_EQ(findingIn(plan, CheckId::otherOperation).names, std::vector<std::string>{"reg-2"});
    EXPECT_EQ(findingIn(plan, CheckId::otherOperation).detail, "forget");
}

TEST(OperationPlan, WhoIsJoiningComesFirstButMayGoItself) {
    auto facts = clusterOf({Condition::well, Condition::well, Condition::well, Condition::well});
    facts.members[3].voting = false;
    const auto other = planRemoval(OperationKind::remove, facts, facts.members[2].id);
    EXPECT_EQ(severityIn(other, CheckId::joining), Severity::blocks);
    EXPECT_EQ(findingIn(other, CheckId::joining).names, std::vector<std::string>{"reg-4"});
    const auto itself = planRemoval(OperationKind::remove, facts, facts.members[3].id);
    EXPECT_TRUE(objections(itself.findings, "reg-4", {}).empty());
    EXPECT_EQ(itself.before, itself.after) << "it has no vote to lose";
}

TEST(OperationPlan, AFullDatabaseTakesNoChange) {
    auto facts = clusterOf({Condition::well, Condition::well, Condition::well});
    facts.members[0].databaseFull = true;
    const auto plan = planRemoval(OperationKind::remove, facts, facts.members[2].id);
    EXPECT_EQ(severityIn(plan, CheckId::databaseSpace), Severity::blocks);
    EXPECT_EQ(findingIn(plan, CheckId::databaseSpace).names, std::vector<std::string>{"reg-1"});
}

} // namespace
} // namespace pilothouse::domain
