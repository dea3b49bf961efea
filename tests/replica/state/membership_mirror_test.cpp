// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/keys.h"
#include "replica/state/membership_mirror.h"
#include "replica/state/membership_situation.h"
#include "support.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

MemberRecord record(const std::string& id, const std::string& engineMember = "") {
    MemberRecord made;
    made.id = id;
    made.name = "reg-" + id;
    made.peer_url = "https://" + id + ":7443";
    made.engine_member = engineMember;
    return made;
}

engine::EngineMember member(std::uint64_t id, const std::string& name, bool learner = false) {
    return {id, name, {"https://" + name + ":7443"}, learner};
}

TEST(MembershipMirror, SortsVotersAndLearners) {
    const MembershipMirror mirror = mirrorMembership({member(2, "b"), member(1, "a"), member(3, "c", true)},
                                                     {record("a", "1"), record("b", "2"), record("c", "3")});
    EXPECT_THAT(mirror.voters, ElementsAre("a", "b"));
    EXPECT_THAT(mirror.learners, ElementsAre("c"));
    EXPECT_THAT(mirror.corrected, IsEmpty());
    EXPECT_THAT(mirror.gone, IsEmpty());
    EXPECT_THAT(mirror.strangers, IsEmpty());
}

TEST(MembershipMirror, LearnsTheEnginesIdByNameOrByAddress) {
    engine::EngineMember unstarted = member(3, "c", true);
    unstarted.name.clear();
    const MembershipMirror mirror = mirrorMembership({member(1, "a"), unstarted}, {record("a"), record("c")});
    ASSERT_EQ(mirror.corrected.size(), 2U);
    EXPECT_EQ(mirror.corrected[0].engine_member, "1");
    EXPECT_EQ(mirror.corrected[1].id, "c");
    EXPECT_EQ(mirror.corrected[1].engine_member, "3");
}

TEST(MembershipMirror, ANameAloneDoesNotMakeAnotherMemberOfIt) {
    const MembershipMirror mirror = mirrorMembership({member(9, "a")}, {record("a", "1")});
    ASSERT_EQ(mirror.strangers.size(), 1U);
    EXPECT_THAT(mirror.gone, ElementsAre("a"));
}

TEST(MembershipMirror, NamesWhoIsGone) {
    const MembershipMirror mirror = mirrorMembership({member(1, "a")}, {record("a", "1"), record("b", "2")});
    EXPECT_THAT(mirror.voters, ElementsAre("a"));
    EXPECT_THAT(mirror.gone, ElementsAre("b"));
}

class SettleMembership : public testing::Test {
protected:
    SettleMembership() {
        situation.cluster.epoch = 1;
        situation.record = {5, Phase::changing, {"a", "b"}, {}, "b", MembershipChange{ChangeKind::add, "c"}};
        situation.modified = Revision(40);
        situation.members = {record("a", "1"), record("b", "2"), record("c")};
        situation.lock = "b/1";
        situation.lockModified = Revision(40);
    }
    // Keys that are put and, with a minus, deleted.
    std::vector<std::string> keysOf(const Change& change) const {
        std::vector<std::string> found;
        for (const engine::Operation& operation : change.operations) {
            const auto* put = std::get_if<engine::Put>(&operation);
            const auto* removed = std::get_if<engine::Delete>(&operation);
            found.push_back(put != nullptr ? put->key : "-" + removed->key);
        }
        return found;
    }
    Change settle(const std::vector<engine::EngineMember>& engineMembers) const {
        return settleMembership(situation, mirrorMembership(engineMembers, situation.members), ReplicaId("a"),
                                "2026-03-02T10:00:00.000Z");
    }

    MembershipSituation situation;
};

TEST_F(SettleMembership, ChangeThatHappenedMakesTheNextGeneration) {
    const Change change = settle({member(1, "a"), member(2, "b"), member(3, "c", true)});
    const auto next = decode<MembershipRecord>(change.outcome);
    ASSERT_TRUE(next);
    EXPECT_EQ(*next, (MembershipRecord{6, Phase::stable, {"a", "b"}, {"c"}, "a", std::nullopt}));
    EXPECT_THAT(keysOf(change),
                ElementsAre("membership", "-locks/membership", "members/c", "events/replica-joining/1/c"));
    EXPECT_EQ(change.compares.size(), 2U);
}

TEST_F(SettleMembership, ChangeThatDidNotHappenKeepsTheGeneration) {
    const Change change = settle({member(1, "a"), member(2, "b")});
    const auto next = decode<MembershipRecord>(change.outcome);
    ASSERT_TRUE(next);
    EXPECT_EQ(*next, (MembershipRecord{5, Phase::stable, {"a", "b"}, {}, "a", std::nullopt}));
    EXPECT_THAT(keysOf(change), ElementsAre("membership", "-locks/membership", "-members/c"));
}

TEST_F(SettleMembership, PromotionAndRemovalAreTold) {
    situation.record.learners = {"c"};
    situation.members[2].engine_member = "3";
    const Change change = settle({member(1, "a"), member(3, "c")});
    const auto next = decode<MembershipRecord>(change.outcome);
    ASSERT_TRUE(next);
    EXPECT_THAT(next->voters, ElementsAre("a", "c"));
    EXPECT_THAT(keysOf(change), ElementsAre("membership", "-locks/membership", "-members/b",
                                            "events/replica-joined/1/c", "events/replica-left/1/b"));
}

TEST_F(SettleMembership, WithoutALockItComparesThatThereIsNone) {
    situation.lock.clear();
    const Change change = settle({member(1, "a"), member(2, "b")});
    ASSERT_EQ(change.compares.size(), 2U);
    EXPECT_EQ(change.compares[1].key, keys::membershipLock);
    EXPECT_EQ(change.compares[1].field, engine::Compare::Field::version);
}

} // namespace
} // namespace pilothouse::state
