// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/check.h"
#include "domain/repair.h"
#include "print.h"
#include "text/operation_words.h"
#include "text/repair_words.h"
#include "text/sentence.h"
#include "words_for_all.h"

#include <QCoreApplication>
#include <QLocale>

#include <gtest/gtest.h>

namespace pilothouse::text {
namespace {

api::Survivor survivor(const char* name, std::int64_t term, std::int64_t last, std::int64_t committed,
                       std::optional<std::int64_t> missing = 0) {
    return {name, name, api::EngineLog{term, last, committed}, missing};
}

// With the translations installed: they hold the English plurals.
class RepairWords : public testing::Test {
protected:
    RepairWords() {
        QLocale::setDefault(QLocale::c());
        installTranslations();
    }
    ~RepairWords() override { QLocale::setDefault(m_before); }

private:
    QLocale m_before;
    int m_argc = 1;
    char m_name[5] = "test";
    char* m_argv[2] = {m_name, nullptr};
    QCoreApplication m_application{m_argc, m_argv};
};

TEST_F(RepairWords, ThereAreSomeForEverything) {
    for (const auto& step : allNames(domain::RepairStep::serve)) {
        const auto words = repairStepTitle(step, "reg-1");
        EXPECT_TRUE(isWhole(words)) << step;
        EXPECT_NE(words, QString::fromStdString(step));
    }
    for (const auto& phase : allNames(domain::RepairPhase::putBack)) {
        EXPECT_TRUE(isWhole(repairPhaseWords(phase))) << phase;
        api::Repair repair;
        repair.name = "reg-1";
        repair.phase = phase;
        EXPECT_TRUE(isWhole(repairEndWords(repair))) << phase;
    }
    for (const auto& statement : allNames(domain::Statement::cutOff)) {
        EXPECT_TRUE(isWhole(statementWords(statement))) << statement;
        EXPECT_TRUE(isWhole(statementMeaning(statement))) << statement;
    }
    EXPECT_EQ(repairStepTitle("a_new_step", "reg-1"), QStringLiteral("a_new_step"));
    EXPECT_EQ(repairPhaseWords("a_new_phase"), QStringLiteral("a_new_phase"));
    EXPECT_EQ(statementWords("a_new_one"), QStringLiteral("a_new_one"));
}

// What is found before a repair, by severity.
struct FindingCase {
    api::Finding finding;
    const char* title;
    const char* evidence;
};

void expectWords(const std::vector<FindingCase>& cases) {
    for (const auto& each : cases) {
        const auto words = findingWords(each.finding);
        EXPECT_EQ(words.title, QString::fromUtf8(each.title)) << each.finding.check;
        EXPECT_EQ(words.evidence, QString::fromUtf8(each.evidence)) << each.finding.check;
    }
}

TEST_F(RepairWords, FindingsSayWhoMayStillServe) {
    expectWords({
        {{"no_majority", "blocks", {"reg-2"}, {}, {}},
         "reg-2 has a majority",
         "The cluster lives: mend the network to it instead of repairing."},
        {{"no_majority", "blocks", {"reg-2", "reg-3"}, {}, {}},
         "reg-2 and reg-3 have a majority",
         "The cluster lives: mend the network to it instead of repairing."},
        {{"majority_answers", "blocks", {"reg-1", "reg-2"}, {2, 2}, {}},
         "2 voters answer, 2 are needed",
         "They only have to hear each other again: reg-1 and reg-2."},
        {{"majority_answers", "passed", {"reg-1"}, {1, 2}, {}},
         "Too few that vote answer: 1, and 2 are needed",
         ""},
        {{"statements", "blocks", {"reg-3"}, {}, {}},
         "It is not said what became of reg-3",
         "Say whether it is destroyed, powered off, or cut off from its peers and from clients. While that "
         "is not known, do not repair: it may be serving."},
        {{"silent_majority", "information", {"reg-3"}, {1, 2}, {}},
         "reg-3 is only cut off",
         "It may run, but is too few to take a change: 1, and 2 are needed."},
        {{"silent_majority", "needs_word", {"reg-2", "reg-3"}, {2, 2}, {}},
         "reg-2 and reg-3 may be a majority among themselves",
         "They are only cut off, so they may run. Should a client reach them, they take pushes that the "
         "repaired cluster will never have: power them off first if you can."},
    });
}

TEST_F(RepairWords, FindingsSayWhatIsLostAndWhatIsInTheWay) {
    expectWords({
        {{"survivor_votes", "blocks", {"reg-4"}, {}, {}},
         "reg-4 has no vote",
         "It was still joining: repair from one that votes."},
        {{"survivor_log", "blocks", {"reg-1"}, {0, 0}, "The file 0.wal is damaged"},
         "The log of reg-1 cannot be read",
         "The file 0.wal is damaged"},
        {{"survivor_log", "passed", {"reg-1"}, {812, 810}, {}},
         "The log of reg-1 is whole up to entry 812",
         "It knows that a majority had everything up to entry 810."},
        {{"best_survivor", "needs_word", {"reg-1", "reg-3"}, {12}, {}},
         "reg-3 holds 12 entries more than reg-1",
         "Repair from reg-3 instead, or say why not."},
        {{"best_survivor", "needs_word", {"reg-1", "reg-3"}, {0}, {}},
         "The log of reg-3 is newer than that of reg-1",
         "Repair from reg-3 instead, or say why not."},
        {{"entries_lost", "needs_word", {"reg-2", "reg-3"}, {812}, {}},
         "What reg-2 and reg-3 accepted after entry 812 is lost",
         "The survivor has not heard of a majority since it was started."},
        {{"entries_lost", "needs_word", {}, {812}, "yesterday"},
         "What others accepted after entry 812 is lost",
         "The survivor last heard of a majority at yesterday."},
        {{"blobs_lost", "needs_word", {"reg-2"}, {5, 3}, {}},
         "3 blobs are at nobody who answers",
         "What names them stays listed, as damaged, until they are pushed again or a replica that has them "
         "comes back."},
        {{"blobs_lost", "needs_word", {}, {-1, -1}, {}},
         "It is not known which blobs the survivor lacks",
         "It has not looked at all of them yet: try again in a moment."},
        {{"blobs_lost", "information", {"reg-2"}, {1, 0}, {}},
         "The survivor lacks 1 blob",
         "It is at reg-2: keep the data there until it is copied."},
        {{"copy_space", "blocks", {}, {1'000'000, 2'000'000}, "/var/lib/pilothouse/repair"},
         "There is too little room for the copy, in /var/lib/pilothouse/repair",
         "1 MB are free, the copy takes 2 MB. The engine needs some beside it: make room there."},
        {{"survivor_epoch", "blocks", {"reg-2", "reg-1"}, {1, 2}, {}},
         "The cluster was repaired from reg-1 already, and reg-2 was left behind",
         "It is in epoch 2, this one in epoch 1: look at that one first."},
        {{"repair_running", "blocks", {}, {}, "putting_back"},
         "A repair is under way already: being put back",
         "Wait until it has ended."},
    });
}

TEST_F(RepairWords, TheLastMajorityIsTimedByTheClockHere) {
    const auto words =
        findingWords({"entries_lost", "needs_word", {"reg-2"}, {812}, "2026-11-28T11:42:07.250Z"});
    // Whatever the time zone is, the day is near and the seconds are those.
    EXPECT_TRUE(words.evidence.contains(QStringLiteral("2026-11-2"))) << words.evidence.toStdString();
    EXPECT_TRUE(words.evidence.endsWith(QStringLiteral(":07."))) << words.evidence.toStdString();
}

TEST_F(RepairWords, ThePlanSaysWhatBecomesOfWhom) {
    api::RepairPlan plan;
    plan.replica = plan.name = "reg-1";
    plan.from_epoch = 1;
    plan.to_epoch = 2;
    plan.survivors = {survivor("reg-1", 7, 812, 810), survivor("reg-4", 7, 800, 800)};
    plan.silent = {{"reg-5", "reg-5", "destroyed"}, {"reg-2", "reg-2", "cut_off"}};
    EXPECT_EQ(repairTitle("reg-1"), QStringLiteral("Repair from reg-1"));
    EXPECT_EQ(repairOutcome(plan), QStringLiteral("reg-1 goes on alone, in epoch 2, with what it holds."));
    EXPECT_TRUE(leftBehindWords(plan).startsWith(QStringLiteral("reg-2, reg-4 and reg-5 stay behind.")))
        << leftBehindWords(plan).toStdString();
    plan.silent.clear();
    plan.survivors.resize(1);
    EXPECT_TRUE(leftBehindWords(plan).isEmpty()) << leftBehindWords(plan).toStdString();
}

TEST_F(RepairWords, SurvivorsAreCompared) {
    EXPECT_EQ(survivorWords(survivor("reg-1", 7, 812, 810, 3)),
              QStringLiteral("last entry 812 (term 7), 810 committed · lacks 3 blobs"));
    EXPECT_EQ(survivorWords({"reg-1", "reg-1", std::nullopt, std::nullopt}),
              QStringLiteral("its log cannot be read · what it lacks is not known"));
    const auto why = [](const api::Survivor& best, const api::Survivor& next) {
        return bestSurvivorWords({best, next});
    };
    const auto best = survivor("reg-3", 7, 812, 810);
    EXPECT_EQ(why(best, survivor("reg-1", 7, 800, 800)),
              QStringLiteral("reg-3 holds 12 entries more than reg-1."));
    EXPECT_EQ(why(best, survivor("reg-1", 6, 900, 800)),
              QStringLiteral("The log of reg-3 is newer than that of reg-1: term 7 instead of 6."));
    EXPECT_EQ(why(best, survivor("reg-1", 7, 812, 809)),
              QStringLiteral("reg-3 holds as many entries as reg-1, and knows of 1 more that a majority had "
                             "it."));
    EXPECT_EQ(why(best, survivor("reg-1", 7, 812, 810, 2)),
              QStringLiteral("reg-3 holds the same entries as reg-1, and lacks fewer blobs."));
    EXPECT_EQ(why(best, {"reg-1", "reg-1", std::nullopt, 0}),
              QStringLiteral("The log of reg-3 can be read, that of reg-1 cannot."));
    EXPECT_EQ(why(best, survivor("reg-1", 7, 812, 810)), QStringLiteral("reg-3 and reg-1 hold the same."));
    EXPECT_TRUE(bestSurvivorWords({best}).isEmpty());
}

TEST_F(RepairWords, TheJournalReadsAsSentences) {
    api::Repair repair;
    repair.name = "reg-1";
    const auto line = [&](const char* what, const char* step = "", const char* detail = "") {
        return repairJournalWords({"2026-11-28T05:30:12.000Z", "anna", what, step, detail}, repair);
    };
    EXPECT_EQ(line("started", "", "the others burnt"), QStringLiteral("Started, because: the others burnt"));
    EXPECT_EQ(line("step_done", "copy_folder"), QStringLiteral("Copy the engine’s data of reg-1: done"));
    EXPECT_EQ(line("failed", "", "the disk is full"),
              QStringLiteral("Failed, and is taken back: the disk is full"));
    EXPECT_EQ(line("put_back", "", "oops"), QStringLiteral("Put back, because: oops"));
    EXPECT_EQ(line("put_back"), QStringLiteral("Put back"));
    EXPECT_EQ(line("ended"), QStringLiteral("Ended"));
    EXPECT_EQ(line("ended", "", "Everything is as it was before"),
              QStringLiteral("Ended: Everything is as it was before"));
    EXPECT_EQ(line("something_new", "", "because"), QStringLiteral("something_new: because"));
}

TEST_F(RepairWords, TheEndSaysWhetherItCanBePutBack) {
    api::Repair repair;
    repair.name = "reg-1";
    repair.phase = "done";
    repair.from_epoch = 1;
    repair.to_epoch = 2;
    repair.can_put_back = true;
    EXPECT_EQ(repairEndWords(repair), QStringLiteral("reg-1 serves again, alone, in epoch 2."));
    EXPECT_EQ(putBackWords(repair), QStringLiteral("It can be put back until a second replica has joined."));
    repair.changes_since = 14;
    EXPECT_TRUE(putBackWords(repair).endsWith(QStringLiteral("That would lose the 14 changes made since.")))
        << putBackWords(repair).toStdString();
    repair.can_put_back = false;
    repair.why_not_put_back = "reg-4 has joined";
    EXPECT_EQ(putBackWords(repair), QStringLiteral("reg-4 has joined"));
}

TEST_F(RepairWords, TheWayBackToThreeIsCommands) {
    const auto gone = stepsAfterRepair({{"b", "reg-2", {}, {}, 1, "destroyed", {}}});
    EXPECT_EQ(gone.size(), 2) << "a destroyed one does not come back";
    const auto steps = stepsAfterRepair({{"b", "reg-2", {}, {}, 1, "destroyed", {}},
                                         {"c", "reg-3", {}, {}, 1, "powered_off", {}},
                                         {"d", "reg-4", {}, {}, 1, "", {}}});
    ASSERT_EQ(steps.size(), 3);
    EXPECT_TRUE(steps[1].commands.contains(QStringLiteral("pilothousectl join --yes")));
    EXPECT_EQ(steps[2].title,
              QStringLiteral("reg-3 and reg-4 may join again like new hosts, once they are emptied"));
}

TEST_F(RepairWords, FormerMembersSayWhatTheyWaitFor) {
    const api::FormerMember member{"b", "reg-2", {}, {}, 1, "powered_off", {}};
    EXPECT_EQ(formerMemberWords(member, true),
              QStringLiteral("of epoch 1, read-only, waits to be emptied and joined again"));
    EXPECT_EQ(formerMemberWords(member, false),
              QStringLiteral("of epoch 1, left behind by a repair, does not answer (powered off)"));
    EXPECT_TRUE(nothingToRepairFrom(QStringLiteral("prod-eu"))
                    .startsWith(QStringLiteral("No replica of prod-eu answers")));
    EXPECT_TRUE(whatABackupNeeds().contains(QStringLiteral("at one revision")));
}

} // namespace
} // namespace pilothouse::text
