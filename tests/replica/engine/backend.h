// SPDX-License-Identifier: GPL-3.0-or-later
// The two engines that must behave alike: a real etcd, and its twin in memory.
#pragma once

#include "replica/engine/engine.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

namespace pilothouse::engine::test {

// One thread that runs coroutines.
class Loop {
public:
    Loop() : m_work(boost::asio::make_work_guard(context)), m_thread([this] { context.run(); }) {}
    ~Loop() {
        context.stop();
        m_thread.join();
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    template <typename T>
    T run(Awaitable<T> coroutine) {
        auto future = boost::asio::co_spawn(context, std::move(coroutine), boost::asio::use_future);
        if (future.wait_for(std::chrono::seconds(20)) != std::future_status::ready) {
            throw std::runtime_error("the coroutine did not end within 20 s");
        }
        return future.get();
    }

    boost::asio::io_context context;

private:
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::thread m_thread;
};

class Backend {
public:
    virtual ~Backend() = default;
    [[nodiscard]] virtual Engine& engine() = 0;
};

[[nodiscard]] std::unique_ptr<Backend> memoryBackend();
// A member of its own with an empty store, which answers. `silentPeer`: its cluster has a second member that
// has been stopped, so there is no quorum any more.
[[nodiscard]] std::unique_ptr<Backend> etcdBackend(Loop& loop, bool silentPeer = false);

template <typename T>
std::string why(const Result<T>& result) {
    return result ? "no error" : result.error().text();
}

} // namespace pilothouse::engine::test
