// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_fixture.h"
#include "replica/http/hop.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>

namespace pilothouse::http {
namespace {

Awaitable<int> twice(int number) {
    if (number < 0) {
        throw std::invalid_argument("negative");
    }
    co_return 2 * number;
}

// Neither the caller's executor nor the task's is a strand here, and the task ends at once: whichever way the
// two threads meet, no end is lost.
TEST(Hop, LosesNoEndBetweenManyThreads) {
    test::Loop loop(4);
    constexpr int rounds = 5000;
    const auto many = [](Executor executor) -> Awaitable<int> {
        int sum = 0;
        for (int i = 0; i < rounds; ++i) {
            sum += co_await hopTo(executor, twice(1), [] {});
        }
        co_return sum;
    };
    std::vector<std::future<int>> sums;
    for (int i = 0; i < 4; ++i) {
        sums.push_back(loop.spawn(many(loop.executor())));
    }
    for (auto& sum : sums) {
        ASSERT_EQ(sum.wait_for(std::chrono::seconds(40)), std::future_status::ready) << "an end was lost";
        EXPECT_EQ(sum.get(), 2 * rounds);
    }
}

TEST(Hop, PassesExceptionsOn) {
    test::Loop loop;
    const Executor strand = boost::asio::make_strand(loop.executor());
    EXPECT_THROW(loop.run(hopTo(strand, twice(-1), [] {})), std::invalid_argument);
}

TEST(Hop, TellsTheTaskThatItsCallerIsCancelled) {
    test::Loop loop;
    const Executor strand = boost::asio::make_strand(loop.executor());
    const auto timer = std::make_shared<boost::asio::steady_timer>(strand, Deadline::max());
    std::atomic<bool> ended{false};
    const auto sleeping = [timer, &ended]() -> Awaitable<int> {
        boost::system::error_code woken;
        co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
        ended = true;
        co_return 1;
    };
    boost::asio::cancellation_signal signal;
    std::promise<bool> cancelled;
    const Executor caller = boost::asio::make_strand(loop.executor());
    std::atomic<bool> begun{false};
    const auto calling = [&]() -> Awaitable<int> {
        begun = true;
        const auto cancel = [timer, strand] { boost::asio::post(strand, [timer] { timer->cancel(); }); };
        const int result = co_await hopTo(strand, sleeping(), cancel);
        co_return result;
    };
    boost::asio::co_spawn(
        caller, calling(),
        boost::asio::bind_cancellation_slot(signal.slot(), [&](const std::exception_ptr& thrown, int) {
            cancelled.set_value(thrown != nullptr);
        }));
    ASSERT_TRUE(test::eventually([&] { return begun.load(); }));
    boost::asio::post(caller, [&] { signal.emit(boost::asio::cancellation_type::terminal); });
    EXPECT_TRUE(cancelled.get_future().get());
    EXPECT_TRUE(test::eventually([&] { return ended.load(); }));
}

} // namespace
} // namespace pilothouse::http
