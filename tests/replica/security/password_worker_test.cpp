// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/password.h"
#include "replica/security/password_worker.h"
#include "support/fixtures.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <thread>

namespace pilothouse::security {
namespace {

namespace asio = boost::asio;

// What `call` answers, run to its end.
template <typename T>
Result<T> wait(asio::awaitable<Result<T>> call) {
    asio::io_context context;
    std::optional<Result<T>> answer;
    asio::co_spawn(context, std::move(call), [&](std::exception_ptr error, Result<T> result) {
        EXPECT_EQ(error, nullptr);
        answer = std::move(result);
    });
    context.run_for(std::chrono::seconds(30));
    return answer ? std::move(*answer) : Result<T>(fail(ErrorCode::timeout, "no answer within 30 s"));
}

TEST(PasswordWorker, MakesAndVerifies) {
    PasswordWorker worker;
    const Result<std::string> verifier = wait(worker.makeVerifier("correct horse"));
    ASSERT_TRUE(verifier) << verifier.error().text();
    EXPECT_TRUE(wait(worker.verify("correct horse", *verifier)).value());
    EXPECT_FALSE(wait(worker.verify("wrong horse", *verifier)).value());
    EXPECT_EQ(wait(worker.verify("x", "damaged")).error().code, ErrorCode::corrupt);
}

TEST(PasswordWorker, RefusesBeyondTheQueueAndAnswersTheRest) {
    const std::string verifier = makeVerifier("correct horse", systemRandom()).value();
    PasswordWorker worker(4);
    asio::io_context context;
    int verified = 0;
    int exhausted = 0;
    for (int i = 0; i < 20; ++i) {
        asio::co_spawn(context, worker.verify("correct horse", verifier),
                       [&](std::exception_ptr, Result<bool> result) {
                           verified += result.value_or(false) ? 1 : 0;
                           exhausted += !result && result.error().code == ErrorCode::exhausted ? 1 : 0;
                       });
    }
    context.run_for(std::chrono::seconds(30));
    EXPECT_EQ(verified + exhausted, 20);
    // Four wait, one runs, and now and then one more got into the place of one that ended meanwhile.
    EXPECT_GE(verified, 4);
    EXPECT_GE(exhausted, 10);
}

TEST(PasswordWorker, PreferredOnesGoBeforeAQueueThatIsFull) {
    const std::string verifier = makeVerifier("correct horse", systemRandom()).value();
    PasswordWorker worker(4);
    asio::io_context context;
    std::vector<std::string> ended;
    const auto begin = [&](const std::string& who, PasswordWorker::Order order) {
        asio::co_spawn(context, worker.verify("correct horse", verifier, {}, order),
                       [&ended, who](std::exception_ptr, Result<bool> result) {
                           ended.push_back(result ? who : "turned away");
                       });
    };
    for (int i = 0; i < 20; ++i) {
        begin("another", PasswordWorker::Order::asTheyCome);
    }
    begin("the preferred", PasswordWorker::Order::preferred);
    context.run_for(std::chrono::seconds(30));
    ASSERT_EQ(ended.size(), 21U);
    EXPECT_EQ(ended.back(), "another");
    EXPECT_EQ(std::count(ended.begin(), ended.end(), "the preferred"), 1);
}

// Four strangers, each with as many guesses as it may have waiting, and somebody who logs in here for the
// first time.
TEST(PasswordWorker, AFewSourcesTogetherKeepNobodyOut) {
    const std::string verifier = makeVerifier("correct horse", systemRandom(), {4, 8, 1}).value();
    PasswordWorker worker; // 32 places
    asio::io_context context;
    std::vector<std::string> ended;
    const auto begin = [&](const std::string& source) {
        asio::co_spawn(context, worker.verify("correct horse", verifier, source),
                       [&ended, source](std::exception_ptr, Result<bool> result) {
                           ended.push_back(source + (result ? "" : " turned away"));
                       });
    };
    for (int i = 0; i < 400; ++i) {
        begin("stranger " + std::to_string(i % 4));
    }
    begin("person");
    context.run_for(std::chrono::seconds(30));
    EXPECT_EQ(ended.size(), 401U);
    EXPECT_EQ(std::count(ended.begin(), ended.end(), "person"), 1);
}

TEST(PasswordWorker, ResumesOnTheCallersExecutor) {
    const std::string verifier = makeVerifier("correct horse", systemRandom(), {4, 8, 1}).value();
    PasswordWorker worker(1000);
    asio::thread_pool pool(4);
    std::atomic<int> answers = 0;
    for (int i = 0; i < 50; ++i) {
        const auto strand = asio::make_strand(pool);
        asio::co_spawn(
            strand,
            [&worker, &answers, &verifier, strand]() -> asio::awaitable<void> {
                for (int round = 0; round < 5; ++round) {
                    const Result<bool> result = co_await worker.verify("correct horse", verifier);
                    EXPECT_TRUE(result.value_or(false));
                    EXPECT_TRUE(strand.running_in_this_thread());
                    ++answers;
                }
            },
            asio::detached);
    }
    pool.join();
    EXPECT_EQ(answers, 250);
}

TEST(PasswordWorker, StopAnswersWhoWaits) {
    const std::string verifier = makeVerifier("correct horse", systemRandom()).value();
    PasswordWorker worker;
    asio::io_context context;
    int cancelled = 0;
    int answered = 0;
    for (int i = 0; i < 10; ++i) {
        asio::co_spawn(context, worker.verify("correct horse", verifier),
                       [&](std::exception_ptr, Result<bool> result) {
                           ++answered;
                           cancelled += !result && result.error().code == ErrorCode::cancelled ? 1 : 0;
                       });
    }
    context.poll(); // all are in the queue
    worker.stop();
    context.run_for(std::chrono::seconds(30));
    EXPECT_EQ(answered, 10);
    EXPECT_GE(cancelled, 5);
    EXPECT_EQ(wait(worker.verify("x", verifier)).error().code, ErrorCode::cancelled);
}

TEST(PasswordWorker, MayGoWhileNobodyListensAnyMore) {
    const std::string verifier = makeVerifier("correct horse", systemRandom()).value();
    asio::io_context context;
    {
        PasswordWorker worker;
        asio::co_spawn(context, worker.verify("correct horse", verifier), asio::detached);
        asio::co_spawn(context, worker.verify("correct horse", verifier), asio::detached);
        context.poll();
    }
    // The answers were posted, nobody runs them: destroying the context must free everything (seen by
    // sanitizers).
    EXPECT_FALSE(context.stopped());
}

} // namespace
} // namespace pilothouse::security
