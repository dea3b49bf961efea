// SPDX-License-Identifier: GPL-3.0-or-later
// From what members say of themselves to what is judged.
#include "replica/operations/check_facts.h"

#include <gmock/gmock.h>

namespace pilothouse::operations {
namespace {

using domain::PortState;
using testing::ElementsAre;

api::Member member(const std::string& id, const std::string& url) {
    api::Member member;
    member.id = id;
    member.name = "name of " + id;
    member.url = url;
    member.voting = true;
    return member;
}

api::ClusterStatus statusOf(const std::string& id) {
    api::ClusterStatus status;
    status.self.id = id;
    status.self.health.healthy = true;
    status.self.health.code = api::Unhealthy::none;
    status.members = {member("a", "https://reg-1:443"), member("b", "https://127.0.0.1:443"),
                      member("c", "https://reg-3:443")};
    return status;
}

WallTime now() {
    return *parseRfc3339("2026-11-28T05:30:12.000Z");
}

TEST(CheckFacts, APortIsWhatConnectingAndAskingShow) {
    using api::Reach;
    const std::tuple<Reach, Reach, PortState> table[] = {
        {Reach::ok, Reach::ok, PortState::open},
        {Reach::ok, Reach::timeout, PortState::hangs},
        {Reach::ok, Reach::tls, PortState::tls},
        {Reach::ok, Reach::rejected, PortState::rejected},
        {Reach::ok, Reach::refused, PortState::refused},
        {Reach::ok, Reach::unknown, PortState::open},
        {Reach::refused, Reach::refused, PortState::refused},
        {Reach::timeout, Reach::timeout, PortState::silent},
        {Reach::unreachable, Reach::unreachable, PortState::unreachable},
        {Reach::unknown, Reach::ok, PortState::open},
        {Reach::unknown, Reach::unknown, PortState::unknown},
    };
    for (const auto& [connection, answer, state] : table) {
        api::CheckedPort port;
        port.connection = connection;
        port.answer = answer;
        EXPECT_EQ(portStateOf(port), state)
            << static_cast<int>(connection) << ' ' << static_cast<int>(answer);
    }
}

TEST(CheckFacts, TakeWhatAMemberSays) {
    HeardChecks heard;
    auto& checks = heard.checks.emplace();
    checks.status = statusOf("b");
    checks.status.self.health = {false, api::Unhealthy::disk_full, "The disk has 3 MiB free"};
    checks.status.self.blobs = api::Blobs{};
    checks.status.self.blobs->missing = 7;
    checks.status.alarms = {{"NOSPACE", "b", {}, {}}, {"CORRUPT", "a", {}, {}}};
    api::PeerView peer;
    peer.id = "c";
    peer.reach = api::Reach::ok;
    peer.clock_offset_ms = 1500;
    api::PeerView stale = peer;
    stale.id = "a";
    stale.reach = api::Reach::timeout;
    checks.status.peers = {peer, stale};
    checks.status.self.host.disk_sync_ms = 4;
    checks.certificates = {{"node", {}, "2026-11-29T05:30:12.000Z", {}}, {"cluster-ca", {}, "?", {}}};
    checks.blob_bytes = 500;
    checks.open_files = 4096;
    api::CheckedPort port;
    port.replica = "c";
    port.port = "engine";
    port.connection = api::Reach::refused;
    checks.ports = {port};
    checks.ports.push_back(port);
    checks.ports.back().replica = "somebody else";

    auto own = statusOf("a");
    own.operation = api::RunningOperation{};
    own.operation->kind = "remove";
    own.operation->name = "name of c";
    const auto facts = checkFactsOf(own, {{"b", heard}, {"c", {.checks = {}, .tooOld = true}}}, now());
    ASSERT_EQ(facts.replicas.size(), 3U);
    EXPECT_FALSE(facts.replicas[0].reports);
    EXPECT_FALSE(facts.replicas[0].loopback);
    const auto& b = facts.replicas[1];
    EXPECT_TRUE(b.reports && b.loopback && b.voting);
    EXPECT_EQ(b.health, domain::Unhealthy::diskFull);
    EXPECT_EQ(b.why, "The disk has 3 MiB free");
    EXPECT_EQ(b.missingBlobs, 7);
    EXPECT_THAT(b.alarms, ElementsAre("NOSPACE")) << "its own only";
    EXPECT_THAT(b.clockOffsets, ElementsAre(std::pair<const std::string, double>("name of c", 1500)))
        << "what is not heard now is not known";
    ASSERT_EQ(b.certificates.size(), 1U) << "what cannot be read says nothing";
    EXPECT_EQ(b.certificates[0].secondsLeft, 86'400);
    EXPECT_EQ(b.syncMs, 4);
    EXPECT_EQ(b.openFiles, 4096);
    EXPECT_TRUE(facts.replicas[2].tooOld);
    ASSERT_EQ(facts.ports.size(), 1U) << "those of members only";
    EXPECT_EQ(facts.ports[0].from, "name of b");
    EXPECT_EQ(facts.ports[0].to, "name of c");
    EXPECT_EQ(facts.ports[0].state, PortState::refused);
    EXPECT_EQ(facts.blobBytes, 500);
    ASSERT_TRUE(facts.running);
    EXPECT_EQ(facts.running->kind, "remove");

    heard.checks->disk_error = "Read-only file system";
    const auto broken = checkFactsOf(own, {{"b", heard}}, now());
    EXPECT_EQ(broken.replicas[1].syncMs, std::nullopt);
    EXPECT_EQ(broken.replicas[1].diskError, "Read-only file system");
}

} // namespace
} // namespace pilothouse::operations
