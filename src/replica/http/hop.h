// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a coroutine on another executor and waits for it on the caller's.
//
// Boost 1.81 forwards a cancellation to a coroutine on another executor by a bare pointer, which may be gone
// when the coroutine ends at that moment. So the caller waits on a timer of its own here, and says itself how
// to cancel.
#pragma once

#include "replica/http/async.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace pilothouse::http {

// The timer is touched under a lock, because the caller's executor need not be a strand: an end that comes
// between the look whether there is one and the beginning of the wait would be lost otherwise.
template <typename T>
class Hop {
public:
    explicit Hop(const Executor& caller) : m_timer(caller, Deadline::max()) {}

    // On the other executor, once.
    void tell(std::exception_ptr thrown, T result) {
        const std::lock_guard lock(m_mutex);
        m_thrown = std::move(thrown);
        m_result = std::move(result);
        m_timer.cancel();
    }
    // On the caller's: the result, or nothing when the caller was cancelled first.
    Awaitable<std::optional<T>> wait() {
        boost::system::error_code told;
        auto token = boost::asio::redirect_error(boost::asio::use_awaitable, told);
        const auto begin = [this](auto handler) {
            const std::lock_guard lock(m_mutex);
            if (m_result.has_value() || m_thrown) {
                m_timer.expires_at(Deadline()); // long past
            }
            m_timer.async_wait(std::move(handler));
        };
        co_await boost::asio::async_initiate<decltype(token), void(boost::system::error_code)>(begin, token);
        const std::lock_guard lock(m_mutex);
        if (m_thrown) {
            std::rethrow_exception(m_thrown);
        }
        co_return std::move(m_result);
    }

private:
    std::mutex m_mutex; // guards what follows
    std::optional<T> m_result;
    std::exception_ptr m_thrown;
    boost::asio::steady_timer m_timer;
};

// What `task` holds on to must live as long as it runs, also after the caller has gone. `cancel` is called on
// the caller's executor when the caller is cancelled, and should make the task end soon.
template <typename T>
Awaitable<T> hopTo(Executor executor, Awaitable<T> task, std::function<void()> cancel) {
    auto hop = std::make_shared<Hop<T>>(co_await boost::asio::this_coro::executor);
    boost::asio::co_spawn(executor, std::move(task), [hop](std::exception_ptr thrown, T result) {
        hop->tell(std::move(thrown), std::move(result));
    });
    auto result = co_await hop->wait();
    if (!result) {
        cancel();
        throw boost::system::system_error(boost::asio::error::operation_aborted);
    }
    co_return std::move(*result);
}

} // namespace pilothouse::http
