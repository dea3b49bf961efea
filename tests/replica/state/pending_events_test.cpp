// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/pending_events.h"
#include "support.h"

#include <gmock/gmock.h>

#include <fstream>

namespace pilothouse::state {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PendingEventsTest : public testing::Test {
protected:
    static PendingEvent pending(const std::string& name) {
        return {name, test::event("quorum-lost", "Of " + name)};
    }
    std::vector<std::string> names(int* damaged = nullptr) {
        const std::vector<PendingEvent> events = PendingEvents(path).list(damaged).value();
        std::vector<std::string> found;
        found.reserve(events.size());
        for (const PendingEvent& event : events) {
            found.push_back(event.name);
        }
        return found;
    }

    test::TempFolder folder;
    std::filesystem::path path = folder / "pending-events";
};

TEST_F(PendingEventsTest, NothingIsKeptAtFirst) {
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(PendingEventsTest, ComeBackInTheirOrderAfterARestart) {
    for (int i = 12; i > 0; --i) {
        ASSERT_TRUE(PendingEvents(path).add(pending("e" + std::to_string(i)))); // a new object each time
    }
    EXPECT_THAT(names(),
                ElementsAre("e12", "e11", "e10", "e9", "e8", "e7", "e6", "e5", "e4", "e3", "e2", "e1"));
    EXPECT_EQ(PendingEvents(path).list().value().front(), pending("e12"));
}

TEST_F(PendingEventsTest, SameNameIsKeptOnceAndAsItWasFirst) {
    PendingEvents events(path);
    ASSERT_TRUE(events.add(pending("quorum-lost/1/5")));
    PendingEvent again = pending("quorum-lost/1/5");
    again.event.message = "Later";
    ASSERT_TRUE(events.add(again));
    ASSERT_EQ(events.list()->size(), 1U);
    EXPECT_EQ(events.list()->front(), pending("quorum-lost/1/5"));
}

TEST_F(PendingEventsTest, RemoveForgetsOne) {
    PendingEvents events(path);
    ASSERT_TRUE(events.add(pending("a")));
    ASSERT_TRUE(events.add(pending("b")));
    ASSERT_TRUE(events.remove("a"));
    ASSERT_TRUE(events.remove("a")) << "gone already";
    EXPECT_THAT(names(), ElementsAre("b"));
}

TEST_F(PendingEventsTest, DamagedFilesDoNotStopTheOthers) {
    ASSERT_TRUE(PendingEvents(path).add(pending("a")));
    std::ofstream(path / "000000000000.json") << "half a fi";
    std::filesystem::permissions(path / "000000000000.json", std::filesystem::perms::owner_read);
    int damaged = 0;
    EXPECT_THAT(names(&damaged), ElementsAre("a"));
    EXPECT_EQ(damaged, 1);
    EXPECT_FALSE(std::filesystem::exists(path / "000000000000.json"));
}

TEST_F(PendingEventsTest, WhatCannotBeReadNowIsKept) {
    ASSERT_TRUE(PendingEvents(path).add(pending("a")));
    ASSERT_TRUE(PendingEvents(path).add(pending("b")));
    const auto file = path / "000000000001.json";
    // Stands for any failure of the system: a file that others may read is refused.
    std::filesystem::permissions(file, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    int damaged = 0;
    EXPECT_THAT(names(&damaged), ElementsAre("b"));
    EXPECT_EQ(damaged, 0);
    std::filesystem::permissions(file, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::remove);
    EXPECT_THAT(names(), ElementsAre("a", "b"));
}

} // namespace
} // namespace pilothouse::state
