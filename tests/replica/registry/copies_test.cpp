// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/copies.h"

#include <gmock/gmock.h>

namespace pilothouse::registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

api::Blobs lacking(const std::vector<std::string>& digests, std::int64_t completeUpTo) {
    api::Blobs blobs;
    blobs.complete_up_to = completeUpTo;
    blobs.missing = static_cast<std::int64_t>(digests.size());
    blobs.missing_digests = digests;
    return blobs;
}

TEST(Copies, AreWhereNothingOfItIsMissing) {
    const Holder all("a", true, Revision(50), lacking({}, 50));
    const Holder some("b", true, Revision(50), lacking({"sha256:2"}, 30));
    const auto copies = copiesOf({all, some}, {"sha256:1", "sha256:2"}, Revision(40));
    EXPECT_THAT(copies.on, ElementsAre("a"));
    EXPECT_THAT(copies.copying_to, ElementsAre("b"));
    EXPECT_THAT(copiesOf({all, some}, {"sha256:1"}, Revision(40)).on, ElementsAre("a", "b"));
    EXPECT_THAT(copiesOf({some}, {"sha256:2"}, Revision(30)).on, ElementsAre("b"))
        << "it was complete by then";
}

TEST(Copies, OfWhatAReplicaHasNotHeardOfAreNotThere) {
    const Holder late("a", true, Revision(39), lacking({}, 39));
    EXPECT_THAT(copiesOf({late}, {"sha256:1"}, Revision(40)).copying_to, ElementsAre("a"));
}

TEST(Copies, OfAReplicaThatLacksTooManyToNameAreThoseBefore) {
    api::Blobs many;
    many.complete_up_to = 20;
    many.missing = 5000;
    const Holder behind("a", true, Revision(50), many);
    EXPECT_THAT(copiesOf({behind}, {"sha256:1"}, Revision(20)).on, ElementsAre("a"));
    EXPECT_THAT(copiesOf({behind}, {"sha256:1"}, Revision(21)).copying_to, ElementsAre("a"));
}

TEST(Copies, OnASilentReplicaDoNotCount) {
    const Holder gone("a", false, Revision(50), lacking({}, 50));
    const Holder starting("b", true, Revision(50), std::nullopt);
    const auto copies = copiesOf({gone, starting}, {"sha256:1"}, Revision(1));
    EXPECT_THAT(copies.silent, ElementsAre("a", "b"));
    EXPECT_THAT(copies.on, IsEmpty());
}

TEST(Holders, AreTheVotersAsTheObserverSeesThem) {
    api::ClusterStatus status;
    status.self.id = "a";
    status.self.consensus.revision = 9;
    status.self.blobs = lacking({}, 9);
    for (const char* id : {"a", "b", "c", "d"}) {
        api::Member& member = status.members.emplace_back();
        member.id = id;
        member.voting = std::string(id) != "d";
    }
    api::PeerView& peer = status.peers.emplace_back();
    peer.id = "b";
    peer.reach = api::Reach::ok;
    peer.heartbeat.emplace();
    peer.heartbeat->consensus.revision = 9;
    peer.heartbeat->blobs = lacking({"sha256:1"}, 3);
    const auto copies = copiesOf(holdersIn(status), {"sha256:1"}, Revision(5));
    EXPECT_THAT(copies.on, ElementsAre("a"));
    EXPECT_THAT(copies.copying_to, ElementsAre("b"));
    EXPECT_THAT(copies.silent, ElementsAre("c")) << "never heard of; d has no vote";
}

} // namespace
} // namespace pilothouse::registry
