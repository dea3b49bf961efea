// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/status_text.h"

#include <gmock/gmock.h>

namespace pilothouse::program {
namespace {

using testing::HasSubstr;

api::ClusterStatus sample() {
    api::ClusterStatus status;
    status.observed_at = "2026-03-02T10:00:00.000Z";
    status.self.id = "aaaaaaaaaaaa";
    status.self.name = "reg-1";
    status.self.health.reason = "No majority confirmed a read for 9.0 s";
    for (const auto& [id, name] : {std::pair("aaaaaaaaaaaa", "reg-1"), std::pair("bbbbbbbbbbbb", "reg-2")}) {
        api::Member member;
        member.id = id;
        member.name = name;
        member.voting = true;
        status.members.push_back(member);
    }
    api::PeerView peer;
    peer.id = "bbbbbbbbbbbb";
    peer.reach = api::Reach::refused;
    peer.error = "nothing listens there";
    status.peers = {peer};
    return status;
}

TEST(StatusTextTest, SaysWhatIsWrongAndWhoIsMissing) {
    const std::string text = statusText(sample());
    EXPECT_THAT(text, HasSubstr("Health    not healthy: No majority confirmed a read for 9.0 s\n"));
    EXPECT_THAT(text, HasSubstr("Leader    none seen\n"));
    EXPECT_THAT(text, HasSubstr("Quorum    no\n"));
    EXPECT_THAT(text, HasSubstr("Peers as reg-1 sees them at 2026-03-02T10:00:00.000Z:\n"
                                "PEER   SEEN     VOTES  ROLE     LAST HEARD  WHY\n"
                                "reg-2  refuses  yes    unknown  never       nothing listens there\n"));
}

TEST(StatusTextTest, NamesLeaderCertificatesAndAlarms) {
    auto status = sample();
    status.self.consensus.leader = "bbbbbbbbbbbb";
    status.self.certificates = {{"node", "", "2026-04-01T00:00:00.000Z", ""}};
    status.alarms = {{"NOSPACE", "bbbbbbbbbbbb", "The database is full", "Compact it"}};
    const std::string text = statusText(status);
    EXPECT_THAT(text, HasSubstr("Leader       reg-2\n"));
    EXPECT_THAT(text, HasSubstr("Certificate  node until 2026-04-01T00:00:00.000Z\n"));
    EXPECT_THAT(text, HasSubstr("ALARM        NOSPACE at reg-2: The database is full. Compact it\n"));
}

TEST(StatusTextTest, ASingleReplicaHasNoPeers) {
    auto status = sample();
    status.peers.clear();
    EXPECT_EQ(statusText(status).find("Peers"), std::string::npos);
}

} // namespace
} // namespace pilothouse::program
