// SPDX-License-Identifier: GPL-3.0-or-later
// "Mounting a blob from another repository", and what is left to the client when that cannot be.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

class Mount : public Scenario {
protected:
    [[nodiscard]] Answer mount(const std::string& digest, const std::string& more) {
        return ask({"POST", at("/blobs/uploads/?mount=" + digest + more)});
    }
    void expectMounted(const Answer& answer, const Blob& blob) {
        EXPECT_EQ(answer.status, 201) << answer.head << answer.body;
        EXPECT_THAT(answer.field("location"), testing::EndsWith(blobAt(blob.digest)));
        EXPECT_EQ(answer.field("docker-content-digest"), blob.digest);
        EXPECT_TRUE(get(blobAt(blob.digest)).body == blob.bytes) << "other bytes came back";
    }
    // That the client was given an upload, and can use it.
    void expectUpload(const Answer& answer) {
        ASSERT_EQ(answer.status, 202) << answer.head << answer.body;
        const std::string bytes = freshBytes(100);
        EXPECT_EQ(put(answer.field("location"), digestOf(bytes), bytes).status, 201);
    }
};
INSTANTIATE_TEST_SUITE_P(Spec, Mount, topologies(), nameOf);

TEST_P(Mount, FromARepository) {
    const Blob blob = pushBlob(freshBytes(3000), "/other");
    EXPECT_EQ(head(blobAt(blob.digest)).status, 404);
    expectMounted(mount(blob.digest, "&from=" + repository() + "/other"), blob);
    EXPECT_EQ(everywhere({"HEAD", blobAt(blob.digest)}), all(200));
    EXPECT_EQ(everywhere({"HEAD", blobAt(blob.digest, "/other")}), all(200));
}

TEST_P(Mount, FromAnywhere) {
    const Blob blob = pushBlob(freshBytes(3000), "/other");
    expectMounted(mount(blob.digest, ""), blob);
}

TEST_P(Mount, OfWhatIsThereAlready) {
    const Blob blob = pushBlob(freshBytes(3000));
    expectMounted(mount(blob.digest, "&from=" + repository()), blob);
    expectMounted(mount(blob.digest, ""), blob);
}

TEST_P(Mount, ByAnotherHash) {
    const std::string bytes = freshBytes(100);
    const Blob blob{bytes, sha512Of(bytes)};
    ASSERT_EQ(ask({"POST", at("/blobs/uploads/?digest=" + blob.digest, "/other"), bytes}).status, 201);
    expectMounted(mount(blob.digest, "&from=" + repository() + "/other"), blob);
}

TEST_P(Mount, OfWhatIsNotThereBeginsAnUpload) {
    const Blob blob = pushBlob(freshBytes(100), "/other");
    expectUpload(mount(digestOf("nobody has this"), "&from=" + repository() + "/other"));
    expectUpload(mount(digestOf("nobody has this"), ""));
    expectUpload(mount(blob.digest, "&from=" + repository() + "/neither"));
    EXPECT_EQ(head(blobAt(blob.digest)).status, 404);
}

TEST_P(Mount, FromANameOrOfADigestThatIsNoneIsNoServersError) {
    const Blob blob = pushBlob(freshBytes(100), "/other");
    for (const char* from : {"Not%20A%20Name", "..%2F..", "", "%00", "a//b"}) {
        EXPECT_THAT(mount(blob.digest, std::string("&from=") + from).status, testing::AnyOf(202, 400))
            << from;
    }
    for (const char* digest : {"", "sha256:abc", "latest", "%20"}) {
        EXPECT_THAT(mount(digest, "&from=" + repository() + "/other").status, testing::AnyOf(202, 400))
            << digest;
    }
    EXPECT_EQ(head(blobAt(blob.digest)).status, 404);
}

// skopeo gives the upload up that a failed mount left it with.
TEST_P(Mount, LeavesAnUploadThatCanBeGivenUp) {
    const Answer begun = mount(digestOf("nobody has this"), "&from=" + repository() + "/other");
    ASSERT_EQ(begun.status, 202);
    EXPECT_EQ(remove(begun.field("location")).status, 204);
}

// The manifest of a copied image names blobs that were only ever mounted.
TEST_P(Mount, ServesAManifestInTheOtherRepository) {
    const Image image = pushImage("latest");
    for (const Blob* blob : {&image.config, &image.layer}) {
        const Answer mounted =
            ask({"POST", at("/blobs/uploads/?mount=" + blob->digest + "&from=" + repository(), "/copy")});
        EXPECT_EQ(mounted.status, 201);
    }
    const Answer pushed =
        ask({"PUT", manifestAt("latest", "/copy"), image.manifest, {{"Content-Type", ociManifest}}});
    EXPECT_EQ(pushed.status, 201) << pushed.body;
    EXPECT_EQ(everywhere({"GET", manifestAt("latest", "/copy")}), all(200));
}

} // namespace
} // namespace pilothouse::registry::test
