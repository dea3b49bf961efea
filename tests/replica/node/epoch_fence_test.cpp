// SPDX-License-Identifier: GPL-3.0-or-later
// When a replica that was left behind stops taking changes, and when it takes them again.
#include "replica/node/epoch_fence.h"
#include "support/fixtures.h"

#include <vector>

namespace pilothouse::node {
namespace {

using pilothouse::test::readWhole;
using pilothouse::test::writeFile;

class EpochFenceTest : public testing::Test {
protected:
    [[nodiscard]] EpochFence open(std::int64_t epoch = 1) {
        return EpochFence(
            {"self", epoch, file()}, clock, [this](const auto& by) { told.push_back(by); }, Logger());
    }
    [[nodiscard]] std::filesystem::path file() const { return folder / "newer-epoch.json"; }
    static api::Heartbeat from(const std::string& id, std::int64_t epoch,
                               std::optional<api::NewerEpoch> newer = std::nullopt) {
        api::Heartbeat heartbeat;
        heartbeat.id = id;
        heartbeat.epoch = epoch;
        heartbeat.newer_epoch = std::move(newer);
        return heartbeat;
    }
    void write(const std::string& text) {
        writeFile(file(), text);
        std::filesystem::permissions(file(), std::filesystem::perms(0600));
    }

    pilothouse::test::TemporaryFolder folder;
    ManualClock clock;
    std::vector<std::optional<api::NewerEpoch>> told;
    const api::NewerEpoch byA{2, "a", "reg-1"};
};

TEST_F(EpochFenceTest, IsOpenAmongItsOwnEpochAndOlderOnes) {
    auto fence = open(2);
    fence.heard(from("b", 2), "reg-2");
    fence.heard(from("c", 1), "reg-3");
    fence.heard(from("c", 1, api::NewerEpoch{2, "a", "reg-1"}), "reg-3");
    EXPECT_FALSE(fence.closedBy());
    EXPECT_FALSE(fence.refusal());
    EXPECT_TRUE(told.empty());
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(EpochFenceTest, ClosesWhenTheSurvivorIsHeardAndStaysSoAfterARestart) {
    {
        auto fence = open();
        fence.heard(from("a", 2), "reg-1");
        fence.heard(from("a", 2), "reg-1");
        EXPECT_EQ(fence.closedBy(), byA);
        ASSERT_EQ(told.size(), 1U);
        EXPECT_EQ(told[0], byA);
        const auto refusal = fence.refusal();
        ASSERT_TRUE(refusal);
        EXPECT_EQ(refusal->code, ErrorCode::unavailable);
        EXPECT_EQ(refusal->message, "this replica belongs to epoch 1 of the cluster, which was repaired from "
                                    "reg-1 and is in epoch 2: it is read-only");
    }
    auto again = open();
    EXPECT_EQ(again.closedBy(), byA);
    again.heard(from("b", 1), "reg-2");
    EXPECT_EQ(again.closedBy(), byA) << "another of its epoch opens nothing";
    EXPECT_FALSE(open(2).closedBy()) << "it was repaired itself";
}

TEST_F(EpochFenceTest, ClosesWhenAnotherTellsOfTheSurvivor) {
    auto fence = open();
    fence.heard(from("b", 1, byA), "reg-2");
    EXPECT_EQ(fence.closedBy(), byA);
    fence.heard(from("b", 1), "reg-2");
    EXPECT_EQ(fence.closedBy(), byA);
}

TEST_F(EpochFenceTest, TakesTheNewestEpoch) {
    auto fence = open();
    fence.heard(from("a", 2), "reg-1");
    fence.heard(from("c", 4), "reg-3");
    fence.heard(from("a", 2), "reg-1");
    EXPECT_EQ(fence.closedBy(), (api::NewerEpoch{4, "c", "reg-3"}));
}

TEST_F(EpochFenceTest, OpensWhenTheSurvivorIsBackInItsEpoch) {
    auto fence = open();
    fence.heard(from("a", 2), "reg-1");
    fence.heard(from("a", 1), "reg-1");
    EXPECT_FALSE(fence.closedBy());
    ASSERT_EQ(told.size(), 2U);
    EXPECT_FALSE(told[1]);
    EXPECT_FALSE(std::filesystem::exists(file()));
    EXPECT_FALSE(open().closedBy());
}

// Two that were left behind would tell each other for ever.
TEST_F(EpochFenceTest, BelievesNobodyWhoStillTellsOfWhatWasPutBack) {
    auto fence = open();
    fence.heard(from("a", 2), "reg-1");
    fence.heard(from("a", 1), "reg-1");
    fence.heard(from("b", 1, byA), "reg-2");
    EXPECT_FALSE(fence.closedBy());
    fence.heard(from("b", 1, api::NewerEpoch{2, "self", "reg-9"}), "reg-2");
    EXPECT_FALSE(fence.closedBy()) << "the survivor itself knows better";
    clock.advance(std::chrono::seconds(11));
    fence.heard(from("b", 1, api::NewerEpoch{3, "a", "reg-1"}), "reg-2");
    EXPECT_TRUE(fence.closedBy()) << "it says nothing else itself any more";
    fence.heard(from("a", 1), "reg-1");
    fence.heard(from("b", 1, api::NewerEpoch{2, "c", "reg-3"}), "reg-2");
    EXPECT_TRUE(fence.closedBy()) << "repaired from another one";
    fence.heard(from("c", 1), "reg-3");
    fence.heard(from("a", 2), "reg-1");
    EXPECT_TRUE(fence.closedBy()) << "it says so itself";
}

TEST_F(EpochFenceTest, AFileThatCannotBeReadClosesItUntilTheSurvivorIsBack) {
    write("not JSON");
    auto fence = open();
    ASSERT_TRUE(fence.refusal());
    fence.heard(from("b", 1), "reg-2");
    EXPECT_TRUE(fence.closedBy());
    fence.heard(from("a", 2), "reg-1");
    EXPECT_EQ(fence.closedBy(), byA) << "now it is known";
    EXPECT_EQ(open().closedBy(), byA);
    fence.heard(from("a", 1), "reg-1");
    EXPECT_FALSE(fence.closedBy());
}

TEST_F(EpochFenceTest, AFileThatCannotBeWrittenClosesItAllTheSame) {
    std::filesystem::create_directory(file());
    std::filesystem::create_directory(file() / "in the way");
    auto fence = open();
    fence.heard(from("a", 2), "reg-1");
    EXPECT_TRUE(fence.closedBy());
}

} // namespace
} // namespace pilothouse::node
