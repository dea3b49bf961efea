// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "replica/node/status_board.h"

#include <gtest/gtest.h>

namespace pilothouse::node {
namespace {

using namespace std::chrono_literals;

api::Member member(const std::string& id, bool voting = true) {
    api::Member made;
    made.id = id;
    made.name = "name of " + id;
    made.voting = voting;
    return made;
}

class StatusBoardTest : public testing::Test {
protected:
    StatusBoardTest() {
        board.subscribe([this] { ++published; });
    }
    static api::ReplicaStatus self() {
        api::ReplicaStatus status;
        status.id = "a";
        return status;
    }
    void set(std::vector<api::Member> members) {
        board.update([&](StatusParts& parts) { parts.members = std::move(members); }, true);
        board.publishIfDue();
    }

    ManualClock clock;
    StatusBoard board{clock, self(), {}};
    int published = 0;
};

TEST_F(StatusBoardTest, IsThereFromTheBeginning) {
    ASSERT_NE(board.snapshot(), nullptr);
    EXPECT_EQ(board.snapshot()->version, 1U);
    EXPECT_EQ(board.snapshot()->status.observer, "a");
    EXPECT_EQ(board.snapshot()->status.observed_at, toRfc3339(clock.wall()));
}

TEST_F(StatusBoardTest, PublishesWhatMattersAtOnceAndTheRestEveryFiveSeconds) {
    board.publishIfDue();
    EXPECT_EQ(published, 0) << "nothing changed";
    board.update([](StatusParts& parts) { parts.self.host.cores = 7; }, false);
    board.publishIfDue();
    EXPECT_EQ(published, 0);
    EXPECT_EQ(board.snapshot()->status.self.host.cores, 0);
    board.update([](StatusParts& parts) { parts.self.draining = true; }, true);
    board.publishIfDue();
    EXPECT_EQ(published, 1);
    EXPECT_EQ(board.snapshot()->status.self.host.cores, 7) << "what aged comes along";
    board.publishIfDue();
    EXPECT_EQ(published, 1) << "the urgent change is out";
    clock.advance(4999ms);
    board.publishIfDue();
    EXPECT_EQ(published, 1);
    clock.advance(1ms);
    board.publishIfDue();
    EXPECT_EQ(published, 2);
    EXPECT_EQ(board.snapshot()->status.self.uptime_s, 5);
}

TEST_F(StatusBoardTest, ASnapshotNeverChanges) {
    const auto before = board.snapshot();
    const std::string json = before->json;
    set({member("a"), member("b")});
    EXPECT_EQ(before->json, json);
    EXPECT_TRUE(before->status.members.empty());
    EXPECT_EQ(board.snapshot()->version, before->version + 1);
    EXPECT_EQ(board.snapshot()->json, api::toJson(board.snapshot()->status));
}

TEST_F(StatusBoardTest, RolesFollowTheLeaderThatIsSeen) {
    board.update([](StatusParts& parts) { parts.self.consensus.leader = "b"; }, false);
    set({member("a"), member("b"), member("c", false)});
    const auto seen = board.snapshot()->status.members;
    EXPECT_EQ(seen[0].role, api::Role::follower);
    EXPECT_EQ(seen[1].role, api::Role::leader);
    EXPECT_EQ(seen[2].role, api::Role::learner);
    board.update([](StatusParts& parts) { parts.self.consensus.leader.reset(); }, true);
    board.publishIfDue();
    EXPECT_EQ(board.snapshot()->status.members[1].role, api::Role::unknown);
    EXPECT_EQ(board.snapshot()->status.members[2].role, api::Role::learner) << "by the record";
}

TEST_F(StatusBoardTest, QuorumCountsVotersAlone) {
    set({member("a"), member("b"), member("c"), member("d", false)});
    EXPECT_EQ(board.snapshot()->status.quorum, 2);
    set({member("a"), member("b"), member("c"), member("d"), member("e")});
    EXPECT_EQ(board.snapshot()->status.quorum, 3);
}

TEST_F(StatusBoardTest, PeersAreTheOtherMembers) {
    api::PeerView heard;
    heard.id = "b";
    heard.reach = api::Reach::ok;
    api::PeerView gone;
    gone.id = "z";
    board.update([&](StatusParts& parts) { parts.peers = {{"b", heard}, {"z", gone}}; }, false);
    set({member("a"), member("b"), member("c")});
    const auto peers = board.snapshot()->status.peers;
    ASSERT_EQ(peers.size(), 2U);
    EXPECT_EQ(peers[0].id, "b");
    EXPECT_EQ(peers[0].reach, api::Reach::ok);
    EXPECT_EQ(peers[1].id, "c");
    EXPECT_EQ(peers[1].reach, api::Reach::unknown) << "never heard, and said so";
}

TEST_F(StatusBoardTest, UnsubscribedListenersAreLeftAlone) {
    int told = 0;
    const auto id = board.subscribe([&] { ++told; });
    set({});
    board.unsubscribe(id);
    set({});
    EXPECT_EQ(told, 1);
    EXPECT_EQ(published, 2);
}

} // namespace
} // namespace pilothouse::node
