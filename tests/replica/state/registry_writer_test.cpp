// SPDX-License-Identifier: GPL-3.0-or-later
#include "registry_writer_fixture.h"
#include "replica/state/registry_queries.h"

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::digestOf;
using test::durable;
using test::manifestOf;
using test::RegistryWriterTest;
using test::run;
using test::why;

TEST_F(RegistryWriterTest, ABlobIsRecordedOnceAndServedWhereItWasPushed) {
    pushBlob(layer);
    const BlobRecord first = record<BlobRecord>(keys::blob(layer));
    EXPECT_EQ(first.size, 4096);
    EXPECT_EQ(first.phase, BlobPhase::live);
    const Status again =
        run(context, writer.addBlob(durable(snapshot(), layer, "ffffffffffffffff"), other, 1500ms));
    ASSERT_TRUE(again) << why(again);
    EXPECT_EQ(record<BlobRecord>(keys::blob(layer)), first) << "the incarnation that is there stays";
    EXPECT_TRUE(holds(keys::link(layer, app)));
    EXPECT_TRUE(holds(keys::link(layer, other)));
}

TEST_F(RegistryWriterTest, ABlobIsNotRecordedByAnOldMembership) {
    DurableBlob blob = durable(snapshot(), layer);
    MembershipRecord next = snapshot().membership->record;
    ++next.generation;
    engine::Transaction change;
    change.then = {engine::Put{std::string(keys::membership), encode(next)}};
    ASSERT_TRUE(run(context, store.transact(change, 100ms)));
    const Status added = run(context, writer.addBlob(blob, app, 1500ms));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::conflict) << why(added);
    EXPECT_FALSE(holds(keys::blob(layer)));
    EXPECT_FALSE(holds(keys::link(layer, app)));
}

TEST_F(RegistryWriterTest, ADyingBlobComesBackAsANewIncarnation) {
    pushBlob(layer);
    mark(layer);
    const Status linked = run(context, writer.linkBlob(layer, other, std::nullopt, 1500ms));
    ASSERT_FALSE(linked) << "nobody may rely on it";
    EXPECT_EQ(linked.error().code, ErrorCode::notFound);
    EXPECT_EQ(run(context, writer.touchBlob(layer, 1500ms)).error().code, ErrorCode::notFound);
    const Status added =
        run(context, writer.addBlob(durable(snapshot(), layer, "ffffffffffffffff"), app, 1500ms));
    ASSERT_TRUE(added) << why(added);
    EXPECT_EQ(record<BlobRecord>(keys::blob(layer)).phase, BlobPhase::live);
    EXPECT_EQ(record<BlobRecord>(keys::blob(layer)).incarnation, "ffffffffffffffff");
}

TEST_F(RegistryWriterTest, AMountAsksForTheBlobInTheOtherRepository) {
    pushBlob(layer);
    const Status missing = run(context, writer.linkBlob(layer, "team/third", other, 1500ms));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    const auto before = store.content().at(keys::blob(layer)).modified;
    const Status mounted = run(context, writer.linkBlob(layer, other, app, 1500ms));
    ASSERT_TRUE(mounted) << why(mounted);
    EXPECT_TRUE(holds(keys::link(layer, other)));
    EXPECT_GT(store.content().at(keys::blob(layer)).modified, before)
        << "the collector must see that somebody relies on it";
}

TEST_F(RegistryWriterTest, AManifestNeedsWhatItNames) {
    pushBlob(layer);
    const Status missing = pushImage(manifest, "1.0");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    EXPECT_NE(missing.error().message.find(config), std::string::npos) << "it says which";
    EXPECT_TRUE(keysBelow(keys::manifests).empty());
    pushBlob(config, other);
    EXPECT_FALSE(pushImage(manifest, "1.0")) << "another repository's blob is not this one's";
    pushBlob(config);
    const Status pushed = pushImage(manifest, "1.0");
    ASSERT_TRUE(pushed) << why(pushed);
    EXPECT_TRUE(holds(keys::repository(app)));
    EXPECT_EQ(record<TagRecord>(keys::tag(app, "1.0")).digest, manifest);
    EXPECT_EQ(record<ManifestRecord>(keys::manifest(app, manifest)).through, "aaaaaaaaaaaa");
    EXPECT_EQ(keysBelow(keys::references).size(), 3U) << "config, layer, and its own bytes";
}

TEST_F(RegistryWriterTest, AnIndexNeedsItsManifests) {
    NewManifest index = manifestOf(snapshot(), app, digestOf('d'), {});
    index.record.manifests = {{"application/vnd.oci.image.manifest.v1+json", manifest, 700}};
    const Status missing = push(index);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    pushBlob(layer);
    pushBlob(config);
    ASSERT_TRUE(pushImage(manifest, std::nullopt));
    const Status pushed = push(index);
    EXPECT_TRUE(pushed) << why(pushed);
}

TEST_F(RegistryWriterTest, AManifestOfOldBytesNeedsThemNoMore) {
    pushBlob(layer);
    pushBlob(config);
    NewManifest made = manifestOf(snapshot(), app, manifest, {config, layer});
    made.bytes.reset();
    const Status missing = push(made);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::conflict) << "its own bytes are nowhere";
    ASSERT_TRUE(pushImage(manifest, std::nullopt));
    const Status again = push(made);
    EXPECT_TRUE(again) << why(again);
}

TEST_F(RegistryWriterTest, AReferrerIsListedWithItsSubject) {
    pushBlob(config);
    NewManifest signature = manifestOf(snapshot(), app, digestOf('e'), {config});
    signature.record.subject = manifest; // which need not be there
    signature.referrer =
        ReferrerRecord{"application/vnd.oci.image.manifest.v1+json", 700, "x/signature", {{"by", "ada"}}};
    ASSERT_TRUE(push(signature));
    std::function<Result<std::vector<Referrer>>(Projection&)> list = [](Projection& projection) {
        return referrersAfter(projection, app, manifest, "", 10);
    };
    const auto found = query<std::vector<Referrer>>(list);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].digest, digestOf('e'));
    EXPECT_EQ(found[0].record.artifact_type, "x/signature");
    ASSERT_TRUE(run(context, writer.deleteManifest(app, digestOf('e'), 1500ms)));
    EXPECT_TRUE(query<std::vector<Referrer>>(list).empty());
}

TEST_F(RegistryWriterTest, DeletingAManifestTakesItsTagsAndReferences) {
    pushBlob(layer);
    pushBlob(config);
    ASSERT_TRUE(pushImage(manifest, "1.0"));
    ASSERT_TRUE(pushImage(manifest, "latest"));
    ASSERT_TRUE(pushImage(digestOf('d'), "2.0"));
    const auto done = run(context, writer.deleteManifest(app, manifest, 1500ms));
    ASSERT_TRUE(done) << why(done);
    EXPECT_EQ(keysBelow(keys::tags), std::vector<std::string>{keys::tag(app, "2.0")});
    EXPECT_EQ(keysBelow(keys::manifests), std::vector<std::string>{keys::manifest(app, digestOf('d'))});
    EXPECT_TRUE(keysBelow(keys::referencesTo(manifest)).empty());
    EXPECT_EQ(keysBelow(keys::referencesTo(layer)).size(), 1U) << "the other image's";
    const auto again = run(context, writer.deleteManifest(app, manifest, 1500ms));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::notFound);
}

TEST_F(RegistryWriterTest, WhatIsPushedAgainAfterADeletionStays) {
    pushBlob(layer);
    pushBlob(config);
    ASSERT_TRUE(pushImage(manifest, "1.0"));
    const std::string key = keys::manifest(app, manifest);
    engine.afterWrite = [this, key, value = store.content().at(key).value]() -> engine::Awaitable<void> {
        engine::Transaction again;
        again.then.emplace_back(engine::Put{key, value});
        const auto pushed = co_await store.transact(again, 100ms);
        EXPECT_TRUE(pushed && pushed->succeeded);
    };
    const auto done = run(context, writer.deleteManifest(app, manifest, 1500ms));
    ASSERT_TRUE(done) << why(done);
    EXPECT_TRUE(holds(key));
}

TEST_F(RegistryWriterTest, ATagGoesAlone) {
    pushBlob(layer);
    pushBlob(config);
    ASSERT_TRUE(pushImage(manifest, "1.0"));
    ASSERT_TRUE(run(context, writer.deleteTag(app, "1.0", 1500ms)));
    EXPECT_TRUE(holds(keys::manifest(app, manifest)));
    EXPECT_EQ(run(context, writer.deleteTag(app, "1.0", 1500ms)).error().code, ErrorCode::notFound);
}

TEST_F(RegistryWriterTest, ABlobThatAManifestNeedsIsNotUnlinked) {
    pushBlob(layer);
    pushBlob(config);
    ASSERT_TRUE(pushImage(manifest, "1.0"));
    const auto refused = run(context, writer.unlinkBlob(layer, app, 1500ms));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    ASSERT_TRUE(run(context, writer.deleteManifest(app, manifest, 1500ms)));
    EXPECT_TRUE(run(context, writer.unlinkBlob(layer, app, 1500ms)));
    EXPECT_FALSE(holds(keys::link(layer, app)));
    EXPECT_TRUE(holds(keys::blob(layer))) << "the collector's work";
}

TEST_F(RegistryWriterTest, TagsAreListedInPages) {
    pushBlob(layer);
    pushBlob(config);
    for (const char* tag : {"b", "a", "B", "a.1", "0"}) {
        ASSERT_TRUE(pushImage(manifest, tag));
    }
    const auto page = [&](const std::string& after, std::int64_t limit) {
        std::function<Result<std::optional<NamePage>>(Projection&)> list = [=](Projection& projection) {
            return tagsAfter(projection, app, after, limit);
        };
        return query<std::optional<NamePage>>(list).value_or(NamePage());
    };
    EXPECT_EQ(page("", 2).names, (std::vector<std::string>{"0", "B"}));
    EXPECT_TRUE(page("", 2).more);
    EXPECT_EQ(page("B", 2).names, (std::vector<std::string>{"a", "a.1"}));
    EXPECT_EQ(page("aa", 9).names, (std::vector<std::string>{"b"})) << "after a name that is not there";
    EXPECT_FALSE(page("aa", 9).more);
    EXPECT_TRUE(page("", 5).names.size() == 5U && !page("", 5).more);
}

TEST_F(RegistryWriterTest, AManifestWithVeryManyTagsGoesWithAllOfThem) {
    pushBlob(layer);
    pushBlob(config);
    ASSERT_TRUE(pushImage(manifest, "0"));
    engine::Transaction many;
    const TagRecord tag = record<TagRecord>(keys::tag(app, "0"));
    for (int i = 0; i < 2500; ++i) {
        many.then.emplace_back(engine::Put{keys::tag(app, std::to_string(i)), encode(tag)});
    }
    ASSERT_TRUE(run(context, store.transact(many, 100ms)));
    ASSERT_TRUE(follow.reaches(store.revision()));
    const auto done = run(context, writer.deleteManifest(app, manifest, 10'000ms));
    ASSERT_TRUE(done) << why(done);
    EXPECT_TRUE(keysBelow(keys::tags).empty());
    EXPECT_TRUE(keysBelow(keys::manifests).empty());
}

TEST_F(RegistryWriterTest, ALostAnswerIsNoFailure) {
    pushBlob(layer);
    pushBlob(config);
    engine.loseAnswers = 1;
    const Status pushed = pushImage(manifest, "1.0");
    EXPECT_TRUE(pushed) << why(pushed);
    engine.loseAnswers = 1;
    const auto gone = run(context, writer.deleteTag(app, "1.0", 1500ms));
    EXPECT_TRUE(gone) << why(gone);
}

// The first attempt came to nothing, but that is not known; then what it relies on goes.
TEST_F(RegistryWriterTest, NothingIsAddedToWhatHasGoneAfterALostRequest) {
    pushBlob(layer);
    pushBlob(config);
    const auto loseOneWhile = [this](const std::string& digest) {
        engine.strayRequests = 1;
        engine.beforeWrite = [this, digest]() -> engine::Awaitable<void> {
            mark(digest);
            co_return;
        };
    };
    loseOneWhile(layer);
    const Status pushed = pushImage(manifest, "1.0");
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().code, ErrorCode::notFound) << why(pushed);
    EXPECT_TRUE(keysBelow(keys::manifests).empty());

    loseOneWhile(config);
    const Status linked = run(context, writer.linkBlob(config, other, std::nullopt, 1500ms));
    ASSERT_FALSE(linked);
    EXPECT_EQ(linked.error().code, ErrorCode::notFound) << why(linked);

    pushBlob(digestOf('e'));
    loseOneWhile(digestOf('e'));
    const Status touched = run(context, writer.touchBlob(digestOf('e'), 1500ms));
    ASSERT_FALSE(touched);
    EXPECT_EQ(touched.error().code, ErrorCode::notFound) << why(touched);
}

TEST_F(RegistryWriterTest, WhatMayHaveBeenDoneIsNotCalledUndone) {
    engine.loseRequests = 1'000'000;
    const Status added = run(context, writer.addBlob(durable(snapshot(), layer), app, 100ms));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::unavailable) << "certainly not done: " << why(added);
    engine.loseRequests = 0;
    engine.strayRequests = 1;
    engine.beforeWrite = [this]() -> engine::Awaitable<void> {
        engine.loseRequests = 1'000'000;
        engine.loseAnswers = 1;
        co_return;
    };
    const Status unsure = run(context, writer.addBlob(durable(snapshot(), layer), app, 100ms));
    ASSERT_FALSE(unsure);
    EXPECT_EQ(unsure.error().code, ErrorCode::timeout) << why(unsure);
}

} // namespace
} // namespace pilothouse::state
