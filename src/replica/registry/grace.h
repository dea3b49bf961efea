// SPDX-License-Identifier: GPL-3.0-or-later
// For how long a blob has been seen unreferenced and untouched. Pure.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace pilothouse::registry {

// Runs on the collector's own clock: a new collector begins anew, which only makes it wait longer. There may
// be very many blobs: each is known by a number made of its digest. Two that have the same number, should
// there ever be such, begin anew for each other, and stay.
class Grace {
public:
    // All blobs are looked at from here on; ended with endRound() unless it came to nothing.
    void beginRound() { ++m_round; }
    // The blob was found unreferenced at `now`, its record last written at `modified`. Gives since when that
    // is so: a write in between, which is how somebody says that he relies on it, begins anew.
    [[nodiscard]] MonotonicTime::duration seen(const std::string& digest, Revision modified,
                                               MonotonicTime now);
    // Forgets all that were not seen in this round.
    void endRound();
    [[nodiscard]] bool empty() const { return m_since.empty(); }

private:
    struct Since {
        Revision modified;
        MonotonicTime at;
        std::uint64_t round = 0; // in which it was seen last
    };
    std::uint64_t m_round = 0;
    std::unordered_map<std::size_t, Since> m_since; // by the digest's number
};

} // namespace pilothouse::registry
