// SPDX-License-Identifier: GPL-3.0-or-later
// Threads that run coroutines, for tests that block.
#pragma once

#include "replica/http/async.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace pilothouse::http::test {

class Loop {
public:
    explicit Loop(int threads = 2) : m_work(boost::asio::make_work_guard(m_io)) {
        for (int i = 0; i < threads; ++i) {
            m_threads.emplace_back([this] { m_io.run(); });
        }
    }
    ~Loop() {
        m_work.reset();
        m_io.stop();
        for (auto& thread : m_threads) {
            thread.join();
        }
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    [[nodiscard]] Executor executor() { return m_io.get_executor(); }

    template <typename T>
    std::future<T> spawn(Awaitable<T> coroutine) {
        return boost::asio::co_spawn(m_io, std::move(coroutine), boost::asio::use_future);
    }
    // Its result, within 20 s.
    template <typename T>
    T run(Awaitable<T> coroutine) {
        auto future = spawn(std::move(coroutine));
        if (future.wait_for(std::chrono::seconds(20)) != std::future_status::ready) {
            throw std::runtime_error("the coroutine did not end within 20 s");
        }
        return future.get();
    }

private:
    boost::asio::io_context m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::vector<std::thread> m_threads;
};

// Whether `condition` comes to hold within 10 s; asks every millisecond.
inline bool eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

} // namespace pilothouse::http::test
