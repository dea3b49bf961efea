// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine does behind a closed fence, verb by verb.
#include "replica/engine/fenced_engine.h"
#include "store_engine.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include <map>

namespace pilothouse::engine {
namespace {

using namespace std::chrono_literals;

class FencedEngineTest : public testing::Test {
protected:
    FencedEngineTest() {
        store.list = {{1, "a", {"https://reg-1:7443"}, false}, {2, "b", {"https://reg-2:7443"}, true}};
        EXPECT_EQ(call(store.transact(writing(), 1s)), std::nullopt);
    }
    static Transaction writing() {
        Transaction transaction;
        transaction.then.emplace_back(Put{"key", "value"});
        return transaction;
    }
    static Range reading(bool serializable) {
        Range range;
        range.key = "key";
        range.serializable = serializable;
        return range;
    }
    // The error that it ends with.
    template <typename Outcome>
    std::optional<Error> call(Awaitable<Outcome> verb) {
        auto ended = boost::asio::co_spawn(io, std::move(verb), boost::asio::use_future);
        io.restart();
        io.run();
        const auto outcome = ended.get();
        return outcome ? std::nullopt : std::optional(outcome.error());
    }
    // Those that change something or prove a majority.
    std::map<std::string, std::optional<Error>> callRefused() {
        return {{"transact", call(engine.transact(writing(), 1s))},
                {"transactAll", call(engine.transactAll({writing()}, 1s))},
                {"range", call(engine.range(reading(false), 1s))},
                {"barrier", call(engine.barrier(1s))},
                {"grantLease", call(engine.grantLease(60s, 1s))},
                {"keepLease", call(engine.keepLease(100, 1s))},
                {"revokeLease", call(engine.revokeLease(100, 1s))},
                {"addLearner", call(engine.addLearner("https://reg-3:7443", 1s))},
                {"promote", call(engine.promote(2, 1s))},
                {"removeMember", call(engine.removeMember(2, 1s))},
                {"disarm", call(engine.disarm({1, "NOSPACE"}, 1s))},
                {"compact", call(engine.compact(store.revision(), 1s))}};
    }
    std::map<std::string, std::optional<Error>> callAllowed() {
        return {{"serializable range", call(engine.range(reading(true), 1s))},
                {"members", call(engine.members(1s))},
                {"status", call(engine.status(1s))},
                {"alarms", call(engine.alarms(1s))},
                {"transferLeadership", call(engine.transferLeadership(1, 1s))},
                {"defragment", call(engine.defragment(1s))}};
    }

    boost::asio::io_context io;
    state::test::StoreEngine store;
    std::optional<Error> fence;
    FencedEngine engine{store, [this] { return fence; }};
};

TEST_F(FencedEngineTest, RefusesWhateverChangesOrProvesSomethingAndAsksTheEngineNothing) {
    fence = Error{ErrorCode::unavailable, "left behind", "Wait"};
    const auto before = store.content();
    const auto revision = store.revision();
    const auto members = store.list.size();
    for (const auto& [verb, error] : callRefused()) {
        ASSERT_TRUE(error) << verb;
        EXPECT_EQ(error->code, ErrorCode::unavailable) << verb;
        EXPECT_EQ(error->message, "left behind") << verb;
    }
    EXPECT_EQ(store.revision(), revision);
    EXPECT_EQ(store.content().size(), before.size());
    EXPECT_EQ(store.list.size(), members);
    EXPECT_TRUE(store.list[1].learner);
}

TEST_F(FencedEngineTest, WhatTheMemberHoldsCanBeRead) {
    fence = Error{ErrorCode::unavailable, "left behind", {}};
    for (const auto& [verb, error] : callAllowed()) {
        EXPECT_FALSE(error) << verb << ": " << error->text();
    }
}

TEST_F(FencedEngineTest, GoesOnOnceTheFenceIsOpen) {
    fence = Error{ErrorCode::unavailable, "left behind", {}};
    EXPECT_TRUE(call(engine.transact(writing(), 1s)));
    fence.reset();
    for (const auto& verbs : {callRefused(), callAllowed()}) {
        for (const auto& [verb, error] : verbs) {
            EXPECT_TRUE(!error || error->message != "left behind") << verb;
        }
    }
    EXPECT_FALSE(call(engine.transact(writing(), 1s)));
}

} // namespace
} // namespace pilothouse::engine
