// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of checks, and runbooks.
#include "domain/check.h"
#include "domain/operation.h"
#include "domain/repair.h"
#include "print.h"
#include "text/margin_moments.h"
#include "text/markdown.h"
#include "text/operation_history.h"
#include "text/operation_words.h"
#include "text/runbook.h"
#include "words_for_all.h"

#include <gtest/gtest.h>

namespace pilothouse::text {
namespace {

const DocumentContext context{QStringLiteral("prod-eu"),
                              WallTime(std::chrono::seconds(1'795'844'531)),
                              {{QStringLiteral("7be0113d90fe"), QStringLiteral("reg-1")}}};

std::vector<api::Finding> findings() {
    return {{"copies_left", "forcible", {}, {3}, {}},
            {"tolerance", "needs_word", {}, {1, 0, 2}, {}},
            {"copies_behind", "information", {"reg-4"}, {14}, {}},
            {"a_new_check", "a_new_severity", {}, {}, "because"},
            {"quorum", "passed", {}, {3, 2}, {}}};
}

api::OperationPlan planOf(const std::string& kind, const std::vector<std::string>& steps) {
    api::OperationPlan plan;
    plan.kind = kind;
    plan.replica = "c00000000003";
    plan.name = "reg-3";
    plan.steps = steps;
    plan.findings = findings();
    plan.before = {3, 3, 1};
    plan.worst = {2, 2, 0};
    plan.after = {2, 2, 0};
    return plan;
}

api::OperationPlan planOf(domain::OperationKind kind) {
    std::vector<std::string> steps;
    for (const auto step : stepsOf(kind)) {
        steps.emplace_back(nameOf(step));
    }
    api::OperationPlan plan = planOf(std::string(nameOf(kind)), steps);
    if (hasHost(kind)) {
        plan.host_name = "reg-6";
    }
    return plan;
}

api::Operation doneOf(const api::OperationPlan& plan) {
    api::Operation operation = asOperation(plan);
    operation.id = "20261128T053012-4f2a";
    operation.phase = "done";
    operation.started_by = "anna";
    operation.started_at = "2026-11-28T05:30:12.000Z";
    operation.ended_at = "2026-11-28T05:33:12.000Z";
    operation.reason = "its host | is *given* back\n# today";
    for (auto& step : operation.steps) {
        step = {step.kind, "done", operation.started_at, operation.ended_at};
    }
    operation.journal = {{operation.started_at, "anna", "started", {}, *operation.reason},
                         {*operation.ended_at, "7be0113d90fe", "ended", {}, "done"}};
    return operation;
}

void expectPart(const QString& text, const QString& part) {
    EXPECT_TRUE(text.contains(part)) << part.toStdString() << " is missing in\n" << text.toStdString();
}

// Where `part` stands, so that an order can be told.
qsizetype at(const QString& text, const QString& part) {
    expectPart(text, part);
    return text.indexOf(part);
}

TEST(ChecksReport, HasVerdictMarginsAndFindingsTheWorstFirst) {
    const QString report = checksReport(planOf(domain::OperationKind::remove), context);
    EXPECT_TRUE(report.startsWith(QStringLiteral("# Checks: Remove reg-3\n\nCluster prod-eu, written 2026-")))
        << report.toStdString();
    EXPECT_LT(at(report, QStringLiteral("**It would lose data")),
              at(report, QStringLiteral("## What can be lost")));
    expectPart(report,
               QStringLiteral("- Before: 3 of 3 voting replicas are well, it can lose 1 more.\n"
                              "- At the worst moment: 2 of 2 voting replicas are well, it can lose none"));
    const qsizetype order[] = {at(report, QStringLiteral("- **3 blobs would be lost**")),
                               at(report, QStringLiteral("### Needs your word (1)")),
                               at(report, QStringLiteral("- **14 blobs are still being copied**: To reg-4.")),
                               at(report, QStringLiteral("### a\\_new\\_severity (1)")),
                               at(report, QStringLiteral("### Passed (1)"))};
    EXPECT_TRUE(std::is_sorted(std::begin(order), std::end(order))) << report.toStdString();
}

TEST(ChecksReport, ThereIsAVerdictForEverySeverity) {
    for (const auto& severity : allNames(domain::Severity::blocks)) {
        api::OperationPlan plan = planOf(domain::OperationKind::forget);
        plan.findings = {{"quorum", severity, {}, {1, 2}, {}}};
        const QString report = checksReport(plan, context);
        const QString verdict = report.section(QStringLiteral("**"), 1, 1);
        EXPECT_TRUE(isWhole(verdict)) << severity << ": " << verdict.toStdString();
        const bool free = severity == "passed" || severity == "information";
        EXPECT_EQ(verdict == QStringLiteral("Nothing speaks against it."), free)
            << severity << ": " << verdict.toStdString();
        expectPart(report, QStringLiteral("### %1 (1)").arg(severityWords(severity)));
    }
    api::Operation operation = doneOf(planOf(domain::OperationKind::forget));
    operation.typed_name = "reg-3";
    const QString report = checksReport(operation, context);
    expectPart(report, QStringLiteral("the name was typed"));
    expectPart(report, QStringLiteral("this reason was given: its host \\| is \\*given\\* back \\# today**"));
    operation.findings.clear();
    expectPart(checksReport(operation, context), QStringLiteral("**Nothing was checked.**"));
}

TEST(Runbook, TellsOfEveryStepOfEveryKind) {
    using domain::OperationKind;
    for (const auto kind : {OperationKind::remove, OperationKind::forget, OperationKind::join,
                            OperationKind::replace, OperationKind::rollingRestart, OperationKind::makeLeader,
                            OperationKind::drain, OperationKind::undrain, OperationKind::rename}) {
        const std::string name(nameOf(kind));
        api::OperationPlan plan = planOf(kind);
        if (kind == OperationKind::rename) {
            plan.new_name = "berlin-3";
        }
        const QString text = runbook(plan, context);
        const api::Operation operation = asOperation(plan);
        for (std::size_t at = 0; at < plan.steps.size(); ++at) {
            const std::string& step = plan.steps[at];
            expectPart(text,
                       QStringLiteral("### %1. %2\n").arg(at + 1).arg(markdown::plain(stepTitle(plan, at))));
            const StepGuide guide = guideTo(operation.steps[at], operation, context.cluster);
            EXPECT_TRUE(isWhole(guide.does) && isWhole(guide.goOn)) << name << ' ' << step;
            EXPECT_FALSE(guide.commands.isEmpty()) << name << ' ' << step;
            if (step != "check") {
                EXPECT_NE(guide.does, QStringLiteral("The cluster does this by itself.")) << step;
            }
        }
        EXPECT_EQ(text.count(QStringLiteral("**Once this is done it cannot be cancelled any more.**")),
                  commitOf(kind) ? 1 : 0)
            << text.toStdString();
        expectPart(text, QStringLiteral("    pilothousectl operations cancel --cluster prod-eu\n"));
        expectPart(text, QStringLiteral("## If something dies in the middle"));
        expectPart(text, QStringLiteral("    pilothousectl %1 --cluster prod-eu%2 --dry-run\n")
                             .arg(verbFor(operation),
                                  hasHost(kind) ? QStringLiteral(" --setup-code-file FILE") : QString()));
        EXPECT_FALSE(text.contains(QStringLiteral("## What happened"))) << "it is only planned";
        EXPECT_FALSE(text.contains(QStringLiteral("%1"))) << text.toStdString();
    }
}

TEST(Runbook, TellsWhatReallyHappened) {
    const QString text = runbook(doneOf(planOf(domain::OperationKind::remove)), context);
    expectPart(text, QStringLiteral("## What happened"));
    expectPart(text, QStringLiteral("took 3 min"));
    expectPart(text, QStringLiteral("| Check once more | done · 3 min | 2026-11-28 "));
    expectPart(text, QStringLiteral("Started, because: its host \\| is \\*given\\* back \\# today |"));
    expectPart(text, QStringLiteral(" | reg-1 | Ended: done |"));
    expectPart(text, QStringLiteral("pilothousectl operations follow --cluster prod-eu"));
    api::Operation running = doneOf(planOf(domain::OperationKind::remove));
    running.phase = "running";
    running.ended_at.reset();
    expectPart(runbook(running, context),
               QStringLiteral("pilothousectl operations follow 20261128T053012-4f2a --cluster prod-eu"));
    EXPECT_FALSE(text.contains(QStringLiteral("\n# today"))) << "no markup of others\n" << text.toStdString();
}

// Of another version, or a repair.
TEST(Runbook, TellsOfWhatItDoesNotKnowUnderItsName) {
    api::OperationPlan plan = planOf("defragment", {"compact_everything"});
    const QString text = runbook(plan, context);
    expectPart(text, QStringLiteral("# Runbook: defragment reg-3\n"));
    expectPart(text, QStringLiteral("### 1. compact\\_everything\n"));
    expectPart(text, QStringLiteral("The cluster does this by itself."));
    expectPart(text, QStringLiteral("pilothousectl operations cancel"));
    EXPECT_FALSE(text.contains(QStringLiteral("All of it as one command"))) << "it is not known";
    std::vector<std::string> steps;
    for (const auto step : domain::repairSteps()) {
        steps.emplace_back(nameOf(step));
    }
    const QString repair = runbook(doneOf(planOf("repair", steps)), context);
    expectPart(repair, QStringLiteral("# Runbook: Repair from reg-3\n"));
    expectPart(repair, QStringLiteral("### 1. Stop the engine of reg-3, and what it serves\n"));
    expectPart(repair, QStringLiteral("    pilothousectl repair put-back --cluster prod-eu --yes\n"));
    EXPECT_FALSE(repair.contains(QStringLiteral("operations cancel"))) << repair.toStdString();
}

TEST(Markdown, QuotesForAShell) {
    EXPECT_EQ(markdown::shellWord(QStringLiteral("reg-3.dc2")), QStringLiteral("reg-3.dc2"));
    EXPECT_EQ(markdown::shellWord(QStringLiteral("anna's host")), QStringLiteral("'anna'\\''s host'"));
    EXPECT_EQ(markdown::shellWord({}), QStringLiteral("''"));
    EXPECT_EQ(markdown::commands({QStringLiteral("a\nb")}), QStringLiteral("    a b\n\n"));
}

TEST(MarginMoments, SayWhoLeavesAndWhoIsNew) {
    using domain::OperationKind;
    api::OperationPlan plan = planOf(OperationKind::remove);
    auto moments = marginMoments(plan);
    EXPECT_EQ(moments[0].sentence(),
              QStringLiteral("Now: can lose 1. 3 of 3 voting replicas are well; reg-3 leaves."));
    EXPECT_EQ(moments[1].sentence(),
              QStringLiteral("Worst moment: can lose 0, and it stays so. 2 of 2 voting replicas are well."));
    EXPECT_EQ(moments[0].fate, Fate::leaves);
    EXPECT_TRUE(moments[0].fatedWell);
    EXPECT_EQ(moments[2].fate, Fate::none);

    plan = planOf(OperationKind::join);
    plan.after = {4, 4, 1};
    plan.worst = plan.before;
    moments = marginMoments(plan);
    EXPECT_EQ(moments[0].fate, Fate::none);
    EXPECT_EQ(moments[1].loss, QStringLiteral("can lose 1, never fewer than now"));
    EXPECT_TRUE(moments[2].words.endsWith(QStringLiteral("; reg-6 is new")));
    EXPECT_EQ(moments[2].fate, Fate::joins);

    plan = planOf(OperationKind::replace);
    plan.before = {5, 4, 1};
    plan.worst = {4, 4, 1};
    plan.after = {5, 5, 2};
    moments = marginMoments(plan);
    EXPECT_TRUE(moments[0].words.endsWith(QStringLiteral("; reg-3 is silent, and leaves")));
    EXPECT_FALSE(moments[0].fatedWell);
    EXPECT_EQ(moments[1].fate, Fate::none) << "the one is gone, the other not there yet";
    EXPECT_EQ(moments[1].loss, QStringLiteral("can lose 1 until reg-6 votes"));
    EXPECT_EQ(moments[2].fate, Fate::joins);

    // Of a newer version: the numbers, and nobody is marked.
    plan.kind = "rolling-something";
    plan.worst = {5, 3, 0};
    moments = marginMoments(plan);
    EXPECT_EQ(moments[1].loss, QStringLiteral("can lose 0 until it is done"));
    for (const MarginMoment& moment : moments) {
        EXPECT_EQ(moment.fate, Fate::none);
    }
    // One that does not vote is in no ring.
    plan = planOf(OperationKind::remove);
    plan.worst = plan.after = plan.before;
    EXPECT_EQ(marginMoments(plan)[0].fate, Fate::none);
}

TEST(OperationHistory, SaysHowFarAndHowLong) {
    api::Operation operation = doneOf(planOf(domain::OperationKind::remove));
    const WallTime now = *parseRfc3339("2026-11-28T06:00:12.000Z");
    EXPECT_EQ(operationState(operation), QStringLiteral("done"));
    EXPECT_TRUE(operationByline(operation, now).endsWith(QStringLiteral("took 3 min")));
    operation.phase = "running";
    operation.ended_at.reset();
    operation.steps[1] = {"drain", "running", operation.started_at, {}};
    EXPECT_EQ(operationState(operation), QStringLiteral("step 2 of 7"));
    EXPECT_TRUE(operationByline(operation, now).endsWith(QStringLiteral("30 min so far")));
    EXPECT_TRUE(stepNote(operation.steps[1], operation).startsWith(QStringLiteral("running since ")));
    api::Operation repair = operation;
    repair.kind = "repair";
    repair.phase = "cancelled";
    EXPECT_EQ(operationState(repair), QStringLiteral("taken back"));
    operation.phase = "refused";
    EXPECT_EQ(stepNote(operation.steps[1], operation), QStringLiteral("not finished"));
    for (const auto& state : allNames(domain::StepState::undone)) {
        EXPECT_TRUE(isWhole(stepNote({"drain", state, {}, {}}, operation))) << state;
    }
    EXPECT_EQ(stepNote({"drain", "a_new_state", {}, {}}, operation), QStringLiteral("a_new_state"));
    EXPECT_EQ(localTime("soon"), QStringLiteral("soon"));
    EXPECT_EQ(lasted("2026-11-28T06:00:12.000Z", "2026-11-28T06:00:11.000Z", now), Milliseconds(0))
        << "clocks differ";
    EXPECT_EQ(documentName("join", "reg 6/ü", QStringLiteral("checks")),
              QStringLiteral("join-reg-6--checks.md"));
}

} // namespace
} // namespace pilothouse::text
