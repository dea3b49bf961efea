// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica knows to be missing. No peer can be reached, so nothing comes.
#include "copies.h"
#include "fixture.h"
#include "follow.h"
#include "registry_samples.h"
#include "replica/replication/copier.h"
#include "replica/replication/fetcher.h"
#include "replica/state/registry_writer.h"

#include <boost/asio/detached.hpp>

#include <future>

namespace pilothouse::replication {
namespace {

using namespace std::chrono_literals;
using state::test::run;
using state::test::runUntil;
using state::test::why;
using test::newBlob;

class FetcherTest : public state::test::StateTest {
protected:
    void SetUp() override {
        moveMembersOutOfReach();
        const Status opened = local.open(folder / "blobs");
        ASSERT_TRUE(opened) << why(opened);
        ASSERT_TRUE(follow.reaches(store.revision()));
        boost::asio::co_spawn(context, fetcher.run(),
                              boost::asio::bind_cancellation_slot(
                                  stop.slot(), [this](const std::exception_ptr&) { --running; }));
        ASSERT_TRUE(runUntil(context, [this] { return told.known; }));
    }
    void TearDown() override {
        stop.emit(boost::asio::cancellation_type::terminal);
        EXPECT_TRUE(runUntil(context, [this] { return running == 0; }));
    }
    void moveMembersOutOfReach() {
        engine::Transaction transaction;
        for (const std::string& id : {state::test::idA, state::test::idB, state::test::idC}) {
            auto member = state::test::memberRecord(id, id);
            member.url = "https://127.0.0.1:1";
            transaction.then.emplace_back(engine::Put{"members/" + id, state::encode(member)});
        }
        ASSERT_TRUE(run(context, store.transact(transaction, 100ms)));
    }
    void record(const blobs::BlobId& id) {
        const auto blob = state::test::durable(snapshot(), id.digest.str(), id.incarnation.str());
        const Status added = run(context, writer.addBlob(blob, "team/app", 1500ms));
        ASSERT_TRUE(added) << why(added);
        ASSERT_TRUE(follow.reaches(store.revision()));
    }
    // As many questions as the read model takes wait behind one that goes on until it is told to end.
    void overload() {
        const std::function<Result<int>(state::Projection&)> hang =
            [ended = gate.get_future().share()](state::Projection&) -> Result<int> {
            ended.wait_for(20s);
            return 0;
        };
        const std::function<Result<int>(state::Projection&)> nothing = [](state::Projection&) -> Result<int> {
            return 0;
        };
        for (int i = 0; i < state::ReadModel::maxWaiting; ++i) {
            boost::asio::co_spawn(context, follow.model.read<int>(i == 0 ? hang : nothing),
                                  boost::asio::detached);
        }
    }
    void runFor(Milliseconds time) {
        runUntil(
            context, [] { return false; }, time);
    }
    void put(const blobs::BlobId& id, const std::string& bytes) { test::put(context, local, id, bytes); }

    state::test::TempFolder folder;
    state::test::Follow follow{context, engine, folder / "projection.sqlite"};
    state::RegistryWriter writer{engine, follow.model, follow.follower, systemClock()};
    LocalBlobs local{2};
    node::PeerClient client{context.get_executor(), nullptr, ClusterId(std::string(32, 'c'))};
    PeerBlobs peers{client, local};
    std::promise<void> gate;
    boost::asio::cancellation_signal stop;
    Completeness told;
    int running = 1;
    Fetcher fetcher{context.get_executor(),
                    [this](boost::asio::awaitable<void> task) {
                        ++running;
                        boost::asio::co_spawn(context, std::move(task),
                                              [this](const std::exception_ptr&) { --running; });
                    },
                    [this](const Completeness& now) { told = now; },
                    systemClock(),
                    local,
                    peers,
                    follow.model,
                    follow.follower,
                    ReplicaId(state::test::idA),
                    {.patience = 50ms, .shortestPause = 10ms, .longestPause = 20ms},
                    Logger()};
};

TEST_F(FetcherTest, ARecordedBlobIsMissingUnlessItComes) {
    const std::string bytes = "comes by itself";
    const auto here = newBlob(bytes);
    put(here, bytes);
    record(here);
    const auto elsewhere = newBlob("does not");
    record(elsewhere);
    EXPECT_TRUE(runUntil(context, [this] { return told.missingBlobs == 1; })) << told.missingBlobs;
    EXPECT_EQ(told.missingDigests, std::vector<std::string>{elsewhere.digest.str()});
    put(elsewhere, "does not");
    EXPECT_TRUE(runUntil(context, [this] { return told.missingBlobs == 0; })) << told.missingBlobs;
}

TEST_F(FetcherTest, WhatIsExpectedIsNotForgottenWhileTheReadModelCannotBeAsked) {
    record(newBlob("on its way"));
    overload();
    runFor(200ms);
    EXPECT_EQ(told.missingBlobs, 0) << "nobody could tell whether it is still wanted";
    gate.set_value();
    EXPECT_TRUE(runUntil(context, [this] { return told.missingBlobs == 1; })) << told.missingBlobs;
}

TEST_F(FetcherTest, WhatWasLostIsNotForgottenEither) {
    const auto id = newBlob("damaged");
    put(id, "damaged");
    record(id);
    runFor(200ms);
    EXPECT_EQ(told.missingBlobs, 0);
    EXPECT_TRUE(run(context, local.setAside(id)));
    overload();
    fetcher.lost(id);
    runFor(100ms);
    gate.set_value();
    EXPECT_TRUE(runUntil(context, [this] { return told.missingBlobs == 1; })) << told.missingBlobs;
}

// Nothing told it so, whatever the reason.
TEST_F(FetcherTest, WhatSomebodyAsksForIsFoundMissing) {
    const auto id = newBlob("vanished");
    put(id, "vanished");
    record(id);
    runFor(200ms);
    EXPECT_TRUE(run(context, local.remove(id)));
    fetcher.want(id);
    EXPECT_TRUE(runUntil(context, [this] { return told.missingBlobs == 1; })) << told.missingBlobs;
}

TEST_F(FetcherTest, WhatIsArrivingIsMissingButNotFetchedBesides) {
    const auto id = newBlob("arrives slowly");
    auto arrival = local.arriving(id.incarnation);
    record(id);
    EXPECT_TRUE(runUntil(context, [this] { return told.missingBlobs == 1; })) << told.missingBlobs;
    runFor(200ms);
    const auto others = othersThan(ReplicaId(state::test::idA), *follow.model.snapshot());
    EXPECT_EQ(peers.inOrder(others).front().id, state::test::idB) << "nobody was asked for it in vain";
    put(id, "arrives slowly");
    arrival.reset();
    EXPECT_TRUE(runUntil(context, [this] { return told.missingBlobs == 0; })) << told.missingBlobs;
}

TEST_F(FetcherTest, PeersThatDoNotAnswerAreAskedLast) {
    const auto state = follow.model.snapshot();
    auto others = othersThan(ReplicaId(state::test::idA), *state);
    ASSERT_EQ(others.size(), 2U);
    EXPECT_EQ(others[0].id, state::test::idB);
    EXPECT_FALSE(run(context, peers.fetch(others[0], newBlob("x"), 1000)));
    const auto order = peers.inOrder(others);
    ASSERT_EQ(order.size(), 2U);
    EXPECT_EQ(order[0].id, state::test::idC);
    EXPECT_EQ(order[1].id, state::test::idB);
}

} // namespace
} // namespace pilothouse::replication
