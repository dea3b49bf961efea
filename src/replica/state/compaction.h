// SPDX-License-Identifier: GPL-3.0-or-later
// When the engine may forget old revisions. Pure.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <deque>
#include <optional>

namespace pilothouse::state {

// Told the present revision now and then, it says up to which the history is older than is to be kept. One
// per replica, started anew with it: nothing is compacted before it has watched for `kept`.
class CompactionSchedule {
public:
    // The revision to compact to, if there is one to compact to now. `now` never goes back.
    [[nodiscard]] std::optional<Revision> next(Revision present, MonotonicTime now,
                                               std::chrono::minutes kept);

private:
    struct Mark {
        Revision revision;
        MonotonicTime at;
    };
    std::deque<Mark> m_marks; // oldest first, at least a minute apart
    Revision m_compacted;
};

} // namespace pilothouse::state
