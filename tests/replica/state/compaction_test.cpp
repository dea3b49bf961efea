// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/compaction.h"

#include <gtest/gtest.h>

namespace pilothouse::state {
namespace {

using std::chrono::minutes;

TEST(CompactionSchedule, KeepsWhatIsYoungerThanAsked) {
    CompactionSchedule schedule;
    const MonotonicTime start(std::chrono::hours(1));
    for (int minute = 0; minute < 10; ++minute) {
        EXPECT_EQ(schedule.next(Revision(100 + minute), start + minutes(minute), minutes(10)), std::nullopt);
    }
    EXPECT_EQ(schedule.next(Revision(110), start + minutes(10), minutes(10)), Revision(100));
    EXPECT_EQ(schedule.next(Revision(111), start + minutes(11), minutes(10)), Revision(101));
}

TEST(CompactionSchedule, SaysNothingWhileNothingChanges) {
    CompactionSchedule schedule;
    const MonotonicTime start(std::chrono::hours(1));
    int compactions = 0;
    for (int minute = 0; minute < 100; ++minute) {
        compactions += schedule.next(Revision(100), start + minutes(minute), minutes(10)).has_value() ? 1 : 0;
    }
    EXPECT_EQ(compactions, 1);
}

TEST(CompactionSchedule, TakesTheNewestThatIsDueAfterAPause) {
    CompactionSchedule schedule;
    const MonotonicTime start(std::chrono::hours(1));
    static_cast<void>(schedule.next(Revision(100), start, minutes(10)));
    static_cast<void>(schedule.next(Revision(200), start + minutes(5), minutes(10)));
    EXPECT_EQ(schedule.next(Revision(300), start + minutes(60), minutes(10)), Revision(200));
}

} // namespace
} // namespace pilothouse::state
