// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/worker.h"

#include "replica/state/waiter.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <string>
#include <utility>

namespace pilothouse::state {

namespace asio = boost::asio;

Worker::~Worker() {
    stop();
}

void Worker::stop() {
    if (m_thread) {
        m_thread->stop();
        m_thread->join();
        m_thread.reset(); // with what has not begun
    }
}

// Not by co_spawn onto the thread: Boost 1.81 forwards a cancellation to the other executor by a bare
// pointer, which is gone when the work ends at that moment.
asio::awaitable<Status> Worker::run(std::function<Status()> work) {
    using Handler = asio::async_result<asio::use_awaitable_t<>, void(Status)>::handler_type;
    auto initiate = [this, work = std::move(work)](Handler handler) mutable {
        // The guard keeps the caller's context running while only this thread works for it.
        auto guard = asio::make_work_guard(asio::get_associated_executor(handler));
        asio::post(*m_thread,
                   [work = std::move(work), done = std::move(handler), guard = std::move(guard)]() mutable {
                       Status status = work();
                       work = nullptr; // what it holds goes on this thread
                       const auto executor = guard.get_executor();
                       asio::post(executor, [done = std::move(done), status = std::move(status)]() mutable {
                           std::move(done)(std::move(status));
                       });
                   });
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Status)>(std::move(initiate),
                                                                             asio::use_awaitable);
}

asio::awaitable<Status> Worker::runWithin(Milliseconds deadline, std::function<Status()> work) {
    const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
    const auto outcome = std::make_shared<Status>();
    asio::post(*m_thread, [waiter, outcome, work = std::move(work)]() mutable {
        *outcome = work();
        work = nullptr;
        waiter->wake();
    });
    const bool done = co_await waiter->wait(deadline);
    if (!done) {
        co_return fail(ErrorCode::timeout,
                       "The disk has not answered for " + std::to_string(deadline.count()) + " ms",
                       "Look after the disk under the data folder; what was asked for may still be done");
    }
    co_return *outcome;
}

} // namespace pilothouse::state
