// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operation_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pilothouse::domain {
namespace {

MemberFacts member(int number, bool voting = true) {
    MemberFacts facts{.id = ReplicaId(std::string(12, static_cast<char>('a' + number))),
                      .name = "reg-" + std::to_string(number),
                      .voting = voting};
    facts.answers = true;
    facts.well = true;
    facts.restartable = true;
    facts.leads = number == 1;
    facts.lacks = MissingBlobs{};
    return facts;
}

ChangeFacts cluster(int voters) {
    ChangeFacts facts{.members = {}, .quorum = true};
    for (int i = 1; i <= voters; ++i) {
        facts.members.push_back(member(i));
    }
    return facts;
}

Severity severityOf(const OperationPlan& plan, CheckId check) {
    const auto found = std::find_if(plan.findings.begin(), plan.findings.end(),
                                    [&](const Finding& finding) { return finding.check == check; });
    EXPECT_NE(found, plan.findings.end()) << nameOf(check);
    return found != plan.findings.end() ? found->severity : Severity::blocks;
}

OperationPlan restartOf(const ChangeFacts& facts, const ReplicaId& only = {}) {
    return planChange({OperationKind::rollingRestart, only}, facts);
}

// Every cluster up to seven, with every one of its voters unwell or not.
TEST(UpkeepPlan, ARestartNeverTakesTheMajorityAwayUnasked) {
    for (int voters = 1; voters <= 7; ++voters) {
        for (unsigned unwell = 0; unwell < 1U << static_cast<unsigned>(voters); ++unwell) {
            ChangeFacts facts = cluster(voters);
            for (int i = 0; i < voters; ++i) {
                facts.members[static_cast<std::size_t>(i)].well =
                    (unwell >> static_cast<unsigned>(i) & 1U) == 0;
            }
            const int well = voters - __builtin_popcount(unwell);
            const int left = well > 0 ? well - 1 : 0; // when one that is well restarts
            const bool safe = left >= voters / 2 + 1;
            const auto severity = severityOf(restartOf(facts), CheckId::othersWell);
            const auto where = std::to_string(voters) + " voters, unwell " + std::to_string(unwell);
            if (safe) {
                EXPECT_EQ(severity, well == voters ? Severity::passed : Severity::needsWord) << where;
            } else if (voters <= 2) {
                EXPECT_EQ(severity, Severity::needsWord) << where;
            } else {
                EXPECT_EQ(severity, Severity::blocks) << where;
            }
        }
    }
}

TEST(UpkeepPlan, ARestartTakesTheLeaderLastAndHandsOverFirst) {
    const auto plan = restartOf(cluster(3));
    std::vector<std::string> restarted;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (plan.steps[i] == StepKind::restart) {
            restarted.push_back(plan.subjects[i].name);
        }
    }
    EXPECT_EQ(restarted, (std::vector<std::string>{"reg-2", "reg-3", "reg-1"}));
    ASSERT_EQ(plan.steps.size(), plan.subjects.size());
    EXPECT_EQ(plan.steps.front(), StepKind::check);
    EXPECT_EQ(plan.steps[plan.steps.size() - 2], StepKind::handOver);
    EXPECT_EQ(std::count(plan.steps.begin(), plan.steps.end(), StepKind::handOver), 1);
    EXPECT_EQ(plan.before.tolerates, 1);
    EXPECT_EQ(plan.worst.tolerates, 0);
    EXPECT_EQ(plan.worst.well, 2);
    EXPECT_EQ(plan.after, plan.before);
}

TEST(UpkeepPlan, TheOneThatIsUnwellMayBeRestartedAlone) {
    ChangeFacts facts = cluster(3);
    facts.members[1].well = false;
    EXPECT_EQ(severityOf(restartOf(facts, facts.members[1].id), CheckId::othersWell), Severity::passed);
    EXPECT_EQ(severityOf(restartOf(facts, facts.members[2].id), CheckId::othersWell), Severity::blocks);
    EXPECT_EQ(restartOf(facts, facts.members[1].id).steps, stepsOf(OperationKind::rollingRestart));
}

TEST(UpkeepPlan, OneThatIsSilentOrTooOldIsNotRestarted) {
    ChangeFacts facts = cluster(5);
    facts.members[3].restartable = false;
    EXPECT_EQ(severityOf(restartOf(facts), CheckId::restartable), Severity::blocks);
    facts.members[3].answers = facts.members[3].well = false;
    EXPECT_EQ(severityOf(restartOf(facts), CheckId::allAnswer), Severity::blocks);
    EXPECT_EQ(severityOf(restartOf(facts), CheckId::restartable), Severity::passed) << "it is not known";
}

TEST(UpkeepPlan, ARestartDoesNotEmptyThePoolUnasked) {
    ChangeFacts facts = cluster(3);
    EXPECT_EQ(severityOf(restartOf(facts), CheckId::poolLeft), Severity::passed);
    facts.members[0].draining = facts.members[1].draining = true;
    EXPECT_EQ(severityOf(restartOf(facts), CheckId::poolLeft), Severity::needsWord);
    const auto drained = restartOf(facts, facts.members[0].id);
    EXPECT_TRUE(std::none_of(drained.findings.begin(), drained.findings.end(), [](const Finding& finding) {
        return finding.check == CheckId::poolLeft;
    })) << "it takes none now";
}

// Whoever leads carries it out, and must know how.
TEST(UpkeepPlan, AVoterOfAnOlderVersionStandsInTheWay) {
    ChangeFacts facts = cluster(3);
    facts.members[2].restartable = false;
    for (const auto kind : {OperationKind::rollingRestart, OperationKind::makeLeader, OperationKind::drain,
                            OperationKind::undrain, OperationKind::rename}) {
        const auto plan = planChange({kind, facts.members[1].id, "berlin-1"}, facts);
        EXPECT_EQ(severityOf(plan, CheckId::restartable), Severity::blocks) << nameOf(kind);
    }
}

TEST(UpkeepPlan, OnlyAVoterThatAnswersLeads) {
    ChangeFacts facts = cluster(3);
    facts.members.push_back(member(4, false));
    const auto plan = [&](std::size_t at) {
        return planChange({OperationKind::makeLeader, facts.members[at].id}, facts);
    };
    EXPECT_EQ(severityOf(plan(1), CheckId::mayLead), Severity::passed);
    EXPECT_EQ(severityOf(plan(0), CheckId::leadsAlready), Severity::information);
    EXPECT_EQ(severityOf(plan(3), CheckId::mayLead), Severity::blocks);
    facts.members[1].well = false;
    EXPECT_EQ(severityOf(plan(1), CheckId::membersWell), Severity::needsWord);
    facts.members[1].answers = false;
    EXPECT_EQ(severityOf(plan(1), CheckId::answers), Severity::blocks);
}

TEST(UpkeepPlan, TheLastThatTakesTrafficIsNotDrainedUnasked) {
    ChangeFacts facts = cluster(3);
    const auto severity = [&] {
        return severityOf(planChange({OperationKind::drain, facts.members[0].id}, facts), CheckId::poolLeft);
    };
    EXPECT_EQ(severity(), Severity::passed);
    facts.members[1].draining = true;
    EXPECT_EQ(severity(), Severity::information);
    facts.members[2].well = false;
    EXPECT_EQ(severity(), Severity::needsWord);
}

TEST(UpkeepPlan, ANameIsOfOneReplicaOnly) {
    const ChangeFacts facts = cluster(3);
    const auto severity = [&](const char* name) {
        const auto plan = planChange({OperationKind::rename, facts.members[0].id, name}, facts);
        EXPECT_EQ(plan.newName, name);
        return severityOf(plan, CheckId::newName);
    };
    EXPECT_EQ(severity("berlin-1"), Severity::passed);
    EXPECT_EQ(severity("reg-1"), Severity::information);
    EXPECT_EQ(severity("reg-2"), Severity::blocks);
}

// Nothing that is about all replicas can be forced or agreed to by saying nothing.
TEST(UpkeepPlan, NoNameMeansNoWord) {
    EXPECT_TRUE(standsInTheWay(Severity::needsWord, "", {}));
    EXPECT_TRUE(standsInTheWay(Severity::forcible, "", {}));
    EXPECT_FALSE(standsInTheWay(Severity::needsWord, "", {.reason = "a new version", .typedName = ""}));
}

} // namespace
} // namespace pilothouse::domain
