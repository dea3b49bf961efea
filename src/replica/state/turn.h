// SPDX-License-Identifier: GPL-3.0-or-later
// One at a time: who comes second is told so, and does not wait.
#pragma once

#include <atomic>

namespace pilothouse::state {

// Frees the flag when it goes, if the turn was its own.
class Turn {
public:
    explicit Turn(std::atomic<bool>& busy) : m_busy(busy), m_mine(!busy.exchange(true)) {}
    ~Turn() {
        if (m_mine) {
            m_busy = false;
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool mine() const { return m_mine; }

private:
    std::atomic<bool>& m_busy;
    const bool m_mine;
};

} // namespace pilothouse::state
