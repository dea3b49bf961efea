// SPDX-License-Identifier: GPL-3.0-or-later
// Which hosts may join which clusters.
#include "domain/operation_plan.h"
#include "domain/quorum.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <set>

namespace pilothouse::domain {
namespace {

using testing::ElementsAre;

constexpr std::int64_t gib = std::int64_t{1} << 30;

enum class Condition { well, sick, dead };

ChangeFacts clusterOf(const std::vector<Condition>& conditions) {
    ChangeFacts facts;
    int well = 0;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        MemberFacts member{.id = ReplicaId(std::string(12, static_cast<char>('a' + i))),
                           .name = "reg-" + number,
                           .voting = true};
        member.answers = conditions[i] != Condition::dead;
        member.well = conditions[i] == Condition::well;
        member.lacks = member.answers ? std::optional(MissingBlobs()) : std::nullopt;
        member.url = "https://reg-" + number + ":443";
        member.version = "1.0.0";
        member.machine = "machine-" + number;
        well += member.well ? 1 : 0;
        facts.members.push_back(std::move(member));
    }
    facts.quorum = well >= quorumOf(static_cast<int>(conditions.size()));
    return facts;
}

ChangeFacts wellCluster(std::size_t voters) {
    return clusterOf(std::vector<Condition>(voters, Condition::well));
}

HostFacts goodHost() {
    HostFacts host{.name = "reg-9", .url = "https://reg-9:443", .answers = true};
    host.version = "1.0.0";
    host.featureLevel = 1;
    host.clusterFeatureLevel = 1;
    host.engineVersion = "3.4.23";
    host.machine = "machine-9";
    host.hostname = "host-9";
    host.cores = 4;
    host.memoryBytes = 8 * gib;
    host.openFiles = 65'536;
    host.blobBytes = 10 * gib;
    host.diskFreeBytes = 100 * gib;
    host.syncMs = 2;
    host.paths = {{"reg-9", "reg-1", "https", "ok"}, {"reg-1", "reg-9", "engine", "ok"}};
    return host;
}

const Finding& findingIn(const OperationPlan& plan, CheckId check) {
    const auto found = std::find_if(plan.findings.begin(), plan.findings.end(),
                                    [&](const Finding& finding) { return finding.check == check; });
    EXPECT_NE(found, plan.findings.end()) << nameOf(check);
    static const Finding none{};
    return found != plan.findings.end() ? *found : none;
}

Severity worst(const OperationPlan& plan) {
    return plan.findings.front().severity;
}

TEST(JoinPlan, AGoodHostMayJoinAWholeCluster) {
    const auto plan = planJoin(wellCluster(4), goodHost(), {});
    EXPECT_EQ(worst(plan), Severity::passed) << nameOf(plan.findings.front().check);
    EXPECT_EQ(plan.kind, OperationKind::join);
    EXPECT_EQ(plan.name, "reg-9");
    EXPECT_EQ(plan.steps, stepsOf(OperationKind::join));
    EXPECT_EQ(plan.before, (Margin{4, 4, 1}));
    EXPECT_EQ(plan.worst, (Margin{4, 4, 1}));
    EXPECT_EQ(plan.after, (Margin{5, 5, 2}));
}

// Every cluster of up to five, each replica well, sick or dead.
TEST(JoinPlan, DecidesEveryClusterOfUpToFive) {
    int allowed = 0;
    for (int voters = 1; voters <= 5; ++voters) {
        int ways = 1;
        for (int i = 0; i < voters; ++i) {
            ways *= 3;
        }
        for (int way = 0; way < ways; ++way) {
            std::vector<Condition> conditions;
            for (int i = 0, rest = way; i < voters; ++i, rest /= 3) {
                conditions.push_back(static_cast<Condition>(rest % 3));
            }
            const auto has = [&](Condition condition) {
                return std::count(conditions.begin(), conditions.end(), condition) > 0;
            };
            const ChangeFacts facts = clusterOf(conditions);
            const auto plan = planJoin(facts, goodHost(), {});
            // A broken one must be mended or forgotten first.
            const bool mayJoin = facts.quorum && !has(Condition::dead);
            ASSERT_EQ(worst(plan) != Severity::blocks, mayJoin) << voters << " voters, way " << way;
            const bool needsWord = mayJoin && (has(Condition::sick) || voters == 1);
            ASSERT_EQ(worst(plan) == Severity::needsWord, needsWord) << voters << " voters, way " << way;
            ASSERT_EQ(plan.after.voters, plan.before.voters + 1);
            ASSERT_LE(plan.worst.tolerates, plan.before.tolerates);
            allowed += mayJoin ? 1 : 0;
        }
    }
    EXPECT_GT(allowed, 20);
}

TEST(JoinPlan, CountsTheVoters) {
    const auto severity = [](std::size_t voters) {
        return findingIn(planJoin(wellCluster(voters), goodHost(), {}), CheckId::voterCount).severity;
    };
    EXPECT_EQ(severity(1), Severity::needsWord) << "the loss of either of two stops writes";
    EXPECT_EQ(severity(2), Severity::passed);
    EXPECT_EQ(severity(3), Severity::information);
    EXPECT_EQ(severity(6), Severity::passed);
    EXPECT_EQ(severity(7), Severity::blocks);
}

// One thing is wrong with the host.
struct Fault {
    std::string what;
    std::function<void(HostFacts&)> make;
    CheckId check;
    Severity severity;
};

class JoinPlanFault : public testing::TestWithParam<Fault> {};

TEST_P(JoinPlanFault, IsTheWorstFinding) {
    HostFacts host = goodHost();
    GetParam().make(host);
    const auto plan = planJoin(wellCluster(4), host, {});
    EXPECT_EQ(plan.findings.front().check, GetParam().check) << nameOf(plan.findings.front().check);
    EXPECT_EQ(worst(plan), GetParam().severity) << nameOf(worst(plan));
    EXPECT_EQ(std::count_if(plan.findings.begin(), plan.findings.end(),
                            [](const Finding& finding) { return finding.severity != Severity::passed; }),
              1);
}

INSTANTIATE_TEST_SUITE_P(
    One, JoinPlanFault,
    testing::Values(
        Fault{"silent", [](HostFacts& h) { h.answers = false; }, CheckId::hostAnswers, Severity::blocks},
        Fault{"name", [](HostFacts& h) { h.name = "reg-2"; }, CheckId::hostName, Severity::blocks},
        Fault{"address", [](HostFacts& h) { h.url = "https://reg-2:443"; }, CheckId::hostAddress,
              Severity::blocks},
        Fault{"level", [](HostFacts& h) { h.clusterFeatureLevel = 2; }, CheckId::hostVersion,
              Severity::blocks},
        Fault{"version", [](HostFacts& h) { h.version = "1.1.0"; }, CheckId::hostVersion,
              Severity::information},
        Fault{"engine", [](HostFacts& h) { h.engineVersion.clear(); }, CheckId::hostEngine, Severity::blocks},
        Fault{"clock", [](HostFacts& h) { h.clockAhead = Milliseconds(-30'001); }, CheckId::hostClock,
              Severity::blocks},
        Fault{"clock_a_little", [](HostFacts& h) { h.clockAhead = Milliseconds(30'000); }, CheckId::hostClock,
              Severity::information},
        Fault{"machine", [](HostFacts& h) { h.machine = "machine-3"; }, CheckId::hostMachine,
              Severity::blocks},
        Fault{"sandbox",
              [](HostFacts& h) {
                  h.machine = "machine-3";
                  h.loopback = true;
              },
              CheckId::hostMachine, Severity::information},
        Fault{"full", [](HostFacts& h) { h.diskFreeBytes = 11 * gib - 1; }, CheckId::hostDisk,
              Severity::blocks},
        Fault{"tight", [](HostFacts& h) { h.diskFreeBytes = 11 * gib; }, CheckId::hostDisk,
              Severity::information},
        Fault{"read_only", [](HostFacts& h) { h.syncMs.reset(); }, CheckId::hostDiskSpeed, Severity::blocks},
        Fault{"slow", [](HostFacts& h) { h.syncMs = 21; }, CheckId::hostDiskSpeed, Severity::information},
        Fault{"very_slow", [](HostFacts& h) { h.syncMs = 501; }, CheckId::hostDiskSpeed, Severity::needsWord},
        Fault{"memory", [](HostFacts& h) { h.memoryBytes = gib - 1; }, CheckId::hostResources,
              Severity::needsWord},
        Fault{"files", [](HostFacts& h) { h.openFiles = 1024; }, CheckId::hostResources, Severity::needsWord},
        Fault{"cores", [](HostFacts& h) { h.cores = 1; }, CheckId::hostResources, Severity::information},
        Fault{"path", [](HostFacts& h) { h.paths.back().reach = "timeout"; }, CheckId::hostPaths,
              Severity::blocks}),
    [](const auto& fault) { return fault.param.what; });

TEST(JoinPlan, SaysWhichWaysAreClosed) {
    HostFacts host = goodHost();
    host.paths = {{"reg-9", "reg-1", "https", "ok"},
                  {"reg-9", "reg-2", "engine", "timeout"},
                  {"reg-3", "reg-9", "http", "refused"}};
    const auto plan = planJoin(wellCluster(3), host, {});
    const auto& finding = findingIn(plan, CheckId::hostPaths);
    EXPECT_THAT(finding.names,
                ElementsAre("reg-9", "reg-2", "engine", "timeout", "reg-3", "reg-9", "http", "refused"));
    EXPECT_THAT(finding.numbers, ElementsAre(3, 1));
}

// Ways to a member that is dead say nothing of the host; that it is dead is said elsewhere.
TEST(JoinPlan, LeavesOutWaysToTheDead) {
    HostFacts host = goodHost();
    host.paths.push_back({"reg-9", "reg-3", "https", "refused"});
    const auto plan = planJoin(clusterOf({Condition::well, Condition::well, Condition::dead}), host, {});
    EXPECT_EQ(findingIn(plan, CheckId::hostPaths).severity, Severity::passed);
    EXPECT_THAT(findingIn(plan, CheckId::membersWell).names, ElementsAre("reg-3"));
    EXPECT_EQ(findingIn(plan, CheckId::membersWell).severity, Severity::blocks);
}

// Checked once more while it joins already, it does not stand in its own way.
TEST(JoinPlan, TheLearnerItselfIsNoOther) {
    ChangeFacts facts = wellCluster(3);
    MemberFacts learner{.id = ReplicaId("999999999999"), .name = "reg-9", .voting = false};
    learner.url = goodHost().url;
    learner.machine = goodHost().machine;
    facts.members.push_back(learner);
    const auto itself = planJoin(facts, goodHost(), learner.id);
    EXPECT_EQ(worst(itself), Severity::information) << nameOf(itself.findings.front().check); // four voters
    const auto other = planJoin(facts, goodHost(), {});
    EXPECT_EQ(findingIn(other, CheckId::joining).severity, Severity::blocks);
    EXPECT_EQ(findingIn(other, CheckId::hostName).severity, Severity::blocks);
}

// In place too: the host may have the name and the address of the dead one.
TEST(ReplacementPlan, OfADeadOneByAHostInItsPlace) {
    const ChangeFacts facts = clusterOf({Condition::well, Condition::well, Condition::dead});
    HostFacts host = goodHost();
    host.name = "reg-3";
    host.url = "https://reg-3:443";
    host.machine = "machine-3";
    const auto plan = planReplacement(facts, host, facts.members[2].id, {});
    EXPECT_EQ(worst(plan), Severity::passed) << nameOf(plan.findings.front().check);
    EXPECT_EQ(plan.kind, OperationKind::replace);
    EXPECT_EQ(plan.steps, stepsOf(OperationKind::replace));
    EXPECT_EQ(plan.name, "reg-3");
    EXPECT_EQ(plan.hostName, "reg-3");
    EXPECT_EQ(plan.before, (Margin{3, 2, 0}));
    EXPECT_EQ(plan.worst, (Margin{3, 2, 0}));
    EXPECT_EQ(plan.after, (Margin{3, 3, 1}));
    std::set<CheckId> once;
    for (const Finding& finding : plan.findings) {
        EXPECT_TRUE(once.insert(finding.check).second) << nameOf(finding.check);
    }
}

TEST(ReplacementPlan, IsRefusedWhereForgettingOrJoiningIs) {
    const ChangeFacts alive = wellCluster(3);
    const auto ofAlive = planReplacement(alive, goodHost(), alive.members[2].id, {});
    EXPECT_EQ(findingIn(ofAlive, CheckId::silent).severity, Severity::blocks);
    const ChangeFacts facts = clusterOf({Condition::well, Condition::well, Condition::dead});
    HostFacts host = goodHost();
    host.machine = "machine-1";
    EXPECT_EQ(worst(planReplacement(facts, host, facts.members[2].id, {})), Severity::blocks);
    const ChangeFacts two = clusterOf({Condition::well, Condition::dead});
    EXPECT_EQ(worst(planReplacement(two, goodHost(), two.members[1].id, {})), Severity::blocks)
        << "no majority: only a repair helps";
    const ChangeFacts five =
        clusterOf({Condition::well, Condition::well, Condition::well, Condition::dead, Condition::dead});
    EXPECT_EQ(worst(planReplacement(five, goodHost(), five.members[4].id, {})), Severity::blocks)
        << "another dead one is listed";
}

TEST(JoinPlan, OfAHostThatDoesNotAnswerOnlyThatIsSaid) {
    HostFacts host{.name = "reg-9:443", .url = "https://reg-9:443", .answers = false};
    host.whyNot = "reg-9:443 did not answer in time";
    const auto plan = planJoin(wellCluster(4), host, {});
    EXPECT_EQ(findingIn(plan, CheckId::hostAnswers).detail, host.whyNot);
    EXPECT_THAT(plan.findings, testing::SizeIs(7));
}

} // namespace
} // namespace pilothouse::domain
