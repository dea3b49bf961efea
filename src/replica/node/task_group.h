// SPDX-License-Identifier: GPL-3.0-or-later
// The long-running coroutines of a replica: started together, cancelled together, waited for.
#pragma once

#include "base/clock.h"
#include "base/log.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace pilothouse::node {

// spawn() from any thread. The executor must be a strand: cancellation is delivered there.
class TaskGroup {
public:
    TaskGroup(boost::asio::any_io_executor strand, Logger log)
        : m_strand(std::move(strand)), m_log(std::move(log)) {}
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    // What it throws ends it and is logged under its name; being cancelled is not worth a word.
    void spawn(std::string name, boost::asio::awaitable<void> task);
    // Cancels all, and blocks until they have ended or the deadline has passed. Not on the executor's
    // threads.
    void cancelAndWait(Milliseconds deadline);

private:
    struct Task {
        boost::asio::cancellation_signal signal;
    };
    boost::asio::any_io_executor m_strand;
    Logger m_log;
    std::mutex m_mutex; // guards what follows
    std::condition_variable m_ended;
    std::list<std::shared_ptr<Task>> m_tasks;
};

} // namespace pilothouse::node
