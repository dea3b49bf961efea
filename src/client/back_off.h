// SPDX-License-Identifier: GPL-3.0-or-later
// How long to wait before the next attempt: doubling, with jitter so that many consoles don't come at once.
#pragma once

#include "base/clock.h"

namespace pilothouse::client {

class BackOff {
public:
    BackOff(Milliseconds first, Milliseconds most) : m_first(first), m_most(most), m_next(first) {}

    // The next wait. `random` is in [0, 1): 0 gives three quarters of the nominal wait, 1 five quarters.
    [[nodiscard]] Milliseconds next(double random) {
        const auto nominal = m_next;
        m_next = nominal * 2 < m_most ? nominal * 2 : m_most;
        return Milliseconds(
            static_cast<Milliseconds::rep>(static_cast<double>(nominal.count()) * (0.75 + random / 2)));
    }
    void reset() { m_next = m_first; }

private:
    Milliseconds m_first;
    Milliseconds m_most;
    Milliseconds m_next;
};

} // namespace pilothouse::client
