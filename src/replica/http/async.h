// SPDX-License-Identifier: GPL-3.0-or-later
// The few names of Boost.Asio that all network code shares.
//
// Threads: an io_context may be run by several threads. Each connection runs on a strand of its own; an
// object of one connection (Stream, Exchange) is only touched on that strand.
#pragma once

#include "base/clock.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>

namespace pilothouse::http {

template <typename T>
using Awaitable = boost::asio::awaitable<T>;
using Executor = boost::asio::any_io_executor;

// The point on the monotonic clock at which a wait gives up.
using Deadline = MonotonicTime;
[[nodiscard]] inline Deadline within(Milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

} // namespace pilothouse::http
