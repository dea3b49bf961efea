// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/events.h"
#include "fixture.h"
#include "follow.h"
#include "registry_samples.h"
#include "replica/state/registry_writer.h"
#include "replica/state/repository_service.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::digestOf;
using test::durable;
using test::manifestOf;
using test::run;
using test::why;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const std::string app = "team/app";
const std::string other = "team/other";
const std::string index1 = digestOf('1');
const std::string index2 = digestOf('2');
const std::string amd = digestOf('a');
const std::string arm = digestOf('b');
const std::string signature = digestOf('c');
const std::string layer = digestOf('d');

class RepositoryServiceTest : public test::StateTest {
protected:
    void SetUp() override { settle(); }
    void settle() { ASSERT_TRUE(follow.reaches(store.revision())); }
    void push(const std::string& digest, const std::vector<std::string>& blobs,
              const std::optional<std::string>& tag = {}, const std::vector<std::string>& manifests = {},
              const std::optional<std::string>& subject = {}, const std::string& repository = app) {
        for (const std::string& blob : blobs) {
            const Status added = run(context, writer.addBlob(durable(snapshot(), blob), repository, 1500ms));
            ASSERT_TRUE(added) << why(added);
        }
        NewManifest made = manifestOf(snapshot(), repository, digest, blobs);
        made.tag = tag;
        for (const std::string& manifest : manifests) {
            made.record.manifests.push_back({made.record.media_type, manifest, 700});
        }
        made.record.subject = subject;
        if (subject) {
            made.referrer = ReferrerRecord{made.record.media_type, 700, "application/x-signature", {}};
        }
        const Status pushed = run(context, writer.putManifest(std::move(made), 1500ms));
        ASSERT_TRUE(pushed) << why(pushed);
        settle();
    }
    // An index of two images, one of which is signed.
    void pushIndex() {
        push(amd, {layer});
        push(arm, {layer, digestOf('e')});
        push(index1, {}, "v1", {amd, arm});
        push(signature, {digestOf('f')}, {}, {}, amd);
    }
    Result<api::Deletion> remove(const std::string& reference, bool tagOnly = false) {
        auto done = run(context, service.remove(request("", "ada"), app, reference, tagOnly));
        settle();
        return done ? Result<api::Deletion>(done->value) : fail(done.error());
    }
    [[nodiscard]] std::vector<std::string> below(const std::string& prefix) const {
        std::vector<std::string> found;
        for (const auto& [key, entry] : store.content()) {
            if (key.starts_with(prefix)) {
                found.push_back(key.substr(prefix.size()));
            }
        }
        return found;
    }
    [[nodiscard]] std::vector<std::string> manifests(const std::string& repository = app) const {
        return below(keys::manifestsOf(repository));
    }
    [[nodiscard]] std::vector<std::string> tags() const { return below(keys::tagsOf(app)); }

    test::TempFolder folder;
    test::Follow follow{context, engine, folder / "projection.sqlite"};
    RegistryWriter writer{engine, follow.model, follow.follower, systemClock()};
    RepositoryService service{StateTest::writer, follow.model, follow.follower};
};

TEST_F(RepositoryServiceTest, WithItsLastTagAnImageGoesAndWhatBelongsToIt) {
    pushIndex();
    const auto wouldGo = run(context, service.preview(app, "v1", false, 1500ms));
    ASSERT_TRUE(wouldGo) << why(wouldGo);
    EXPECT_TRUE(wouldGo->dry_run);
    EXPECT_EQ(manifests().size(), 4U) << "a look deletes nothing";
    const auto gone = remove("v1");
    ASSERT_TRUE(gone) << why(gone);
    EXPECT_THAT(gone->tags, ElementsAre("v1"));
    EXPECT_EQ(gone->manifest_count, 4);
    EXPECT_EQ(gone->freed_bytes, 4 * 4096 + 3 * 4096) << "four manifests, three blobs";
    EXPECT_EQ(gone->freed_bytes, wouldGo->freed_bytes);
    EXPECT_THAT(manifests(), IsEmpty());
    EXPECT_THAT(tags(), IsEmpty());
    EXPECT_THAT(below(std::string(keys::references)), IsEmpty());
    EXPECT_THAT(below(std::string(keys::referrers)), IsEmpty());
    EXPECT_TRUE(holds(keys::repository(app)));
    const auto events = eventsOf(api::event::imageDeleted);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].message, "Tag v1 of team/app was deleted by ada, with 4 manifests");
    EXPECT_EQ(events[0].subject, app);
}

TEST_F(RepositoryServiceTest, WhatOthersNeedStays) {
    pushIndex();
    push(index2, {}, "v2", {arm});
    push(digestOf('9'), {digestOf('f')}, "tagged", {}, index1);
    const auto gone = remove("v1");
    ASSERT_TRUE(gone) << why(gone);
    EXPECT_THAT(manifests(), UnorderedElementsAre(index2, arm, digestOf('9')))
        << "another index needs arm, and a tag the referrer";
    EXPECT_EQ(gone->freed_bytes, 3 * 4096) << "index, amd, signature; its layer is arm's, too";
}

TEST_F(RepositoryServiceTest, OneOfSeveralTagsTakesNothingWithIt) {
    push(amd, {layer}, "v1");
    push(amd, {layer}, "latest");
    const auto gone = remove("v1");
    ASSERT_TRUE(gone) << why(gone);
    EXPECT_EQ(gone->manifest_count, 0);
    EXPECT_EQ(gone->freed_bytes, 0);
    EXPECT_THAT(tags(), ElementsAre("latest"));
    EXPECT_THAT(manifests(), ElementsAre(amd));
    ASSERT_TRUE(remove("latest", true));
    EXPECT_THAT(tags(), IsEmpty());
    EXPECT_THAT(manifests(), ElementsAre(amd)) << "only the tag was to go";
}

TEST_F(RepositoryServiceTest, ADigestGoesWithItsTagsUnlessAnIndexNamesIt) {
    pushIndex();
    push(digestOf('8'), {layer}, "a");
    push(digestOf('8'), {layer}, "b");
    const auto gone = remove(digestOf('8'));
    ASSERT_TRUE(gone) << why(gone);
    EXPECT_THAT(gone->tags, ElementsAre("a", "b"));
    EXPECT_EQ(gone->freed_bytes, 4096) << "the layer is needed";
    const auto refused = remove(amd);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_THAT(refused.error().message, HasSubstr(index1));
    EXPECT_EQ(remove("none").error().code, ErrorCode::notFound);
    EXPECT_EQ(remove(digestOf('7')).error().code, ErrorCode::notFound);
    EXPECT_EQ(remove(amd, true).error().code, ErrorCode::invalid);
}

TEST_F(RepositoryServiceTest, SignaturesUnderTagsOfTheirOwnGoWithTheImage) {
    push(amd, {layer}, "v1");
    push(signature, {digestOf('f')}, "sha256-" + std::string(64, 'a') + ".sig");
    push(arm, {digestOf('e')}, "sha256-" + std::string(64, 'b') + ".sig");
    ASSERT_TRUE(remove("v1"));
    EXPECT_THAT(manifests(), ElementsAre(arm)) << "that one stands for another image";
}

TEST_F(RepositoryServiceTest, AnIndexThatComesMeanwhileKeepsItsImage) {
    pushIndex();
    // Between the plan and its transaction.
    bool pushed = false;
    engine.beforeWrite = [&]() -> engine::Awaitable<void> {
        pushed = true;
        NewManifest made = manifestOf(snapshot(), app, index2, {});
        made.record.manifests = {{made.record.media_type, arm, 700}};
        engine::Transaction others;
        others.then = {engine::Put{keys::manifest(app, index2), encode(made.record)},
                       engine::Put{keys::reference(arm, app, index2), encode(ReferenceRecord{})},
                       engine::Put{keys::reference(index2, app, index2), encode(ReferenceRecord{})}};
        const auto done = co_await store.transact(std::move(others), 100ms);
        EXPECT_TRUE(done);
    };
    const auto gone = remove("v1");
    ASSERT_TRUE(gone) << why(gone);
    EXPECT_TRUE(pushed);
    EXPECT_THAT(manifests(), UnorderedElementsAre(index2, arm));
}

TEST_F(RepositoryServiceTest, ARetryIsToldTheSame) {
    push(amd, {layer}, "v1");
    const auto first = run(context, service.remove(request("op-1", "ada"), app, "v1", false));
    ASSERT_TRUE(first) << why(first);
    const auto second = run(context, service.remove(request("op-1", "ada"), app, "v1", false));
    ASSERT_TRUE(second) << why(second);
    EXPECT_TRUE(second->repeated);
    EXPECT_EQ(second->value, first->value);
}

TEST_F(RepositoryServiceTest, ARepositoryGoesAsAWhole) {
    pushIndex();
    push(digestOf('8'), {layer}, "there", {}, {}, other);
    const auto wouldGo = run(context, service.previewRepository(app, 1500ms));
    ASSERT_TRUE(wouldGo) << why(wouldGo);
    EXPECT_EQ(wouldGo->tag_count, 1);
    EXPECT_EQ(wouldGo->manifest_count, 4);
    EXPECT_EQ(wouldGo->freed_bytes, 6 * 4096) << "but the layer that the other one has";
    const auto gone = run(context, service.removeRepository(request("", "ada"), app));
    ASSERT_TRUE(gone) << why(gone);
    settle();
    EXPECT_EQ(gone->value.manifest_count, 4);
    EXPECT_EQ(gone->value.tag_count, 1);
    EXPECT_THAT(manifests(), IsEmpty());
    EXPECT_FALSE(holds(keys::repository(app)));
    for (const std::string& key : below(std::string(keys::links))) {
        EXPECT_FALSE(key.ends_with("/" + app)) << key;
    }
    EXPECT_THAT(manifests(other), ElementsAre(digestOf('8')));
    EXPECT_TRUE(holds(keys::link(layer, other)));
    EXPECT_EQ(eventsOf(api::event::repositoryDeleted).size(), 1U);
    const auto again = run(context, service.removeRepository(request(), app));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::notFound);
}

TEST_F(RepositoryServiceTest, ALargeRepositoryGoesInParts) {
    for (int i = 0; i < 60; ++i) {
        std::string digest = "sha256:" + std::string(62, '0') + std::to_string(10 + i);
        push(digest, {layer}, "v" + std::to_string(i));
    }
    const auto gone = run(context, service.removeRepository(request(), app));
    ASSERT_TRUE(gone) << why(gone);
    EXPECT_EQ(gone->value.tag_count, 60);
    EXPECT_EQ(gone->value.manifest_count, 60);
    EXPECT_THAT(below(std::string(keys::references)), IsEmpty());
}

} // namespace
} // namespace pilothouse::state
