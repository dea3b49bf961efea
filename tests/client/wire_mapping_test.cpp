// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/wire_mapping.h"

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

api::ClusterStatus exampleStatus() {
    api::ClusterStatus status;
    status.observer = "a41f09c2d7e3";
    status.observed_at = "2026-03-02T10:00:10.000Z";
    status.cluster.epoch = 3;
    status.membership.generation = 7;
    status.members = {{"a41f09c2d7e3", "reg-1", "https://reg-1", "", true, api::Role::leader, ""},
                      {"b41f09c2d7e3", "reg-2", "https://reg-2", "", false, api::Role::learner, ""}};
    status.self.name = "reg-1";
    status.self.started_at = "2026-03-02T09:00:00.000Z";
    status.self.health = {false, api::Unhealthy::disk_full, "The disk is full"};
    status.self.consensus = {api::Role::leader, "a41f09c2d7e3", 4, 100, 99, 55, true};
    status.self.certificates = {{"node", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", ""}};
    api::PeerView peer;
    peer.id = "b41f09c2d7e3";
    peer.reach = api::Reach::refused;
    peer.heard_at = "2026-03-02T10:00:07.500Z";
    peer.failing_since = "2026-03-02T10:00:08.000Z";
    peer.heartbeat = api::Heartbeat{};
    peer.heartbeat->consensus.applied_index = 42;
    peer.heartbeat->health.code = api::Unhealthy::draining;
    status.peers = {peer};
    return status;
}

TEST(WireMapping, keepsWhoseWordItIsAndHowOld) {
    const auto report = toReport(exampleStatus());
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->id, ReplicaId("a41f09c2d7e3"));
    EXPECT_EQ(report->epoch, 3);
    EXPECT_EQ(report->generation, Generation(7));
    EXPECT_EQ(report->health, domain::Unhealthy::diskFull);
    EXPECT_EQ(report->healthReason, "The disk is full");
    EXPECT_EQ(report->consensus.leader, ReplicaId("a41f09c2d7e3"));
    EXPECT_EQ(report->consensus.held, LogIndex(100));
    EXPECT_EQ(report->consensus.applied, LogIndex(99));
    ASSERT_EQ(report->members.size(), 2U);
    EXPECT_TRUE(report->members[0].voting);
    EXPECT_FALSE(report->members[1].voting);
    ASSERT_EQ(report->peers.size(), 1U);
    EXPECT_EQ(report->peers[0].reach, domain::Reach::refused);
    EXPECT_EQ(report->peers[0].heardAgo, Milliseconds(2500));
    EXPECT_EQ(report->peers[0].failingFor, Milliseconds(2000));
    ASSERT_TRUE(report->peers[0].consensus);
    EXPECT_EQ(report->peers[0].consensus->applied, LogIndex(42));
    EXPECT_EQ(report->peers[0].health, domain::Unhealthy::draining);
    ASSERT_EQ(report->certificates.size(), 1U);
    EXPECT_EQ(toRfc3339(report->certificates[0].notAfter), "2026-04-01T00:00:00.000Z");
}

TEST(WireMapping, aClockThatWasSetBackGivesNoNegativeAge) {
    auto status = exampleStatus();
    status.peers[0].heard_at = "2026-03-02T10:00:11.000Z";
    const auto report = toReport(status);
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->peers[0].heardAgo, Milliseconds(0));
}

TEST(WireMapping, namesTheFieldThatIsMalformed) {
    auto badId = exampleStatus();
    badId.members[1].id = "reg-2";
    const auto first = toReport(badId);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, ErrorCode::corrupt);
    EXPECT_EQ(first.error().message.rfind("members[].id: ", 0), 0U) << first.error().message;

    auto badTime = exampleStatus();
    badTime.observed_at = "yesterday";
    const auto second = toReport(badTime);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message.rfind("observed_at: ", 0), 0U) << second.error().message;
}

} // namespace
} // namespace pilothouse::client
