// SPDX-License-Identifier: GPL-3.0-or-later
#include "repair_fixture.h"
#include "replica/repair/journal.h"

namespace pilothouse::repair::test {
namespace {

using domain::RepairPhase;
using domain::RepairStep;
using pilothouse::test::modeOf;

class JournalTest : public testing::Test {
protected:
    pilothouse::test::TemporaryFolder folder;
    provision::Layout layout{folder.path()};
    Journal journal = orderedJournal("aaaaaaaaaaaa", layout, {{"bbbbbbbbbbbb", "reg-2", "destroyed"}});
    WallTime now = parseRfc3339("2026-11-28T05:30:20.000Z").value();
    void write(const std::string& text) {
        writeFile(layout.repairJournal(), text);
        std::filesystem::permissions(layout.repairJournal(), std::filesystem::perms(0600));
    }
};

TEST_F(JournalTest, ThereIsNoneBeforeTheFirstRepair) {
    const auto none = loadJournal(layout);
    ASSERT_TRUE(none) << none.error().text();
    EXPECT_FALSE(*none);
}

TEST_F(JournalTest, IsReadAsItWasWritten) {
    journal.peer_ca = "PEM";
    journal.sealed_peer_ca_key = "v1.sealed";
    journal.undoing = true;
    journal.merged = true;
    journal.revision = 77;
    ASSERT_TRUE(saveJournal(layout, journal));
    EXPECT_EQ(modeOf(layout.repairJournal()), 0600U);
    const auto read = loadJournal(layout);
    ASSERT_TRUE(read && *read);
    EXPECT_TRUE((*read)->repair == journal.repair);
    EXPECT_EQ((*read)->order_id, "op-1");
    EXPECT_EQ((*read)->peer_ca, "PEM");
    EXPECT_EQ((*read)->sealed_peer_ca_key, "v1.sealed");
    EXPECT_TRUE((*read)->undoing && (*read)->merged);
    EXPECT_EQ((*read)->revision, 77);
}

TEST_F(JournalTest, ADamagedOneIsNotTakenForNone) {
    ASSERT_TRUE(saveJournal(layout, journal));
    const std::string whole = readWhole(layout.repairJournal());
    for (const std::string& damaged :
         {std::string(), std::string("{}x"), std::string("[]"), whole.substr(0, 99),
          std::string(whole.size(), '\0'), std::string(2 << 20, ' ')}) {
        write(damaged);
        const auto read = loadJournal(layout);
        ASSERT_FALSE(read) << damaged.substr(0, 20);
        EXPECT_NE(read.error().message.find("repair.json"), std::string::npos) << read.error().text();
    }
}

TEST_F(JournalTest, OneOfANewerVersionIsLeftAlone) {
    journal.schema = 2;
    ASSERT_TRUE(saveJournal(layout, journal));
    const auto read = loadJournal(layout);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::conflict) << read.error().text();
    EXPECT_NE(read.error().message.find("newer version"), std::string::npos);
}

TEST_F(JournalTest, OneThatOthersMayReadIsRefused) {
    ASSERT_TRUE(saveJournal(layout, journal));
    std::filesystem::permissions(layout.repairJournal(), std::filesystem::perms(0644));
    EXPECT_FALSE(loadJournal(layout));
}

TEST_F(JournalTest, TellsWhetherTheFolderHasToBeWorkedOn) {
    EXPECT_TRUE(isPending(journal));
    endStep(journal, RepairStep::recordEpoch, now);
    EXPECT_FALSE(isPending(journal)) << "a replica may start, and ends the repair";
    journal.undoing = true;
    EXPECT_TRUE(isPending(journal)) << "the folder may be half put back";
    setPhase(journal, RepairPhase::failed);
    EXPECT_FALSE(isPending(journal));
    for (const auto phase : {RepairPhase::done, RepairPhase::putBack}) {
        setPhase(journal, phase);
        EXPECT_FALSE(isPending(journal)) << nameOf(phase);
    }
    setPhase(journal, RepairPhase::puttingBack);
    EXPECT_TRUE(isPending(journal));
    journal.repair.phase = "of a newer version";
    EXPECT_EQ(phaseOf(journal), RepairPhase::failed);
}

TEST_F(JournalTest, StepsBeginAndEndOnceEach) {
    beginStep(journal, RepairStep::copyFolder, now);
    beginStep(journal, RepairStep::copyFolder, now); // after a crash
    EXPECT_FALSE(isDone(journal, RepairStep::copyFolder));
    endStep(journal, RepairStep::copyFolder, now);
    EXPECT_TRUE(isDone(journal, RepairStep::copyFolder));
    EXPECT_EQ(journal.repair.steps.size(), domain::repairSteps().size());
    EXPECT_EQ(journal.repair.steps[1].began_at, "2026-11-28T05:30:20.000Z");
    EXPECT_EQ(journal.repair.journal.size(), 3U);
}

} // namespace
} // namespace pilothouse::repair::test
