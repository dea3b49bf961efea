// SPDX-License-Identifier: GPL-3.0-or-later
// How many copies are on their way to one peer at once. One that is slower than the others would otherwise
// collect copies that nobody waits for, each with its bytes in memory.
#pragma once

#include "replica/state/waiter.h"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

namespace pilothouse::replication {

// Whoever comes first is first. Thread-safe; held by shared_ptr.
class CopyWindow : public std::enable_shared_from_this<CopyWindow> {
public:
    // A place in it, or a wait for one. Its end frees the place, or ends the wait.
    class Turn {
    public:
        Turn(std::shared_ptr<CopyWindow> window, const boost::asio::any_io_executor& executor)
            : m_window(std::move(window)), m_waiter(std::make_shared<state::Waiter>(executor)) {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() { m_window->leave(*this); }

        // Whether it is a place by now.
        [[nodiscard]] bool hasPlace() const;
        // Woken when it is; others may wake it too, to end the wait.
        [[nodiscard]] const std::shared_ptr<state::Waiter>& waiter() const { return m_waiter; }

    private:
        friend CopyWindow;
        const std::shared_ptr<CopyWindow> m_window;
        const std::shared_ptr<state::Waiter> m_waiter;
        bool m_hasPlace = false; // guarded by CopyWindow::m_mutex
    };

    // `places`: at least 1.
    explicit CopyWindow(std::size_t places) : m_free(places) {}

    // `executor` runs the timer of its waiter.
    [[nodiscard]] std::unique_ptr<Turn> enter(const boost::asio::any_io_executor& executor);

private:
    void leave(const Turn& turn);

    std::mutex m_mutex; // guards what follows
    std::size_t m_free;
    std::deque<Turn*> m_waiting; // empty while there are free places
};

} // namespace pilothouse::replication
