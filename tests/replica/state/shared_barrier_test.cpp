// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/shared_barrier.h"
#include "replica/state/waiter.h"

#include <optional>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;
using test::runUntil;
using test::why;

class SharedBarrierTest : public test::StateTest {
protected:
    // Asks, and keeps the answer.
    void ask(Milliseconds deadline = 10s) {
        boost::asio::co_spawn(context, barrier.wait(deadline),
                              [this](const std::exception_ptr&, Result<Revision> answer) {
                                  answers.push_back(std::move(answer));
                              });
    }
    // Barriers hang from now on until release().
    void hang() {
        gate = std::make_shared<Waiter>(context.get_executor());
        engine.beforeBarrier = [this]() -> engine::Awaitable<void> {
            static_cast<void>(co_await gate->wait(10s));
        };
    }
    void release() { gate->wake(); }
    void write() {
        engine::Transaction transaction;
        transaction.then.emplace_back(engine::Put{"k", std::to_string(store.revision().value())});
        ASSERT_TRUE(run(context, store.transact(transaction, 100ms)));
    }

    SharedBarrier barrier{engine, 1s};
    std::shared_ptr<Waiter> gate;
    std::vector<Result<Revision>> answers;
};

TEST_F(SharedBarrierTest, GivesTheEnginesRevision) {
    const auto alone = run(context, barrier.wait(1s));
    ASSERT_TRUE(alone) << why(alone);
    EXPECT_EQ(*alone, store.revision());
}

TEST_F(SharedBarrierTest, ManyAtOnceCostTwo) {
    hang();
    ask();
    ASSERT_TRUE(runUntil(context, [&] { return engine.barriers == 1; }));
    write();
    for (int i = 0; i < 100; ++i) {
        ask();
    }
    runUntil(
        context, [] { return false; }, 20ms);
    EXPECT_EQ(engine.barriers, 1) << "the others wait for the next one: this one may not know their writes";
    release();
    ASSERT_TRUE(runUntil(context, [&] { return answers.size() == 101; })) << answers.size();
    EXPECT_EQ(engine.barriers, 2);
    for (const Result<Revision>& answer : answers) {
        EXPECT_TRUE(answer) << why(answer);
    }
    EXPECT_EQ(answers.back(), store.revision());
}

TEST_F(SharedBarrierTest, NobodyWaitsBeyondTheOwnDeadline) {
    hang();
    ask(5ms);
    ask(5ms);
    ASSERT_TRUE(runUntil(context, [&] { return answers.size() == 2; }));
    for (const Result<Revision>& answer : answers) {
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, ErrorCode::timeout);
    }
    release();
    EXPECT_TRUE(run(context, barrier.wait(1s))) << "and the next ones are served";
}

TEST_F(SharedBarrierTest, FailureIsEverybodysAndPasses) {
    engine.noQuorum = true;
    ask();
    ask();
    ASSERT_TRUE(runUntil(context, [&] { return answers.size() == 2; }));
    EXPECT_FALSE(answers[0]);
    EXPECT_FALSE(answers[1]);
    engine.noQuorum = false;
    EXPECT_TRUE(run(context, barrier.wait(1s)));
}

} // namespace
} // namespace pilothouse::state
