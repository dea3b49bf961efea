// SPDX-License-Identifier: GPL-3.0-or-later
// The answer to a change is lost, and others change the same before it is tried again.
#include "registry_writer_fixture.h"

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::digestOf;
using test::manifestOf;
using test::run;
using test::why;

class RegistryRetryTest : public test::RegistryWriterTest {
protected:
    void SetUp() override {
        RegistryWriterTest::SetUp();
        pushBlob(layer);
        pushBlob(config);
    }
    // The next change is done and its answer lost; `others` is done then.
    void loseAnswerThen(std::vector<engine::Operation> others) {
        engine.loseAnswers = 1;
        engine.afterWrite = [this, others = std::move(others)]() mutable { return write(std::move(others)); };
    }
    // The next change is lost without a word; `others` is done before the one after that.
    void loseRequestThen(std::vector<engine::Operation> others) {
        engine.strayRequests = 1;
        engine.beforeWrite = [this, others = std::move(others)]() mutable {
            return write(std::move(others));
        };
    }
    engine::Awaitable<void> write(std::vector<engine::Operation> what) {
        engine::Transaction transaction;
        transaction.then = std::move(what);
        const auto done = co_await store.transact(std::move(transaction), 100ms);
        EXPECT_TRUE(done && done->succeeded) << why(done);
    }
    // What the push of an image as `tag` writes, as somebody else.
    std::vector<engine::Operation> pushByBob(const std::string& digest, const std::string& tag) {
        NewManifest made = manifestOf(snapshot(), app, digest, {config, layer});
        made.record.by = "bob";
        made.record.pushed_at = "2026-01-01T00:00:00.000Z";
        BlobRecord bytes;
        bytes.size = made.record.size;
        bytes.incarnation = "ffffffffffffffff";
        return {engine::Put{keys::blob(digest), encode(bytes)},
                engine::Put{keys::manifest(app, digest), encode(made.record)},
                engine::Put{keys::tag(app, tag),
                            encode(TagRecord{digest, "m", 700, made.record.pushed_at, "bob", "r", {}})}};
    }
    static std::vector<engine::Operation> deletionOf(std::vector<std::string> keysOfIt) {
        std::vector<engine::Operation> operations;
        for (std::string& key : keysOfIt) {
            operations.emplace_back(engine::Delete{std::move(key), {}});
        }
        return operations;
    }

    const std::string tagKey = keys::tag(app, "1.0");
    const std::string manifestKey = keys::manifest(app, manifest);
};

TEST_F(RegistryRetryTest, ATagThatOthersHaveMovedSinceIsNotMovedBack) {
    loseAnswerThen(pushByBob(digestOf('d'), "1.0"));
    const Status pushed = pushImage(manifest, "1.0");
    EXPECT_TRUE(pushed) << "the manifest's record tells that it was done: " << why(pushed);
    EXPECT_EQ(record<TagRecord>(tagKey).digest, digestOf('d'));
    EXPECT_TRUE(holds(manifestKey));
}

TEST_F(RegistryRetryTest, NeitherWhenTheManifestWasThere) {
    ASSERT_TRUE(pushImage(manifest, "old"));
    ASSERT_TRUE(follow.reaches(store.revision()));
    loseAnswerThen(pushByBob(digestOf('d'), "1.0"));
    const Status pushed = pushImage(manifest, "1.0");
    EXPECT_TRUE(pushed) << why(pushed);
    EXPECT_EQ(record<TagRecord>(tagKey).digest, digestOf('d'));
}

TEST_F(RegistryRetryTest, ATagShowsWhosePushItIs) {
    loseAnswerThen(pushByBob(manifest, "other"));
    const Status pushed = pushImage(manifest, "1.0");
    EXPECT_TRUE(pushed) << "the manifest's record is Bob's, the tag's is not: " << why(pushed);
    EXPECT_EQ(record<TagRecord>(tagKey).by, manifestOf(snapshot(), app, manifest, {}).record.by);
}

TEST_F(RegistryRetryTest, ATagThatWasDeletedSinceStaysDeleted) {
    loseAnswerThen(deletionOf({tagKey}));
    const Status pushed = pushImage(manifest, "1.0");
    EXPECT_TRUE(pushed) << why(pushed);
    EXPECT_FALSE(holds(tagKey));
}

TEST_F(RegistryRetryTest, SoDoesAnImage) {
    for (const bool bytesAreThere : {false, true}) {
        loseAnswerThen(deletionOf({tagKey, manifestKey}));
        const Status pushed = pushImage(manifest, "1.0");
        ASSERT_FALSE(pushed);
        EXPECT_EQ(pushed.error().code, ErrorCode::timeout) << "nobody can know: " << why(pushed);
        EXPECT_EQ(holds(keys::blob(manifest)), true) << bytesAreThere;
        EXPECT_FALSE(holds(tagKey)) << bytesAreThere;
        EXPECT_FALSE(holds(manifestKey)) << bytesAreThere;
    }
}

TEST_F(RegistryRetryTest, WhatNobodyCanKnowIsSaid) {
    loseRequestThen(pushByBob(manifest, "other"));
    const Status pushed = pushImage(manifest, "1.0");
    ASSERT_FALSE(pushed) << "it was lost, but might have been done and its tag deleted since";
    EXPECT_EQ(pushed.error().code, ErrorCode::timeout) << why(pushed);
    EXPECT_FALSE(holds(tagKey));
}

TEST_F(RegistryRetryTest, ALostRequestIsSentAgainWhateverOthersDoElsewhere) {
    loseRequestThen(pushByBob(digestOf('d'), "1.0"));
    const Status pushed = pushImage(manifest, "1.0");
    EXPECT_TRUE(pushed) << why(pushed);
    EXPECT_EQ(record<TagRecord>(tagKey).digest, manifest) << "Bob's came first";
}

TEST_F(RegistryRetryTest, WhatIsPushedAfterALostDeletionStays) {
    ASSERT_TRUE(pushImage(manifest, "1.0"));
    loseAnswerThen(pushByBob(manifest, "1.0"));
    const auto untagged = run(context, writer.deleteTag(app, "1.0", 1500ms));
    EXPECT_TRUE(untagged) << why(untagged);
    EXPECT_TRUE(holds(tagKey));
    loseAnswerThen(pushByBob(manifest, "1.0"));
    const auto gone = run(context, writer.deleteManifest(app, manifest, 1500ms));
    EXPECT_TRUE(gone) << why(gone);
    EXPECT_TRUE(holds(tagKey) && holds(manifestKey));
}

TEST_F(RegistryRetryTest, ATagOnItDoesNotSaveAManifestFromItsDeletion) {
    ASSERT_TRUE(pushImage(manifest, "1.0"));
    loseRequestThen(pushByBob(manifest, "2.0"));
    const auto gone = run(context, writer.deleteManifest(app, manifest, 1500ms));
    EXPECT_TRUE(gone) << why(gone);
    EXPECT_TRUE(keysBelow(keys::tags).empty());
    EXPECT_FALSE(holds(manifestKey));
}

TEST_F(RegistryRetryTest, ALinkThatWasMadeAfterALostUnlinkingStays) {
    loseAnswerThen({engine::Put{keys::link(layer, app), encode(LinkRecord{"2026-01-01T00:00:00.000Z"})}});
    const auto unlinked = run(context, writer.unlinkBlob(layer, app, 1500ms));
    EXPECT_TRUE(unlinked) << why(unlinked);
    EXPECT_TRUE(holds(keys::link(layer, app)));
}

} // namespace
} // namespace pilothouse::state
