// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/member_views.h"
#include "replica/operations/step_performer.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace pilothouse::operations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

api::Member member(const std::string& id, bool voting = true) {
    api::Member member;
    member.id = id;
    member.name = "name of " + id;
    member.voting = voting;
    return member;
}

api::ReplicaStatus statusOf(const std::string& id, std::int64_t completeUpTo = 10, std::int64_t missing = 0) {
    api::ReplicaStatus status;
    status.id = id;
    status.health.healthy = true;
    status.blobs = api::Blobs{};
    status.blobs->complete_up_to = completeUpTo;
    status.blobs->missing = missing;
    return status;
}

// "a" asks; "b" answers, "c" does not, "d" is joining.
MemberViews views() {
    MemberViews views;
    views.own.members = {member("a"), member("b"), member("c"), member("d", false)};
    views.own.self = statusOf("a");
    views.own.self.consensus.quorum = true;
    views.others["b"].self = statusOf("b");
    views.others["d"].self = statusOf("d");
    return views;
}

TEST(MemberViews, TellWhoAnswersAndWhoIsWell) {
    auto seen = views();
    seen.own.self.health = {false, api::Unhealthy::draining, "draining"};
    seen.others["b"].self.health = {false, api::Unhealthy::disk_full, "full"};
    const auto facts = factsOf(seen, std::nullopt);
    ASSERT_EQ(facts.members.size(), 4U);
    EXPECT_TRUE(facts.quorum);
    EXPECT_TRUE(facts.members[0].answers && facts.members[0].well) << "draining is no illness";
    EXPECT_TRUE(facts.members[1].answers && !facts.members[1].well);
    EXPECT_TRUE(!facts.members[2].answers && !facts.members[2].well);
    EXPECT_FALSE(facts.members[3].voting);
    EXPECT_EQ(facts.members[0].name, "name of a");
}

TEST(MemberViews, NameWhoVotesInOrder) {
    auto seen = views();
    std::reverse(seen.own.members.begin(), seen.own.members.end());
    EXPECT_THAT(seen.voters(), ElementsAre("a", "b", "c"));
    EXPECT_THAT(seen.voters("b"), ElementsAre("a", "c"));
}

TEST(MemberViews, TellWhoHearsTheOneThatDoesNotAnswer) {
    auto seen = views();
    api::PeerView heard;
    heard.id = "c";
    heard.reach = api::Reach::ok;
    seen.others["b"].peers = {heard};
    heard.reach = api::Reach::timeout;
    seen.others["d"].peers = {heard};
    const auto facts = factsOf(seen, std::nullopt);
    EXPECT_THAT(facts.members[2].heardBy, ElementsAre("name of b"));
    EXPECT_THAT(facts.members[1].heardBy, IsEmpty());
}

TEST(MemberViews, TellWhatIsMissingWhere) {
    auto seen = views();
    seen.own.self.blobs->missing = 1;
    seen.own.self.blobs->missing_digests = {"sha256:x"};
    seen.others["b"].self.blobs->missing = 5000; // too many to be named
    seen.others["d"].self.blobs.reset();
    const auto facts = factsOf(seen, std::nullopt);
    EXPECT_EQ(facts.members[0].lacks, (domain::MissingBlobs{1, {"sha256:x"}}));
    EXPECT_EQ(facts.members[1].lacks, (domain::MissingBlobs{5000, {}}));
    EXPECT_EQ(facts.members[2].lacks, std::nullopt);
    EXPECT_EQ(facts.members[3].lacks, std::nullopt);
}

TEST(MemberViews, TellWhoseDatabaseIsFull) {
    auto seen = views();
    seen.own.alarms = {{"NOSPACE", "b", "", ""}, {"CORRUPT", "a", "", ""}};
    const auto facts = factsOf(seen, domain::RunningOperation{"remove", "reg-2"});
    EXPECT_TRUE(facts.members[1].databaseFull);
    EXPECT_FALSE(facts.members[0].databaseFull);
    EXPECT_EQ(facts.running->replica, "reg-2");
}

TEST(CopiesUpTo, AMajorityMustHaveAllOfThem) {
    auto seen = views();
    EXPECT_TRUE(std::holds_alternative<Done>(copiesUpTo(seen, {"a", "b", "c"}, Revision(10))));
    EXPECT_TRUE(std::holds_alternative<Done>(copiesUpTo(seen, {"a"}, Revision(10))));
    const auto silent = copiesUpTo(seen, {"a", "c"}, Revision(10));
    ASSERT_TRUE(std::holds_alternative<Waits>(silent));
    EXPECT_EQ(std::get<Waits>(silent).reason, domain::WaitReason::unknown);
    EXPECT_THAT(std::get<Waits>(silent).names, ElementsAre("name of c"));
}

TEST(CopiesUpTo, WhatIsBehindIsWaitedForByName) {
    auto seen = views();
    seen.others["b"].self = statusOf("b", 9, 14);
    const auto behind = copiesUpTo(seen, {"a", "b", "c"}, Revision(10));
    ASSERT_TRUE(std::holds_alternative<Waits>(behind));
    EXPECT_EQ(std::get<Waits>(behind).reason, domain::WaitReason::copies);
    EXPECT_THAT(std::get<Waits>(behind).names, ElementsAre("name of b"));
    EXPECT_THAT(std::get<Waits>(behind).numbers, ElementsAre(14));
    EXPECT_TRUE(std::holds_alternative<Done>(copiesUpTo(seen, {"a", "b", "c"}, Revision(9))));
}

} // namespace
} // namespace pilothouse::operations
