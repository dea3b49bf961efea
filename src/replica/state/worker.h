// SPDX-License-Identifier: GPL-3.0-or-later
// One thread for work that blocks on the disk.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace pilothouse::state {

// Runs what it is given one after another. Thread-safe. Work that was begun is not interrupted: a coroutine
// that is cancelled meanwhile still waits for it.
class Worker {
public:
    Worker() = default;
    // Drops what has not begun, waits for what has.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // Gives what `work` gives, on the caller's executor, which must outlive this object.
    [[nodiscard]] boost::asio::awaitable<Status> run(std::function<Status()> work);
    // The same for those who cannot wait for as long as a disk may hang: ErrorCode::timeout after `deadline`.
    // The work is done all the same, once its turn comes: it must own what it needs.
    [[nodiscard]] boost::asio::awaitable<Status> runWithin(Milliseconds deadline,
                                                           std::function<Status()> work);
    // What the destructor does, at an earlier time. Nothing may be run afterwards.
    void stop();

private:
    std::optional<boost::asio::thread_pool> m_thread{std::in_place, 1};
};

} // namespace pilothouse::state
