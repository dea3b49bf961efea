// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/copy_window.h"

namespace pilothouse::replication {

bool CopyWindow::Turn::hasPlace() const {
    const std::lock_guard lock(m_window->m_mutex);
    return m_hasPlace;
}

std::unique_ptr<CopyWindow::Turn> CopyWindow::enter(const boost::asio::any_io_executor& executor) {
    auto turn = std::make_unique<Turn>(shared_from_this(), executor);
    const std::lock_guard lock(m_mutex);
    if (m_free > 0) {
        --m_free;
        turn->m_hasPlace = true;
    } else {
        m_waiting.push_back(turn.get());
    }
    return turn;
}

void CopyWindow::leave(const Turn& turn) {
    const std::lock_guard lock(m_mutex);
    if (!turn.m_hasPlace) {
        std::erase(m_waiting, &turn);
    } else if (m_waiting.empty()) {
        ++m_free;
    } else {
        Turn* const next = m_waiting.front();
        m_waiting.pop_front();
        next->m_hasPlace = true;
        next->m_waiter->wake();
    }
}

} // namespace pilothouse::replication
