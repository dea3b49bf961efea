// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/task_group.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>

#include <exception>

namespace pilothouse::node {
namespace {

// Why a coroutine ended by an exception; empty when it was cancelled.
std::string reasonOf(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const boost::system::system_error& error) {
        return error.code() == boost::asio::error::operation_aborted ? std::string() : error.what();
    } catch (const std::exception& error) {
        return error.what();
    }
}

} // namespace

void TaskGroup::spawn(std::string name, boost::asio::awaitable<void> task) {
    const auto started = std::make_shared<Task>();
    std::list<std::shared_ptr<Task>>::iterator place;
    {
        const std::lock_guard lock(m_mutex);
        place = m_tasks.insert(m_tasks.end(), started);
    }
    auto onEnd = [this, place, name = std::move(name)](const std::exception_ptr& exception) {
        if (const std::string reason = exception ? reasonOf(exception) : std::string(); !reason.empty()) {
            m_log.error(name + " ended unexpectedly: " + reason);
        }
        const std::lock_guard lock(m_mutex);
        m_tasks.erase(place);
        m_ended.notify_all();
    };
    boost::asio::co_spawn(m_strand, std::move(task),
                          boost::asio::bind_cancellation_slot(started->signal.slot(), std::move(onEnd)));
}

void TaskGroup::cancelAndWait(Milliseconds deadline) {
    std::unique_lock lock(m_mutex);
    for (const auto& task : m_tasks) {
        boost::asio::post(m_strand, [weak = std::weak_ptr(task)] {
            if (const auto running = weak.lock()) { // it may have ended by itself meanwhile
                running->signal.emit(boost::asio::cancellation_type::terminal);
            }
        });
    }
    m_ended.wait_for(lock, deadline, [this] { return m_tasks.empty(); });
}

} // namespace pilothouse::node
