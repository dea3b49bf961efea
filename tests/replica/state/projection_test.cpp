// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/projection.h"
#include "support.h"

#include <gmock/gmock.h>

#include <fstream>

namespace pilothouse::state {
namespace {

using test::put;
using test::removed;
using test::why;
using testing::ElementsAre;
using testing::IsEmpty;

class ProjectionTest : public testing::Test {
protected:
    std::unique_ptr<Projection> open(const ProjectionKey& key = {ClusterId("cluster"), Epoch(1)}) {
        Result<std::unique_ptr<Projection>> opened = Projection::open(file, key, &replaced);
        EXPECT_TRUE(opened) << why(opened);
        return opened ? std::move(*opened) : nullptr;
    }
    // One that was listed at revision 1.
    std::unique_ptr<Projection> listed() {
        auto projection = open();
        EXPECT_TRUE(projection->markComplete(Revision(1)));
        return projection;
    }
    static std::vector<std::int64_t> revisions(const Result<api::EventPage>& page) {
        std::vector<std::int64_t> found;
        for (const api::Event& event : page.value().events) {
            found.push_back(event.revision);
        }
        return found;
    }

    test::TempFolder folder;
    std::filesystem::path file = folder / "projection.sqlite";
    std::string replaced;
};

TEST_F(ProjectionTest, AppliesPutsAndDeletesInOneStep) {
    auto projection = listed();
    ASSERT_TRUE(
        projection->apply({Revision(3), {put("users/a", "1", 2), put("users/b", "2", 3), put("x", "", 3)}}));
    ASSERT_TRUE(projection->apply({Revision(4), {put("users/b", "3", 4), removed("users/a", 4)}}));
    EXPECT_EQ(projection->applied(), Revision(4));
    EXPECT_EQ(projection->record("users/a").value(), std::nullopt);
    const auto b = projection->record("users/b").value();
    ASSERT_TRUE(b);
    EXPECT_EQ(b->value, "3");
    EXPECT_EQ(b->modified, Revision(4));
    EXPECT_EQ(projection->record("x").value()->value, "") << "an empty value is a value";
}

TEST_F(ProjectionTest, OldBatchesChangeNothing) {
    auto projection = listed();
    ASSERT_TRUE(projection->apply({Revision(5), {put("k", "new", 5)}}));
    ASSERT_TRUE(projection->apply({Revision(4), {put("k", "old", 4)}}));
    EXPECT_EQ(projection->record("k").value()->value, "new");
    EXPECT_EQ(projection->applied(), Revision(5));
}

TEST_F(ProjectionTest, ChangesToNothingAreRefused) {
    auto projection = open();
    const Status applied = projection->apply({Revision(5), {put("k", "v", 5)}});
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().code, ErrorCode::conflict);
}

TEST_F(ProjectionTest, IsThereAgainAfterARestart) {
    ASSERT_TRUE(listed()->apply({Revision(9), {put("k", "v", 9)}}));
    auto projection = open();
    EXPECT_EQ(projection->applied(), Revision(9));
    EXPECT_EQ(projection->record("k").value()->value, "v");
    EXPECT_EQ(replaced, "");
}

TEST_F(ProjectionTest, AnotherClustersOrEpochsFileIsReplaced) {
    for (const ProjectionKey& other :
         {ProjectionKey{ClusterId("other"), Epoch(1)}, ProjectionKey{ClusterId("cluster"), Epoch(2)}}) {
        ASSERT_TRUE(listed()->apply({Revision(9), {put("k", "v", 9)}}));
        auto projection = open(other);
        EXPECT_EQ(projection->applied(), Revision(0));
        EXPECT_EQ(projection->record("k").value(), std::nullopt);
        EXPECT_NE(replaced, "");
        projection.reset();
        std::filesystem::remove(file);
    }
}

TEST_F(ProjectionTest, DamagedFilesAreReplaced) {
    listed().reset();
    const auto size = std::filesystem::file_size(file);
    const std::vector<std::function<void()>> damages = {
        [&] { std::ofstream(file) << "this is no database, but it is long enough to look at"; },
        [&] { std::filesystem::resize_file(file, size / 2); },
        [&] { std::filesystem::resize_file(file, 0); },
        [&] {
            std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
            stream.seekp(4096);
            stream << std::string(size - 4096, '\x5a');
        },
    };
    for (std::size_t i = 0; i < damages.size(); ++i) {
        listed().reset();
        damages[i]();
        replaced.clear();
        auto projection = open();
        ASSERT_TRUE(projection) << "damage " << i;
        EXPECT_EQ(projection->applied(), Revision(0)) << "damage " << i;
        EXPECT_NE(replaced, "") << "damage " << i;
        EXPECT_TRUE(projection->markComplete(Revision(1)));
        EXPECT_TRUE(projection->apply({Revision(2), {put("k", "v", 2)}}));
    }
}

TEST_F(ProjectionTest, FileIsForItsOwnerOnly) {
    auto projection = listed();
    ASSERT_TRUE(projection->apply({Revision(2), {put("k", "v", 2)}}));
    using std::filesystem::perms;
    for (const auto& found : std::filesystem::directory_iterator(file.parent_path())) {
        EXPECT_EQ(found.status().permissions() & (perms::group_all | perms::others_all), perms::none)
            << found.path();
    }
}

TEST_F(ProjectionTest, ReadsAtOnceAgainAndAgainWhateverCameOfIt) {
    auto projection = listed();
    ASSERT_TRUE(projection->apply({Revision(2), {put("a", "1", 2), put("b", "2", 2)}}));
    std::string found;
    const auto query = [&found](Projection& at) -> Status {
        const auto entries = at.records("", "", 10);
        for (const auto& entry : entries.value()) {
            found += entry.key + at.record(entry.key).value()->value;
        }
        return found.size() < 5 ? Status() : fail(ErrorCode::notFound, "enough");
    };
    EXPECT_TRUE(projection->readAtOnce(query));
    const Status refused = projection->readAtOnce(query);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "enough") << "what the query says";
    ASSERT_TRUE(projection->apply({Revision(3), {put("a", "3", 3)}})) << "nothing is left open";
    found.clear();
    EXPECT_TRUE(projection->readAtOnce(query));
    EXPECT_EQ(found, "a3b2");
}

TEST_F(ProjectionTest, ListsBelowAPrefixPageByPage) {
    auto projection = listed();
    ASSERT_TRUE(projection->apply({Revision(2),
                                   {put("users", "", 2), put("users/a", "", 2), put("users/b", "", 2),
                                    put("users/c", "", 2), put("users0", "", 2)}}));
    const auto keysOf = [](const Result<std::vector<engine::Entry>>& entries) {
        std::vector<std::string> found;
        for (const engine::Entry& entry : entries.value()) {
            found.push_back(entry.key);
        }
        return found;
    };
    EXPECT_THAT(keysOf(projection->records("users/", "", 2)), ElementsAre("users/a", "users/b"));
    EXPECT_THAT(keysOf(projection->records("users/", "users/b", 2)), ElementsAre("users/c"));
    EXPECT_THAT(keysOf(projection->records("users/", "users/c", 2)), IsEmpty());
    EXPECT_EQ(keysOf(projection->records("", "", 100)).size(), 5U);
}

TEST_F(ProjectionTest, PagesThroughEventsBothWays) {
    auto projection = listed();
    const std::string json = encode(test::event("leader-changed"));
    for (std::int64_t revision = 2; revision <= 6; ++revision) {
        ASSERT_TRUE(projection->apply(
            {Revision(revision),
             {put("events/" + std::to_string(10 - revision), json, revision), put("k", "", 1)}}));
    }
    Result<api::EventPage> page = projection->eventsAfter(Revision(3), 2);
    EXPECT_THAT(revisions(page), ElementsAre(4, 5));
    EXPECT_TRUE(page->more);
    page = projection->eventsAfter(Revision(5), 2);
    EXPECT_THAT(revisions(page), ElementsAre(6));
    EXPECT_FALSE(page->more);
    page = projection->eventsBefore(Revision(0), 2);
    EXPECT_THAT(revisions(page), ElementsAre(6, 5));
    EXPECT_TRUE(page->more);
    page = projection->eventsBefore(Revision(3), 10);
    EXPECT_THAT(revisions(page), ElementsAre(2));
    EXPECT_FALSE(page->more);
}

TEST_F(ProjectionTest, EventsOfOneRevisionStayTogether) {
    auto projection = listed();
    const std::string json = encode(test::event("leader-changed"));
    ASSERT_TRUE(projection->apply(
        {Revision(3), {put("events/a", json, 2), put("events/b", json, 2), put("events/c", json, 3)}}));
    const Result<api::EventPage> page = projection->eventsAfter(Revision(0), 1);
    EXPECT_THAT(revisions(page), ElementsAre(2, 2));
    EXPECT_TRUE(page->more);
}

TEST_F(ProjectionTest, NamesTheOldestEventsBeyondTheNewest) {
    auto projection = listed();
    for (std::int64_t i = 2; i <= 11; ++i) {
        ASSERT_TRUE(projection->apply({Revision(i), {put("events/" + std::to_string(i), "{}", i)}}));
    }
    EXPECT_THAT(projection->eventsBeyond(7, 100).value(), ElementsAre("events/2", "events/3", "events/4"));
    EXPECT_THAT(projection->eventsBeyond(7, 2).value(), ElementsAre("events/2", "events/3"));
    EXPECT_THAT(projection->eventsBeyond(10, 100).value(), IsEmpty());
}

} // namespace
} // namespace pilothouse::state
