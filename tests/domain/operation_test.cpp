// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/check.h"
#include "domain/operation.h"
#include "expect_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace pilothouse::domain {
namespace {

TEST(Operation, NamesLeadBack) {
    expectNames(OperationKind::rename, operationKindOf);
    expectNames(StepKind::rename, stepKindOf);
    expectNames(StepState::undone, stepStateOf);
    expectNames(OperationPhase::refused, operationPhaseOf);
    expectNames(WaitReason::trouble, waitReasonOf);
    expectNames(Decision::skip, decisionOf);
    expectNames(CheckId::repairRunning, checkIdOf);
    expectNames(Severity::blocks, severityOf);
}

TEST(Operation, ChecksFirstAndCommitsOnce) {
    for (const OperationKind kind :
         {OperationKind::remove, OperationKind::forget, OperationKind::join, OperationKind::replace,
          OperationKind::makeLeader, OperationKind::rename}) {
        const auto& steps = stepsOf(kind);
        EXPECT_EQ(steps.front(), StepKind::check);
        ASSERT_TRUE(commitOf(kind)) << nameOf(kind);
        EXPECT_EQ(std::count(steps.begin(), steps.end(), *commitOf(kind)), 1);
        EXPECT_EQ(std::set<StepKind>(steps.begin(), steps.end()).size(), steps.size());
        EXPECT_FALSE(canBeSkipped(*commitOf(kind)));
    }
}

// All of it can be taken back until the end.
TEST(Operation, WhatCanAlwaysBeTakenBackHasNoCommit) {
    for (const OperationKind kind :
         {OperationKind::rollingRestart, OperationKind::drain, OperationKind::undrain}) {
        EXPECT_EQ(stepsOf(kind).front(), StepKind::check);
        EXPECT_FALSE(commitOf(kind)) << nameOf(kind);
        EXPECT_FALSE(changesMembers(kind)) << nameOf(kind);
    }
}

// A replica that is alive gives everything away before it goes.
TEST(Operation, ARemovalDrainsAndCopiesBeforeItRemoves) {
    const auto& steps = stepsOf(OperationKind::remove);
    const auto at = [&](StepKind step) { return std::find(steps.begin(), steps.end(), step); };
    EXPECT_LT(at(StepKind::drain), at(StepKind::finishRequests));
    EXPECT_LT(at(StepKind::finishRequests), at(StepKind::handOver));
    EXPECT_LT(at(StepKind::handOver), at(StepKind::completeCopies));
    EXPECT_LT(at(StepKind::completeCopies), at(StepKind::removeMember));
    EXPECT_FALSE(canBeSkipped(StepKind::completeCopies)) << "the only copy of a blob would go";
    EXPECT_FALSE(canBeSkipped(StepKind::check));
}

struct ObjectionCase {
    Severity severity;
    const char* reason;
    const char* typedName;
    bool objects;
};

TEST(Operation, IsOverOnceNothingIsDoneAnyMore) {
    EXPECT_FALSE(isOver(OperationPhase::running));
    EXPECT_FALSE(isOver(OperationPhase::undoing));
    EXPECT_TRUE(isOver(OperationPhase::done));
    EXPECT_TRUE(isOver(OperationPhase::cancelled));
    EXPECT_TRUE(isOver(OperationPhase::refused));
}

TEST(Objections, GoByWordAndByTypedName) {
    const ObjectionCase cases[] = {
        {Severity::passed, "", "", false},
        {Severity::information, "", "", false},
        {Severity::needsWord, "", "", true},
        {Severity::needsWord, "moved", "", false},
        {Severity::needsWord, "", "reg-2", false},
        {Severity::needsWord, "", "reg-3", true},
        {Severity::forcible, "", "", true},
        {Severity::forcible, "moved", "", true},
        {Severity::forcible, "", "reg-2", false},
        {Severity::forcible, "", "reg-3", true},
        {Severity::forcible, "moved", "REG-2", true},
        {Severity::blocks, "moved", "reg-2", true},
    };
    for (const auto& each : cases) {
        const std::vector<Finding> findings{{CheckId::quorum}, {CheckId::tolerance, each.severity}};
        const auto standing = objections(findings, "reg-2", {each.reason, each.typedName});
        EXPECT_EQ(standing.size(), each.objects ? 1U : 0U)
            << nameOf(each.severity) << " '" << each.reason << "' '" << each.typedName << "'";
    }
}

} // namespace
} // namespace pilothouse::domain
