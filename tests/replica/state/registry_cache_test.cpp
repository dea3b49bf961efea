// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered of the read model says what the read model says.
#include "replica/state/read_model.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_queries.h"
#include "support.h"

#include <random>

namespace pilothouse::state {
namespace {

using test::put;
using test::run;
using test::why;

const std::vector<std::string> repositories{"app", "team/app", "z"};

std::string digestOf(int number) {
    return "sha256:" + std::string(63, '0') + std::to_string(number);
}

// Always of the same digest, whose blob a lookup can look for.
std::string tagOf(const std::string& digest) {
    return "v" + digest.substr(digest.size() - 1);
}

engine::Change gone(const std::string& key, std::int64_t revision) {
    engine::Change change{.deleted = true, .entry = {}};
    change.entry.key = key;
    change.entry.modified = Revision(revision);
    return change;
}

class RegistryCacheTest : public testing::Test {
protected:
    RegistryCacheTest() {
        EXPECT_TRUE(run(context, model.open()));
        rebuild();
    }
    void rebuild() {
        EXPECT_TRUE(run(context, model.beginRebuild()));
        EXPECT_TRUE(run(context, model.finishRebuild(Revision(++revision))));
    }
    void apply(std::vector<engine::Change> changes) {
        auto batch = std::make_shared<engine::WatchBatch>();
        batch->revision = Revision(++revision);
        batch->changes = std::move(changes);
        const Status applied = run(context, model.apply(batch));
        ASSERT_TRUE(applied) << why(applied);
    }
    engine::Change set(const std::string& key, const std::string& value) {
        return put(key, value, revision + 1);
    }
    // What a query finds; kept in the model's own cache, or nowhere.
    std::optional<ServedBlob> ask(const std::string& repository, const std::string& digest, bool keep) {
        RegistryCache nowhere;
        const auto found = run(context, model.read<std::optional<ServedBlob>>([&](Projection& projection) {
            return serveBlob(projection, keep ? cache : nowhere, repository, digest);
        }));
        EXPECT_TRUE(found) << why(found);
        return found.value_or(std::nullopt);
    }
    using ManifestQuery = std::function<Result<std::optional<ServedManifest>>(Projection&, RegistryCache&)>;
    std::optional<ServedManifest> askTag(const std::string& key, const std::string& digest, bool keep) {
        return askFor(digest, keep, [&](Projection& projection, RegistryCache& into) {
            return serveTag(projection, into, key);
        });
    }
    std::optional<ServedManifest> askManifest(const std::string& key, const std::string& digest, bool keep) {
        return askFor(digest, keep, [&](Projection& projection, RegistryCache& into) {
            return serveManifest(projection, into, key, digest);
        });
    }
    std::optional<ServedManifest> askFor(const std::string& digest, bool keep, const ManifestQuery& query) {
        RegistryCache nowhere;
        const auto found =
            run(context, model.read<std::optional<ServedManifest>>(
                             [&](Projection& projection) -> Result<std::optional<ServedManifest>> {
                                 // A manifest whose bytes are no blob is a damage, which the random changes
                                 // here often make.
                                 const auto bytes = projection.record(keys::blob(digest));
                                 return bytes && *bytes ? query(projection, keep ? cache : nowhere)
                                                        : Result<std::optional<ServedManifest>>(std::nullopt);
                             }));
        EXPECT_TRUE(found) << why(found);
        return found.value_or(std::nullopt);
    }

    test::TempFolder folder;
    boost::asio::io_context context;
    ReadModel model{folder / "projection.sqlite", ProjectionKey{ClusterId("cluster"), Epoch(1)}, Logger()};
    RegistryCache& cache = model.lately();
    std::int64_t revision = 1;
};

TEST_F(RegistryCacheTest, KnowsWhatWasFoundUntilItChanges) {
    const std::string digest = digestOf(1);
    BlobRecord record;
    record.size = 5;
    record.incarnation = "00000000000000aa";
    apply({set(keys::blob(digest), encode(record)), set(keys::link(digest, "app"), encode(LinkRecord()))});
    EXPECT_FALSE(cache.blob("app", digest));
    const auto found = ask("app", digest, true);
    ASSERT_TRUE(found);
    EXPECT_EQ(cache.blob("app", digest), found);
    EXPECT_FALSE(cache.blob("z", digest)) << "another repository does not serve it";
    apply({set("users/ada", encode(test::user("ada")))});
    EXPECT_TRUE(cache.blob("app", digest)) << "that was no change of it";
    apply({set(keys::reference(digest, "app", digestOf(2)), encode(ReferenceRecord()))});
    EXPECT_FALSE(cache.blob("app", digest)) << "it is referenced now";
    EXPECT_TRUE(ask("app", digest, true)->referenced);
    apply({gone(keys::link(digest, "app"), revision + 1)});
    EXPECT_FALSE(cache.blob("app", digest)) << "deleted";
    EXPECT_FALSE(ask("app", digest, true));
    EXPECT_FALSE(cache.blob("app", digest)) << "what is not there is not remembered";
}

TEST_F(RegistryCacheTest, IsEmptyAfterTheReadModelWasBuiltAnew) {
    const std::string digest = digestOf(1);
    BlobRecord record;
    record.incarnation = "00000000000000aa";
    apply({set(keys::blob(digest), encode(record)), set(keys::link(digest, "app"), encode(LinkRecord()))});
    ASSERT_TRUE(ask("app", digest, true));
    rebuild();
    EXPECT_FALSE(cache.blob("app", digest));
}

TEST_F(RegistryCacheTest, ForgetsRatherThanKeepingEveryName) {
    const ServedBlob blob{"00000000000000aa", 5, true};
    const ServedManifest manifest{digestOf(9), "00000000000000bb", "media/type", 7};
    for (int i = 0; i < 25'000; ++i) {
        const std::string repository = "a-repository-with-a-long-name-" + std::to_string(i);
        cache.keepManifest("tags/x", manifest);
        cache.keepBlob(repository, digestOf(i % 4), blob);
        ASSERT_EQ(cache.blob(repository, digestOf(i % 4)), blob) << i;
        const auto known = cache.manifest("tags/x");
        ASSERT_TRUE(!known || known == manifest) << i;
    }
    EXPECT_FALSE(cache.blob("a-repository-with-a-long-name-0", digestOf(0)));
}

// Random changes and lookups: whatever is remembered is what a query finds at that moment.
TEST_F(RegistryCacheTest, NeverSaysAnythingElseThanTheReadModel) {
    const auto seed = std::random_device()();
    std::mt19937 random(seed);
    const auto draw = [&](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    const auto changeOf = [&](const std::string& key, const std::string& value) {
        return draw(3) == 0 ? gone(key, revision + 1) : set(key, value);
    };
    int remembered = 0;
    for (int round = 0; round < 1500; ++round) {
        const std::string digest = digestOf(static_cast<int>(draw(4)));
        const std::string& repository = repositories[draw(repositories.size())];
        const std::string tag = keys::tag(repository, tagOf(digest));
        const std::string manifest = keys::manifest(repository, digest);
        BlobRecord blob;
        blob.incarnation = "00000000000000" + std::to_string(10 + draw(90));
        blob.phase = draw(4) == 0 ? BlobPhase::dying : BlobPhase::live;
        TagRecord tagged;
        tagged.digest = digest;
        tagged.size = static_cast<std::int64_t>(draw(100));
        ManifestRecord recorded;
        recorded.size = static_cast<std::int64_t>(draw(100));
        switch (draw(6)) {
        case 0:
            apply({changeOf(keys::blob(digest), encode(blob))});
            break;
        case 1:
            apply({changeOf(keys::link(digest, repository), encode(LinkRecord()))});
            break;
        case 2:
            apply({changeOf(keys::reference(digest, repository, digestOf(9)), encode(ReferenceRecord()))});
            break;
        case 3:
            apply({changeOf(tag, encode(tagged)), changeOf(manifest, encode(recorded))});
            break;
        default:
            ask(repository, digest, true);
            askTag(tag, digest, true);
            askManifest(manifest, digest, true);
        }
        if (const auto known = cache.blob(repository, digest)) {
            ++remembered;
            ASSERT_EQ(known, ask(repository, digest, false)) << "seed " << seed << ", round " << round;
        }
        if (const auto known = cache.manifest(tag)) {
            ++remembered;
            ASSERT_EQ(known, askTag(tag, known->digest, false)) << "seed " << seed << ", round " << round;
        }
        if (const auto known = cache.manifest(manifest)) {
            ++remembered;
            ASSERT_EQ(known, askManifest(manifest, digest, false)) << "seed " << seed << ", round " << round;
        }
    }
    EXPECT_GT(remembered, 100) << "otherwise this shows nothing";
}

} // namespace
} // namespace pilothouse::state
