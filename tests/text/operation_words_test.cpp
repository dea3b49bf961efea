// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/check.h"
#include "domain/operation.h"
#include "print.h"
#include "text/operation_words.h"
#include "words_for_all.h"

#include <gtest/gtest.h>

namespace pilothouse::text {
namespace {

// What the API calls by a code, people read as words; what this version does not know stays as it is.
TEST(OperationWords, ThereAreSomeForEverything) {
    for (const auto& step : allNames(domain::StepKind::takePart)) {
        const auto words = stepTitle(step, "reg-3");
        EXPECT_TRUE(isWhole(words)) << step;
        EXPECT_NE(words, QString::fromStdString(step));
    }
    for (const auto& reason : allNames(domain::WaitReason::unwell)) {
        EXPECT_TRUE(isWhole(waitingWords({reason, {"reg-1"}, {3}, {}, {}, false, {}}))) << reason;
    }
    for (const auto& check : allNames(domain::CheckId::repairRunning)) {
        for (const auto& severity : allNames(domain::Severity::blocks)) {
            const auto words = findingWords({check, severity, {"reg-1", "reg-2"}, {2, 3, 4}, "remove"});
            EXPECT_TRUE(isWhole(words.title)) << check << ' ' << severity;
            EXPECT_FALSE(words.evidence.contains(QLatin1Char('%'))) << check << ' ' << severity;
        }
    }
    EXPECT_EQ(stepTitle("a_new_step", "reg-3"), QStringLiteral("a_new_step"));
    EXPECT_EQ(phaseWords("a_new_phase"), QStringLiteral("a_new_phase"));
    EXPECT_EQ(findingWords({"a_new_check", "blocks", {}, {}, "because"}).evidence, QStringLiteral("because"));
    EXPECT_EQ(waitingWords({"a_new_reason", {}, {}, {}, {}, false, {}}), QStringLiteral("a_new_reason"));
    EXPECT_EQ(severityWords("a_new_severity"), QStringLiteral("a_new_severity"));
}

// A finding of another version may lack what is expected of it.
TEST(OperationWords, AMissingPartIsAGap) {
    for (const auto& check : allNames(domain::CheckId::repairRunning)) {
        EXPECT_FALSE(findingWords({check, "blocks", {}, {}, {}}).title.isEmpty()) << check;
    }
    for (const auto& reason : allNames(domain::WaitReason::unwell)) {
        EXPECT_FALSE(waitingWords({reason, {}, {}, {}, {}, false, {}}).isEmpty()) << reason;
    }
}

TEST(OperationWords, FindingsSayWhatToDo) {
    const auto alive = findingWords({"silent", "blocks", {"reg-3", "reg-1", "reg-2"}, {}, {}});
    EXPECT_EQ(alive.title, QStringLiteral("reg-3 is heard by reg-1 and reg-2"));
    EXPECT_EQ(alive.evidence, QStringLiteral("It is alive: remove it instead."));
    const auto dead = findingWords({"answers", "blocks", {"reg-3"}, {}, {}});
    EXPECT_EQ(dead.evidence, QStringLiteral("Start it; or, if it never comes back, forget it."));
    const auto lost = findingWords({"copies_left", "forcible", {}, {14}, {}});
    EXPECT_EQ(lost.title, QStringLiteral("14 blobs would be lost"));
    EXPECT_EQ(findingWords({"tolerance", "information", {}, {2, 1, 4}, {}}).evidence,
              QStringLiteral("4 replicas survive no more losses than 3."));
    EXPECT_EQ(findingWords({"other_operation", "blocks", {"reg-2"}, {}, "forget"}).evidence,
              QStringLiteral("“Forget reg-2”: wait until it has ended, or cancel it."));
}

TEST(OperationWords, TheJournalReadsAsSentences) {
    api::Operation operation;
    operation.kind = "remove";
    operation.name = "reg-3";
    const auto line = [&](const char* what, const char* step = "", const char* detail = "") {
        return journalWords({"2026-11-28T05:30:12.000Z", "anna", what, step, detail}, operation);
    };
    EXPECT_EQ(line("started", "", "moved"), QStringLiteral("Started, because: moved"));
    EXPECT_EQ(line("started"), QStringLiteral("Started"));
    EXPECT_EQ(line("step_done", "check"), QStringLiteral("Check once more: done"));
    EXPECT_EQ(line("waits", "hand_over", "no_leader"),
              QStringLiteral("Hand over the leadership, if reg-3 has it: waits (a leader is being elected)"));
    EXPECT_EQ(line("ended", "", "cancelled"), QStringLiteral("Ended: cancelled"));
    EXPECT_EQ(line("something_new"), QStringLiteral("something_new"));
}

TEST(OperationWords, MarginsAreNumbersWithTheirConsequence) {
    EXPECT_EQ(marginWords({5, 5, 2}), QStringLiteral("5 of 5 voting replicas are well, it can lose 2 more"));
    EXPECT_EQ(marginWords({2, 2, 0}),
              QStringLiteral("2 of 2 voting replicas are well, it can lose none of them"));
}

} // namespace
} // namespace pilothouse::text
