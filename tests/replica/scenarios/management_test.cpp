// SPDX-License-Identifier: GPL-3.0-or-later
// "Content Management": what is deleted through one replica is gone at once on each.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

class Manage : public Scenario {
protected:
    void expectGone(const std::string& target) {
        EXPECT_EQ(everywhere({"GET", target}), all(404)) << target;
        EXPECT_EQ(everywhere({"HEAD", target}), all(404)) << target;
    }
    void expectThere(const std::string& target) {
        EXPECT_EQ(everywhere({"GET", target}), all(200)) << target;
    }
    [[nodiscard]] std::vector<std::string> tags() { return listIn(get(at("/tags/list")), "tags"); }
};
INSTANTIATE_TEST_SUITE_P(Spec, Manage, topologies(), nameOf);

TEST_P(Manage, ATag) {
    const Image image = pushImage("one");
    ASSERT_EQ(putManifest("two", image.manifest).status, 201);
    EXPECT_EQ(remove(manifestAt("one")).status, 202);
    expectGone(manifestAt("one"));
    expectThere(manifestAt("two"));
    expectThere(manifestAt(image.digest));
    EXPECT_THAT(tags(), testing::ElementsAre("two"));
}

TEST_P(Manage, AManifestWithItsTags) {
    const Image image = pushImage("one");
    ASSERT_EQ(putManifest("two", image.manifest).status, 201);
    const Image other = pushImage("other");
    EXPECT_EQ(remove(manifestAt(image.digest)).status, 202);
    for (const std::string& reference : {image.digest, std::string("one"), std::string("two")}) {
        expectGone(manifestAt(reference));
    }
    expectThere(manifestAt(other.digest));
    EXPECT_THAT(tags(), testing::ElementsAre("other"));
}

// Each deleted through another replica than the one that took it.
TEST_P(Manage, ManyAtOnceGoneEverywhere) {
    for (int round = 0; round < 10; ++round) {
        const Image image = pushImage("again");
        ASSERT_EQ(remove(manifestAt(round % 2 == 0 ? "again" : image.digest)).status, 202);
        EXPECT_EQ(everywhere({"GET", manifestAt("again")}), all(404)) << "round " << round;
        if (round % 2 != 0) {
            EXPECT_EQ(everywhere({"GET", manifestAt(image.digest)}), all(404)) << "round " << round;
        }
    }
}

TEST_P(Manage, ABlob) {
    const Blob blob = pushBlob(freshBytes(500));
    const Blob copy = pushBlob(blob.bytes, "/copy");
    EXPECT_EQ(remove(blobAt(blob.digest)).status, 202);
    expectGone(blobAt(blob.digest));
    expectThere(blobAt(copy.digest, "/copy"));
    pushBlob(blob.bytes);
    expectThere(blobAt(blob.digest));
}

TEST_P(Manage, NoBlobThatAManifestNeeds) {
    const Image image = pushImage("latest");
    for (const Blob* blob : {&image.config, &image.layer}) {
        const Answer refused = remove(blobAt(blob->digest));
        EXPECT_EQ(refused.status, 403);
        EXPECT_EQ(codeOf(refused), "DENIED");
        expectThere(blobAt(blob->digest));
    }
    ASSERT_EQ(remove(manifestAt(image.digest)).status, 202);
    EXPECT_EQ(remove(blobAt(image.layer.digest)).status, 202);
    expectGone(blobAt(image.layer.digest));
}

TEST_P(Manage, NothingTwice) {
    const Image image = pushImage("latest");
    const Blob blob = pushBlob(freshBytes(10));
    for (const auto& [target, code] : {std::pair(manifestAt("latest"), "MANIFEST_UNKNOWN"),
                                       std::pair(manifestAt(image.digest), "MANIFEST_UNKNOWN"),
                                       std::pair(blobAt(blob.digest), "BLOB_UNKNOWN")}) {
        EXPECT_EQ(remove(target).status, 202) << target;
        for (std::size_t replica = 0; replica < registry().size(); ++replica) {
            const Answer again = registry().askAt(replica, {"DELETE", target});
            EXPECT_EQ(again.status, 404) << target;
            EXPECT_EQ(codeOf(again), code);
        }
    }
}

TEST_P(Manage, NothingThatNeverWas) {
    pushImage("latest");
    for (const std::string& target :
         {manifestAt("other"), manifestAt(digestOf("other")), blobAt(digestOf("other")),
          manifestAt("latest", "/other"), blobAt(digestOf("other"), "/other")}) {
        EXPECT_EQ(remove(target).status, 404) << target;
    }
    expectThere(manifestAt("latest"));
}

TEST_P(Manage, WhatWasDeletedCanBePushedAgain) {
    const Image image = pushImage("latest");
    for (int round = 0; round < 3; ++round) {
        ASSERT_EQ(remove(manifestAt(image.digest)).status, 202);
        ASSERT_EQ(putManifest("latest", image.manifest).status, 201);
        expectThere(manifestAt("latest"));
        expectThere(manifestAt(image.digest));
    }
    ASSERT_EQ(remove(manifestAt(image.digest)).status, 202);
    ASSERT_EQ(remove(blobAt(image.layer.digest)).status, 202);
    EXPECT_EQ(codeOf(putManifest("latest", image.manifest)), "MANIFEST_BLOB_UNKNOWN");
    pushBlob(image.layer.bytes);
    EXPECT_EQ(putManifest("latest", image.manifest).status, 201);
}

TEST_P(Manage, AnIndexLeavesItsManifests) {
    const Image image = pushImage("latest");
    const std::string index = indexOf({image.manifest});
    ASSERT_EQ(putManifest("index", index, ociIndex).status, 201);
    EXPECT_EQ(remove(manifestAt(digestOf(index))).status, 202);
    expectGone(manifestAt("index"));
    expectThere(manifestAt("latest"));
}

} // namespace
} // namespace pilothouse::registry::test
