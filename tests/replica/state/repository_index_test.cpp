// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/projection.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_records.h"
#include "support.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>

namespace pilothouse::state {
namespace {

using test::put;
using test::removed;
using test::why;
using testing::ElementsAre;
using testing::IsEmpty;

class RepositoryIndexTest : public testing::Test {
protected:
    RepositoryIndexTest() {
        auto made = Projection::create(folder / "projection.sqlite", {ClusterId("cluster"), Epoch(1)});
        EXPECT_TRUE(made) << why(made);
        projection = std::move(*made);
        EXPECT_TRUE(projection->markComplete(Revision(1)));
    }
    void apply(std::vector<engine::Change> changes) {
        ++revision;
        for (engine::Change& change : changes) {
            change.entry.modified = Revision(revision);
        }
        const Status applied = projection->apply({Revision(revision), std::move(changes)});
        ASSERT_TRUE(applied) << why(applied);
    }
    static engine::Change blob(const std::string& digest, std::int64_t size) {
        return put(keys::blob(digest), encode(BlobRecord{size, "i", 1, BlobPhase::live, "now"}), 1);
    }
    [[nodiscard]] RepositoryIndex& index() { return projection->repositories(); }
    [[nodiscard]] std::vector<std::string> newest(const std::string& repository, Revision before,
                                                  const std::string& tag, std::int64_t limit) {
        const auto found =
            index().newestTags(repository, before, tag.empty() ? tag : keys::tag(repository, tag), limit);
        EXPECT_TRUE(found) << why(found);
        std::vector<std::string> names;
        for (const engine::Entry& entry : found.value_or(std::vector<engine::Entry>())) {
            names.push_back(entry.key.substr(keys::tagsOf(repository).size()));
        }
        return names;
    }

    test::TempFolder folder;
    std::unique_ptr<Projection> projection;
    std::int64_t revision = 1;
};

TEST_F(RepositoryIndexTest, ABlobCountsOnceInARepositoryAndOnceInAll) {
    apply({blob("sha256:a", 100), blob("sha256:m", 7), blob("sha256:n", 9)});
    apply({put(keys::repository("x/y"), "{}", 1), put(keys::repository("z"), "{}", 1)});
    apply({put(keys::manifest("x/y", "sha256:m"), "{}", 1),
           put(keys::reference("sha256:m", "x/y", "sha256:m"), "{}", 1),
           put(keys::reference("sha256:a", "x/y", "sha256:m"), "{}", 1)});
    apply({put(keys::manifest("x/y", "sha256:n"), "{}", 1),
           put(keys::reference("sha256:n", "x/y", "sha256:n"), "{}", 1),
           put(keys::reference("sha256:a", "x/y", "sha256:n"), "{}", 1)});
    apply({put(keys::manifest("z", "sha256:n"), "{}", 1),
           put(keys::reference("sha256:n", "z", "sha256:n"), "{}", 1),
           put(keys::reference("sha256:a", "z", "sha256:n"), "{}", 1), put(keys::tag("z", "v1"), "{}", 1)});
    EXPECT_EQ(index().counts("x/y").value(), (RepositoryCounts{"x/y", 0, 2, 116}));
    EXPECT_EQ(index().counts("z").value(), (RepositoryCounts{"z", 1, 1, 109}));
    EXPECT_EQ(index().counts("x").value(), std::nullopt);
    EXPECT_EQ(index().totals().value(), (RegistryTotals{2, 116}));
    EXPECT_THAT(index().usesOf("sha256:a", 9).value(), ElementsAre(BlobUse{"x/y", 2}, BlobUse{"z", 1}));
    EXPECT_THAT(index().countsAfter("x/y", 9).value(), ElementsAre(RepositoryCounts{"z", 1, 1, 109}));

    apply({removed(keys::manifest("x/y", "sha256:n"), 1),
           removed(keys::reference("sha256:n", "x/y", "sha256:n"), 1),
           removed(keys::reference("sha256:a", "x/y", "sha256:n"), 1)});
    EXPECT_EQ(index().counts("x/y").value(), (RepositoryCounts{"x/y", 0, 1, 107}));
    EXPECT_EQ(index().totals().value(), (RegistryTotals{2, 116}));
    apply({removed(keys::repository("z"), 1)});
    EXPECT_EQ(index().counts("z").value(), std::nullopt) << "its last records may go later";
    EXPECT_EQ(index().totals().value().repositories, 1);
}

TEST_F(RepositoryIndexTest, WhatIsWrittenAgainCountsOnce) {
    for (int i = 0; i < 3; ++i) {
        apply({blob("sha256:m", 7), put(keys::repository("r"), "{}", 1),
               put(keys::manifest("r", "sha256:m"), "{}", 1),
               put(keys::reference("sha256:m", "r", "sha256:m"), "{}", 1),
               put(keys::tag("r", "v1"), "{}", 1)});
    }
    EXPECT_EQ(index().counts("r").value(), (RepositoryCounts{"r", 1, 1, 7}));
    EXPECT_EQ(index().totals().value(), (RegistryTotals{1, 7}));
}

TEST_F(RepositoryIndexTest, TagsComeNewestFirstInPages) {
    apply({put(keys::tag("r", "b"), "1", 1), put(keys::tag("r", "a"), "1", 1),
           put(keys::tag("r2", "x"), "1", 1)});
    apply({put(keys::tag("r", "c"), "1", 1)});
    apply({put(keys::tag("r", "b"), "2", 1)});
    EXPECT_THAT(newest("r", Revision(), "", 9), ElementsAre("b", "c", "a"));
    EXPECT_THAT(newest("r", Revision(), "", 1), ElementsAre("b"));
    EXPECT_THAT(newest("r", Revision(4), "b", 9), ElementsAre("c", "a"));
    EXPECT_THAT(newest("r", Revision(2), "a", 9), IsEmpty());
    apply({put(keys::tag("r", "e"), "1", 1), put(keys::tag("r", "d"), "1", 1)});
    EXPECT_THAT(newest("r", Revision(5), "d", 2), ElementsAre("e", "b")) << "at one revision by name";
}

// Whatever comes and goes, in whatever order: the counts are those of the records.
class RandomRecords : public RepositoryIndexTest {
protected:
    struct Expected {
        std::map<std::string, RepositoryCounts> counts;
        RegistryTotals totals;
    };
    [[nodiscard]] std::string pick(const std::vector<std::string>& from) {
        return from[random() % from.size()];
    }
    [[nodiscard]] std::string randomKey() {
        switch (random() % 4) {
        case 0:
            return keys::tag(pick(repositories), pick({"v1", "v2", "latest"}));
        case 1:
            return keys::manifest(pick(repositories), pick(digests));
        case 2:
            return keys::reference(pick(digests), pick(repositories), pick(digests));
        default:
            return keys::repository(pick(repositories));
        }
    }
    [[nodiscard]] Expected expected() const {
        Expected expected;
        std::map<std::string, std::set<std::string>> held; // by repository
        std::set<std::string> all;
        for (const std::string& name : repositories) {
            expected.counts[name].name = name;
        }
        for (const std::string& key : there) {
            for (const std::string& name : repositories) {
                expected.counts[name].tags += key.starts_with(keys::tagsOf(name)) ? 1 : 0;
                expected.counts[name].manifests += key.starts_with(keys::manifestsOf(name)) ? 1 : 0;
                for (const std::string& digest : digests) {
                    if (key.starts_with(keys::reference(digest, name, ""))) {
                        held[name].insert(digest);
                        all.insert(digest);
                    }
                }
            }
        }
        for (auto& [name, count] : expected.counts) {
            for (const std::string& digest : held[name]) {
                count.bytes += sizes.at(digest);
            }
            expected.totals.repositories += there.contains(keys::repository(name)) ? 1 : 0;
        }
        for (const std::string& digest : all) {
            expected.totals.bytes += sizes.at(digest);
        }
        return expected;
    }

    std::mt19937 random{20261127};
    const std::vector<std::string> repositories{"a", "a/b", "team/app", "team/app-2"};
    const std::vector<std::string> digests{"sha256:00", "sha256:01", "sha512:02", "sha256:03"};
    const std::map<std::string, std::int64_t> sizes{
        {"sha256:00", 1}, {"sha256:01", 20}, {"sha512:02", 300}, {"sha256:03", 4000}};
    std::set<std::string> there;
};

TEST_F(RandomRecords, HaveTheirCounts) {
    std::vector<engine::Change> blobs;
    for (const auto& [digest, size] : sizes) {
        blobs.push_back(blob(digest, size));
    }
    apply(std::move(blobs));
    for (int round = 0; round < 400; ++round) {
        std::map<std::string, engine::Change> changes; // one for each key, as in a transaction
        for (std::size_t i = 0; i <= random() % 6; ++i) {
            const std::string key = randomKey();
            const bool goes = random() % 3 == 0;
            changes.insert_or_assign(key, goes ? removed(key, 1) : put(key, "{}", 1));
        }
        std::vector<engine::Change> batch;
        for (auto& [key, change] : changes) {
            if (change.deleted) {
                there.erase(key);
            } else {
                there.insert(key);
            }
            batch.push_back(change);
        }
        apply(std::move(batch));
        const Expected wanted = expected();
        ASSERT_EQ(index().totals().value(), wanted.totals) << "round " << round;
        for (const std::string& name : repositories) {
            const bool recorded = there.contains(keys::repository(name));
            ASSERT_EQ(index().counts(name).value(),
                      recorded ? std::optional(wanted.counts.at(name)) : std::nullopt)
                << name << " in round " << round;
        }
    }
}

} // namespace
} // namespace pilothouse::state
