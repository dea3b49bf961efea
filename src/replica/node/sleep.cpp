// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/sleep.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pilothouse::node {

boost::asio::awaitable<void> sleepFor(Milliseconds duration) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, duration);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

} // namespace pilothouse::node
