// SPDX-License-Identifier: GPL-3.0-or-later
// Threads for work on blobs, which blocks on the disk and takes long to hash.
#pragma once

#include "base/result.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace pilothouse::blobs {

// Thread-safe. Work that was begun is not interrupted: a coroutine that is cancelled meanwhile still waits
// for it.
class DiskPool {
public:
    explicit DiskPool(std::size_t threads) : m_threads(std::in_place, threads) {}
    ~DiskPool() { stop(); }
    DiskPool(const DiskPool&) = delete;
    DiskPool& operator=(const DiskPool&) = delete;

    // Gives what `work` gives, on the caller's executor, which must outlive this object. Give the work a name
    // before awaiting: g++ 12 destroys a closure twice that is made inside an awaiting expression.
    template <typename T>
    [[nodiscard]] boost::asio::awaitable<Result<T>> run(std::function<Result<T>()> work) {
        namespace asio = boost::asio;
        using Signature = void(Result<T>);
        using Handler = typename asio::async_result<asio::use_awaitable_t<>, Signature>::handler_type;
        auto initiate = [this, work = std::move(work)](Handler handler) mutable {
            // The guard keeps the caller's context running while only this pool works for it.
            auto guard = asio::make_work_guard(asio::get_associated_executor(handler));
            asio::post(*m_threads, [work = std::move(work), done = std::move(handler),
                                    guard = std::move(guard)]() mutable {
                Result<T> result = work();
                work = nullptr; // what it holds goes on this thread
                const auto executor = guard.get_executor();
                asio::post(executor, [done = std::move(done), result = std::move(result)]() mutable {
                    std::move(done)(std::move(result));
                });
            });
        };
        return asio::async_initiate<const asio::use_awaitable_t<>, Signature>(std::move(initiate),
                                                                              asio::use_awaitable);
    }

    // Drops what has not begun, waits for what has. Nothing may be run afterwards.
    void stop() {
        if (m_threads) {
            m_threads->stop();
            m_threads->join();
            m_threads.reset();
        }
    }

private:
    std::optional<boost::asio::thread_pool> m_threads;
};

} // namespace pilothouse::blobs
