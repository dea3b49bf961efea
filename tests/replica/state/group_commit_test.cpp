// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "replica/state/group_commit.h"
#include "replica/state/waiter.h"

#include <map>
#include <optional>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using engine::Compare;
using engine::Put;
using engine::Transaction;
using engine::TransactionResult;
using test::runUntil;
using test::why;

class GroupCommitTest : public test::StateTest {
protected:
    void send(const std::string& name, Transaction transaction, Milliseconds deadline = 10s) {
        boost::asio::co_spawn(context, commit.transact(std::move(transaction), deadline),
                              [this, name](const std::exception_ptr&, Result<TransactionResult> answer) {
                                  answers.insert_or_assign(name, std::move(answer));
                              });
    }
    // A write that hangs in the engine until release(), so that what is sent after it waits.
    void occupy() {
        gate = std::make_shared<Waiter>(context.get_executor());
        engine.beforeWrite = [this]() -> engine::Awaitable<void> {
            static_cast<void>(co_await gate->wait(10s));
        };
        send("first", put("first"));
        settle();
    }
    // What was sent arrives, and the engine is free again.
    void release() {
        settle();
        gate->wake();
    }
    void settle() {
        runUntil(
            context, [] { return false; }, 5ms);
    }
    bool allAnswered(std::size_t count) {
        return runUntil(context, [&] { return answers.size() == count; });
    }
    bool succeeded(const std::string& name) {
        const auto& answer = answers.at(name);
        EXPECT_TRUE(answer) << name << ": " << why(answer);
        return answer && answer->succeeded;
    }
    static Transaction put(const std::string& key, std::vector<Compare> compares = {}) {
        return {.compares = std::move(compares), .then = {Put{key, "v", 0}}, .otherwise = {}};
    }

    GroupCommit commit{engine, 1s};
    const int writesBefore = engine.writes; // of the fixture
    std::shared_ptr<Waiter> gate;
    std::map<std::string, Result<TransactionResult>> answers;
};

TEST_F(GroupCommitTest, OneAloneGoesAsItIs) {
    send("a", put("a"));
    ASSERT_TRUE(allAnswered(1));
    EXPECT_TRUE(succeeded("a"));
    EXPECT_EQ(answers.at("a")->revision, store.revision());
    EXPECT_EQ(engine.groups, 0);
}

TEST_F(GroupCommitTest, ThoseThatComeMeanwhileGoTogether) {
    const Revision before = store.revision();
    occupy();
    for (int i = 0; i < 20; ++i) {
        send("k" + std::to_string(i), put("k" + std::to_string(i)));
    }
    release();
    ASSERT_TRUE(allAnswered(21)) << answers.size();
    EXPECT_EQ(engine.writes, writesBefore + 2);
    EXPECT_EQ(engine.groups, 1);
    EXPECT_EQ(store.revision().value(), before.value() + 2);
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(succeeded("k" + std::to_string(i)));
        EXPECT_TRUE(store.content().contains("k" + std::to_string(i)));
    }
}

TEST_F(GroupCommitTest, EachHasItsOwnConditions) {
    occupy();
    send("holds", put("a", {Compare::absent("x")}));
    send("fails", put("b", {Compare::present("x")}));
    release();
    ASSERT_TRUE(allAnswered(3));
    EXPECT_EQ(engine.groups, 1);
    EXPECT_TRUE(succeeded("holds"));
    EXPECT_FALSE(succeeded("fails"));
    EXPECT_FALSE(store.content().contains("b"));
}

// Two that would not see each other in one group: only one of them may succeed.
TEST_F(GroupCommitTest, ThoseThatDependOnEachOtherDoNot) {
    occupy();
    send("a", put("a", {Compare::absent("b")}));
    send("b", put("b", {Compare::absent("a")}));
    send("c", put("c"));
    release();
    ASSERT_TRUE(allAnswered(4));
    EXPECT_NE(succeeded("a"), succeeded("b"));
    EXPECT_TRUE(succeeded("c"));
    EXPECT_EQ(engine.groups, 1) << "a and c";
    EXPECT_EQ(engine.writes, writesBefore + 3);
}

TEST_F(GroupCommitTest, ARefusalIsOnlyTheCulprits) {
    occupy();
    send("good", put("good"));
    Transaction bad;
    bad.then = {Put{"x", "1", 0}, Put{"x", "2", 0}};
    send("bad", bad);
    release();
    ASSERT_TRUE(allAnswered(3));
    EXPECT_TRUE(succeeded("good"));
    ASSERT_FALSE(answers.at("bad"));
    EXPECT_EQ(answers.at("bad").error().code, ErrorCode::invalid) << why(answers.at("bad"));
}

TEST_F(GroupCommitTest, ALostAnswerIsUnknownToAll) {
    occupy();
    send("a", put("a"));
    send("b", put("b"));
    engine.beforeWrite = [this]() -> engine::Awaitable<void> {
        engine.loseAnswers = 1;
        co_return;
    };
    release();
    ASSERT_TRUE(allAnswered(3));
    EXPECT_TRUE(succeeded("first"));
    for (const char* name : {"a", "b"}) {
        ASSERT_FALSE(answers.at(name)) << name;
        EXPECT_EQ(answers.at(name).error().code, ErrorCode::timeout) << why(answers.at(name));
        EXPECT_TRUE(store.content().contains(name)) << "though it was done";
    }
}

TEST_F(GroupCommitTest, WhatHasNotLeftByItsDeadlineNeverDoes) {
    occupy();
    send("late", put("late"), 10ms);
    ASSERT_TRUE(allAnswered(1));
    ASSERT_FALSE(answers.at("late"));
    EXPECT_EQ(answers.at("late").error().code, ErrorCode::unavailable) << why(answers.at("late"));
    release();
    ASSERT_TRUE(allAnswered(2));
    send("next", put("next"));
    ASSERT_TRUE(allAnswered(3));
    EXPECT_TRUE(succeeded("next"));
    EXPECT_FALSE(store.content().contains("late"));
}

TEST_F(GroupCommitTest, WhatHasLeftIsUnknownAtItsDeadline) {
    occupy();
    send("second", put("second"), 10s);
    gate->wake();
    ASSERT_TRUE(allAnswered(2));
    gate = std::make_shared<Waiter>(context.get_executor());
    engine.beforeWrite = [this]() -> engine::Awaitable<void> { static_cast<void>(co_await gate->wait(10s)); };
    send("sent", put("sent"), 10ms);
    ASSERT_TRUE(allAnswered(3));
    ASSERT_FALSE(answers.at("sent"));
    EXPECT_EQ(answers.at("sent").error().code, ErrorCode::timeout) << why(answers.at("sent"));
    release();
}

TEST_F(GroupCommitTest, LargeOnesAreSpreadOverSeveralGroups) {
    occupy();
    for (int i = 0; i < 4; ++i) {
        Transaction large;
        large.then = {Put{"large" + std::to_string(i), std::string(100 * 1024, 'x'), 0}};
        send("large" + std::to_string(i), std::move(large));
    }
    release();
    ASSERT_TRUE(allAnswered(5));
    EXPECT_EQ(engine.groups, 2) << "two of 100 KiB each";
}

} // namespace
} // namespace pilothouse::state
