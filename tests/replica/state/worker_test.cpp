// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/worker.h"
#include "support.h"

#include <boost/asio/detached.hpp>

#include <atomic>
#include <future>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;
using test::runUntil;

class WorkerTest : public testing::Test {
protected:
    // Work that lasts until `finish` is set.
    std::function<Status()> endless() {
        return [finished = m_finished, &ran = m_ran] {
            finished.wait();
            ++ran;
            return Status();
        };
    }
    boost::asio::io_context context;
    std::promise<void> finish;
    std::atomic<int> m_ran = 0;

private:
    std::shared_future<void> m_finished{finish.get_future().share()};

protected:
    Worker worker; // last: it ends before the rest goes
};

TEST_F(WorkerTest, GivesWhatTheWorkGives) {
    EXPECT_TRUE(run(context, worker.runWithin(10s, [] { return Status(); })));
    const auto failed =
        run(context, worker.runWithin(10s, [] { return Status(fail(ErrorCode::conflict, "no")); }));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::conflict);
}

TEST_F(WorkerTest, WhoHasADeadlineDoesNotWaitForADiskThatHangs) {
    const auto begun = run(context, worker.runWithin(20ms, endless()));
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, ErrorCode::timeout);
    EXPECT_FALSE(begun.error().hint.empty());
    EXPECT_FALSE(run(context, worker.runWithin(20ms, endless()))) << "that has to queue behind it";
    EXPECT_EQ(m_ran, 0);
    finish.set_value();
    EXPECT_TRUE(run(context, worker.run([] { return Status(); })));
    EXPECT_EQ(m_ran, 2) << "it was done all the same, in its turn";
}

TEST_F(WorkerTest, StopDropsWhatHasNotBegun) {
    auto token = std::make_shared<int>();
    boost::asio::co_spawn(context, worker.runWithin(10s, endless()), boost::asio::detached);
    boost::asio::co_spawn(context, worker.run([token] { return Status(); }), boost::asio::detached);
    context.poll();
    EXPECT_GT(token.use_count(), 1);
    auto stopping = std::async(std::launch::async, [&] { worker.stop(); });
    finish.set_value();
    stopping.get();
    context.restart();
    context.poll();
    EXPECT_EQ(token.use_count(), 1) << "nothing is left of it";
}

} // namespace
} // namespace pilothouse::state
