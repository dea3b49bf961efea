// SPDX-License-Identifier: GPL-3.0-or-later
// How far a replica has caught up, and how long that may still take, by what it says it lacks. Pure.
#pragma once

#include "base/clock.h"

#include <QString>

#include <cstdint>
#include <deque>
#include <optional>

namespace pilothouse::ui {

struct Pace {
    int percent = 0;                            // of the most that it was seen to lack; 100: of all
    std::optional<std::int64_t> bytesPerSecond; // by which it lacks less; nullopt: not known, or none
    std::optional<Milliseconds> left;           // known with the former
    friend bool operator==(const Pace&, const Pace&) = default;
};

// "118 MB/s · about 20 min left"; empty while that is not known.
[[nodiscard]] QString speedWords(const Pace& pace);

class CatchUp {
public:
    void take(MonotonicTime at, std::int64_t missingBytes);
    void forget();
    [[nodiscard]] std::optional<Pace> pace() const; // nullopt: nothing was ever missing

private:
    struct Look {
        MonotonicTime at;
        std::int64_t missing = 0;
    };
    std::deque<Look> m_looks; // of the last seconds
    std::int64_t m_most = 0;
};

} // namespace pilothouse::ui
