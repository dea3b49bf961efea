// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/event_log.h"

#include <gmock/gmock.h>

namespace pilothouse::client {
namespace {

api::Event event(std::int64_t revision, const char* kind = "leader-changed") {
    api::Event out;
    out.revision = revision;
    out.kind = kind;
    return out;
}

std::vector<std::int64_t> revisions(const EventLog& log) {
    std::vector<std::int64_t> out;
    for (const auto& e : log.events()) {
        out.push_back(e.revision);
    }
    return out;
}

TEST(EventLog, keepsEachOnceInOrderWhoeverTellsIt) {
    EventLog log;
    EXPECT_TRUE(log.add(event(5)));
    EXPECT_TRUE(log.add(event(3)));
    EXPECT_TRUE(log.add(event(9)));
    EXPECT_FALSE(log.add(event(5)));
    EXPECT_FALSE(log.add(event(3)));
    EXPECT_THAT(revisions(log), testing::ElementsAre(3, 5, 9));
    EXPECT_EQ(log.newest(), Revision(9));
}

TEST(EventLog, tellsEventsOfOneTransactionApart) {
    EventLog log;
    EXPECT_TRUE(log.add(event(5, "quorum-regained")));
    EXPECT_TRUE(log.add(event(5, "leader-changed")));
    EXPECT_FALSE(log.add(event(5, "quorum-regained")));
    EXPECT_THAT(revisions(log), testing::ElementsAre(5, 5));
}

TEST(EventLog, dropsTheOldestWhenFull) {
    EventLog log(3);
    for (const int revision : {2, 4, 6}) {
        EXPECT_TRUE(log.add(event(revision)));
    }
    EXPECT_FALSE(log.add(event(1))) << "older than all of a full log";
    EXPECT_TRUE(log.add(event(5)));
    EXPECT_THAT(revisions(log), testing::ElementsAre(4, 5, 6));
}

} // namespace
} // namespace pilothouse::client
