// SPDX-License-Identifier: GPL-3.0-or-later
// A wake-up from any thread, awaited by one coroutine.
#pragma once

#include "base/clock.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <mutex>

namespace pilothouse::state {

// Held by shared_ptr: the one who wakes may come after the one who waited has gone. Once woken it stays so.
class Waiter : public std::enable_shared_from_this<Waiter> {
public:
    // `executor` runs the timer.
    explicit Waiter(const boost::asio::any_io_executor& executor) : m_timer(executor) {}

    // True once woken, also when that was before the call; false when the deadline came first or the waiting
    // coroutine was cancelled. Resumes on the caller's executor.
    [[nodiscard]] boost::asio::awaitable<bool> wait(Milliseconds deadline);
    // Any thread, any number of times.
    void wake();

private:
    using Handler = boost::asio::async_result<boost::asio::use_awaitable_t<>, void(bool)>::handler_type;
    void begin(Handler handler, Milliseconds deadline);
    [[nodiscard]] bool woken();

    std::mutex m_mutex; // guards what follows, the timer included
    boost::asio::steady_timer m_timer;
    bool m_woken = false;
};

} // namespace pilothouse::state
