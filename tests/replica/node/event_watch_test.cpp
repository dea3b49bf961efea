// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/events.h"
#include "replica/node/event_watch.h"
#include "replica/state/keys.h"
#include "store_engine.h"
#include "support.h"

#include <gmock/gmock.h>

namespace pilothouse::node {
namespace {

namespace kind = api::event;
using state::test::runUntil;
using testing::ElementsAre;
using testing::IsEmpty;

const ReplicaId idA("aaaaaaaaaaaa");
const ReplicaId idB("bbbbbbbbbbbb");

class EventWatchTest : public testing::Test {
protected:
    EventWatchTest() {
        api::Member a;
        a.id = idA.str();
        a.name = "reg-1";
        api::Member b;
        b.id = idB.str();
        b.name = "reg-2";
        board.update([&](StatusParts& parts) { parts.members = {a, b}; }, true);
        board.publishIfDue();
        state::test::run(context, model.open());
    }
    static EngineMonitor::Change seen(std::optional<ReplicaId> leader, std::int64_t term, bool quorum) {
        return {std::move(leader), Term(term), quorum};
    }
    void sightOfB(api::Reach reach) {
        board.update(
            [&](StatusParts& parts) {
                auto& view = parts.peers[idB.str()];
                view.id = idB.str();
                view.reach = reach;
                for (auto& member : parts.members) {
                    member.voting = true;
                }
            },
            true);
        board.publishIfDue();
    }
    // "kind: message" of all that was recorded, after what is on its way has arrived.
    std::vector<std::string> recorded() {
        runUntil(
            context, [] { return false; }, std::chrono::milliseconds(60));
        std::vector<std::string> texts;
        for (const auto& [key, entry] : store.content()) {
            if (key.starts_with(state::keys::events)) {
                const auto event = state::readEvent(entry.value, 1);
                texts.push_back(event.kind + ": " + event.message);
            }
        }
        std::sort(texts.begin(), texts.end());
        return texts;
    }
    static api::ReplicaStatus self() {
        api::ReplicaStatus status;
        status.id = idA.str();
        status.name = "reg-1";
        return status;
    }

    boost::asio::io_context context;
    ManualClock clock;
    state::test::TempFolder folder;
    state::test::StoreEngine store;
    StatusBoard board{clock, self(), {}};
    state::EventRecorder recorder{store, folder / "pending", Logger()};
    state::ReadModel model{folder / "model", {ClusterId(std::string(32, 'c')), Epoch(1)}, Logger()};
    EventWatch watch{context.get_executor(), clock, board, recorder, model, idA, Epoch(1), Logger()};
};

TEST_F(EventWatchTest, AnElectionIsRecordedOnce) {
    const auto none = seen({}, 0, false);
    watch.consensusChanged(none, seen(idB, 2, false));
    watch.consensusChanged(seen(idB, 2, false), seen(idB, 2, true));
    watch.consensusChanged(none, seen(idB, 2, false)); // as another observer of the same term would
    EXPECT_THAT(recorded(), ElementsAre("leader-changed: reg-2 leads since term 2"));
    watch.consensusChanged(seen(idB, 2, true), seen(idA, 3, true));
    EXPECT_THAT(recorded(), ElementsAre("leader-changed: The leader moved from reg-2 to reg-1",
                                        "leader-changed: reg-2 leads since term 2"));
}

TEST_F(EventWatchTest, QuorumLostAndRegained) {
    const auto with = seen(idA, 2, true);
    const auto without = seen({}, 2, false);
    watch.consensusChanged(without, without);
    EXPECT_THAT(recorded(), IsEmpty()) << "it never had one";
    watch.consensusChanged(seen(idA, 2, false), with);
    watch.consensusChanged(with, without);
    watch.consensusChanged(without, seen({}, 3, false)); // elections that fail
    EXPECT_THAT(recorded(), testing::Contains("quorum-lost: reg-1 sees no quorum"));
    EXPECT_THAT(recorded(), testing::Not(testing::Contains(testing::StartsWith("quorum-regained"))));
    watch.consensusChanged(seen({}, 3, false), seen(idA, 4, true));
    EXPECT_THAT(recorded(), testing::Contains("quorum-regained: reg-1 sees a quorum again"));
}

// With pre-vote, a replica that is cut off keeps its term.
TEST_F(EventWatchTest, EveryLossOfTheQuorumIsToldAlsoInOneTerm) {
    const auto with = seen(idA, 2, true);
    const auto without = seen({}, 2, false);
    watch.consensusChanged(seen(idA, 2, false), with);
    for (int times = 1; times <= 3; ++times) {
        watch.consensusChanged(with, without);
        watch.consensusChanged(without, with);
        const auto texts = recorded();
        EXPECT_EQ(std::count(texts.begin(), texts.end(), "quorum-lost: reg-1 sees no quorum"), times);
        EXPECT_EQ(std::count(texts.begin(), texts.end(), "quorum-regained: reg-1 sees a quorum again"),
                  times);
    }
}

TEST_F(EventWatchTest, OnlyTheLeaderTellsOfPeers) {
    api::Member peer;
    peer.id = idB.str();
    watch.peerChanged(peer, false);
    EXPECT_THAT(recorded(), IsEmpty());
    watch.consensusChanged(seen({}, 1, false), seen(idA, 2, true));
    watch.peerChanged(peer, false);
    watch.peerChanged(peer, true);
    EXPECT_THAT(recorded(), ElementsAre("leader-changed: reg-1 leads since term 2",
                                        "replica-lost: reg-2 does not answer its peers",
                                        "replica-returned: reg-2 answers its peers again"));
}

// The leader dies: whoever follows it has noticed that before it leads, or just after.
TEST_F(EventWatchTest, ANewLeaderTellsOfTheOneThatWasLostOnce) {
    const std::string lost = "replica-lost: reg-2 does not answer its peers";
    api::Member peer;
    peer.id = idB.str();
    ASSERT_TRUE(state::test::run(context, model.beginRebuild()));
    ASSERT_TRUE(state::test::run(context, model.finishRebuild(Revision(1))));
    clock.advance(std::chrono::minutes(1));
    sightOfB(api::Reach::ok);
    watch.peerChanged(peer, false); // it does not lead yet
    watch.consensusChanged(seen(idB, 2, true), seen(idA, 3, true));
    sightOfB(api::Reach::refused); // the board comes later
    std::vector<std::string> texts;
    runUntil(
        context,
        [&] {
            texts = recorded();
            return std::count(texts.begin(), texts.end(), lost) > 0;
        },
        std::chrono::seconds(5));
    EXPECT_EQ(std::count(texts.begin(), texts.end(), lost), 1) << testing::PrintToString(texts);
}

TEST_F(EventWatchTest, OwnAffairs) {
    watch.started();
    watch.drainChanged(true);
    clock.advance(std::chrono::seconds(1));
    watch.drainChanged(false);
    watch.engineRestarted("it was killed");
    watch.certificateRenewed({"node", "2026-01-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z", "ab"});
    state::test::run(context, [](EventWatch& events) -> boost::asio::awaitable<int> {
        co_await events.stopped(Milliseconds(500));
        co_return 0;
    }(watch));
    EXPECT_THAT(recorded(),
                ElementsAre("certificate-renewed: The node certificate of reg-1 was renewed until "
                            "2026-04-01T00:00:00.000Z",
                            "engine-restarted: The engine of reg-1 was restarted: it was killed",
                            "replica-drained: reg-1 is draining", "replica-started: reg-1 started",
                            "replica-stopped: reg-1 was stopped",
                            "replica-undrained: reg-1 takes traffic again"));
}

} // namespace
} // namespace pilothouse::node
