// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/compaction.h"

namespace pilothouse::state {

std::optional<Revision> CompactionSchedule::next(Revision present, MonotonicTime now,
                                                 std::chrono::minutes kept) {
    if (m_marks.empty() || now - m_marks.back().at >= std::chrono::minutes(1)) {
        m_marks.push_back({present, now});
    }
    std::optional<Revision> due;
    while (!m_marks.empty() && now - m_marks.front().at >= kept) {
        due = m_marks.front().revision;
        m_marks.pop_front();
    }
    // An idle cluster has nothing new to forget.
    if (!due || *due <= m_compacted) {
        return std::nullopt;
    }
    m_compacted = *due;
    return due;
}

} // namespace pilothouse::state
