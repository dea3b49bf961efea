// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/sleep.h"
#include "replica/node/task_group.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <gtest/gtest.h>

namespace pilothouse::node {
namespace {

using namespace std::chrono_literals;

class TaskGroupTest : public testing::Test {
protected:
    boost::asio::io_context context;
    TaskGroup tasks{boost::asio::make_strand(context), Logger()};
};

boost::asio::awaitable<void> endAtOnce(bool& ended) {
    ended = true;
    co_return;
}

boost::asio::awaitable<void> waitLong(bool& cancelled) {
    try {
        co_await sleepFor(1h);
    } catch (...) {
        cancelled = true;
        throw;
    }
}

TEST_F(TaskGroupTest, CancelsWhatRuns) {
    bool cancelled = false;
    tasks.spawn("waiting", waitLong(cancelled));
    context.poll();
    tasks.cancelAndWait(0ms);
    context.restart();
    context.poll();
    EXPECT_TRUE(cancelled);
}

// Its end and the order to cancel it are on their way at the same time: what the order refers to must not be
// gone. (The sanitizers' builds see it.)
TEST_F(TaskGroupTest, OneThatEndsBeforeItIsCancelledIsLeftAlone) {
    bool ended = false;
    tasks.spawn("ending", endAtOnce(ended));
    tasks.cancelAndWait(0ms);
    context.run();
    EXPECT_TRUE(ended);
    tasks.cancelAndWait(10s); // none is left
}

} // namespace
} // namespace pilothouse::node
