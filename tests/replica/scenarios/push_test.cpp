// SPDX-License-Identifier: GPL-3.0-or-later
// "Pushing a blob monolithically", and what becomes of an upload that goes wrong.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

class Push : public Scenario {
protected:
    void expectCreated(const Answer& answer, const Blob& blob) {
        EXPECT_EQ(answer.status, 201) << answer.head << answer.body;
        EXPECT_EQ(answer.field("docker-content-digest"), blob.digest);
        EXPECT_THAT(answer.field("location"), testing::EndsWith(blobAt(blob.digest)));
        const Answer pulled = get(answer.field("location"));
        EXPECT_EQ(pulled.status, 200);
        EXPECT_TRUE(pulled.body == blob.bytes) << "other bytes came back";
    }
    // That no replica knows the upload any more.
    void expectOver(const std::string& location) { EXPECT_EQ(everywhere({"GET", location}), all(404)); }
};
INSTANTIATE_TEST_SUITE_P(Spec, Push, topologies(), nameOf);

TEST_P(Push, BeginsAnUpload) {
    const Answer begun = ask({"POST", at("/blobs/uploads/")});
    EXPECT_EQ(begun.status, 202);
    EXPECT_THAT(begun.field("location"), testing::HasSubstr(at("/blobs/uploads/")));
    EXPECT_EQ(begun.field("range"), "0-0");
    EXPECT_EQ(begun.body, "");
    const std::string id = begun.field("docker-upload-uuid");
    ASSERT_GT(id.size(), 16U);
    EXPECT_THAT(begun.field("location"), testing::HasSubstr(id));
    EXPECT_NE(beginUpload(), begun.field("location"));
    EXPECT_EQ(ask({"POST", at("/blobs/uploads")}).status, 202) << "without the last slash";
}

TEST_P(Push, PostThenPut) {
    for (const std::size_t size : {1, 1000, 700'000}) {
        const std::string bytes = freshBytes(size);
        const Blob blob{bytes, digestOf(bytes)};
        const std::string location = beginUpload();
        expectCreated(put(location, blob.digest, bytes), blob);
        expectOver(location);
    }
}

TEST_P(Push, PostThenPutWithoutALength) {
    const std::string bytes = freshBytes(60'000);
    Ask closed{"PUT", closing(beginUpload(), digestOf(bytes)), bytes};
    closed.chunked = true;
    expectCreated(ask(closed), {bytes, digestOf(bytes)});
}

TEST_P(Push, SinglePost) {
    for (int i = 0; i < 3; ++i) {
        const std::string bytes = freshBytes(5000);
        const Blob blob{bytes, digestOf(bytes)};
        expectCreated(ask({"POST", at("/blobs/uploads/?digest=" + blob.digest), bytes}), blob);
    }
}

TEST_P(Push, WhatIsThereAlready) {
    const Blob blob = pushBlob(freshBytes(1000));
    for (int i = 0; i < 3; ++i) {
        expectCreated(put(beginUpload(), blob.digest, blob.bytes), blob);
    }
}

TEST_P(Push, AnEmptyBlob) {
    const Blob empty{"", digestOf("")};
    expectCreated(put(beginUpload(), empty.digest), empty);
    EXPECT_EQ(head(blobAt(empty.digest)).field("content-length"), "0");
}

TEST_P(Push, ByAnotherHash) {
    const std::string bytes = freshBytes(4000);
    const Blob blob{bytes, sha512Of(bytes)};
    expectCreated(put(beginUpload(), blob.digest, bytes), blob);
    const std::string more = freshBytes(4000);
    expectCreated(ask({"POST", at("/blobs/uploads/?digest=" + sha512Of(more)), more}),
                  {more, sha512Of(more)});
    EXPECT_EQ(head(blobAt(digestOf(bytes))).status, 404) << "it was pushed under the other digest";
}

TEST_P(Push, OtherBytesThanTheDigestSaysAreRefused) {
    const std::string digest = digestOf("what was meant");
    const std::string location = beginUpload();
    const Answer refused = put(location, digest, "what came");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(codeOf(refused), "DIGEST_INVALID");
    expectOver(location);
    const Answer single = ask({"POST", at("/blobs/uploads/?digest=" + digest), "what came"});
    EXPECT_EQ(single.status, 400);
    EXPECT_EQ(codeOf(single), "DIGEST_INVALID");
    EXPECT_EQ(everywhere({"HEAD", blobAt(digest)}), all(404));
    EXPECT_EQ(everywhere({"HEAD", blobAt(digestOf("what came"))}), all(404));
}

TEST_P(Push, ADigestThatIsNoneLeavesTheUploadAsItIs) {
    const std::string bytes = freshBytes(100);
    const std::string location = beginUpload();
    for (const std::string& digest :
         {std::string(), std::string("sha256:abc"), std::string("sha256:totallywrong"), std::string("latest"),
          "sha256:" + std::string(64, 'G'), "md5:" + std::string(32, '0'), digestOf(bytes) + "0"}) {
        const Answer refused = put(location, digest, bytes);
        EXPECT_EQ(refused.status, 400) << digest;
        EXPECT_EQ(codeOf(refused), "DIGEST_INVALID") << digest;
    }
    EXPECT_EQ(ask({"PUT", location, bytes}).status, 400) << "without any";
    EXPECT_EQ(ask({"POST", at("/blobs/uploads/?digest=sha256:abc"), bytes}).status, 400);
    EXPECT_EQ(put(location, digestOf(bytes), bytes).status, 201);
}

TEST_P(Push, IntoAnUploadThatNobodyBegan) {
    const std::string id = ask({"POST", at("/blobs/uploads/")}).field("docker-upload-uuid");
    std::string changed = id;
    changed.back() = changed.back() == '0' ? '1' : '0';
    for (const std::string& unknown :
         {changed, std::string("x"), std::string("a7f3"), std::string("..."), std::string(500, 'a'),
          "zzzzzzzzzzzz" + id.substr(id.find('-')), id + "0", std::string(36, '0')}) {
        const std::string location = at("/blobs/uploads/" + unknown);
        for (const char* method : {"GET", "HEAD", "PATCH", "DELETE"}) {
            const Answer answer = ask({method, location});
            EXPECT_EQ(answer.status, 404) << method << " " << location;
            EXPECT_EQ(codeOf(answer), std::string(method) == "HEAD" ? "" : "BLOB_UPLOAD_UNKNOWN") << location;
        }
        EXPECT_EQ(codeOf(put(location, digestOf("x"), "x")), "BLOB_UPLOAD_UNKNOWN") << location;
    }
}

TEST_P(Push, IntoAnUploadOfAnotherRepository) {
    const std::string id = ask({"POST", at("/blobs/uploads/")}).field("docker-upload-uuid");
    const std::string elsewhere = at("/blobs/uploads/" + id, "/other");
    EXPECT_EQ(everywhere({"GET", elsewhere}), all(404));
    EXPECT_EQ(put(elsewhere, digestOf("x"), "x").status, 404);
    EXPECT_EQ(everywhere({"GET", at("/blobs/uploads/" + id)}), all(204));
}

// A client that did not hear the 201 asks again, wherever the balancer sends it.
TEST_P(Push, APutAfterTheUploadWasFinished) {
    const std::string bytes = freshBytes(3000);
    const std::string location = beginUpload();
    ASSERT_EQ(put(location, digestOf(bytes), bytes).status, 201);
    const Ask again{"PUT", closing(location, digestOf(bytes)), bytes};
    EXPECT_EQ(everywhere(again), all(201));
    EXPECT_EQ(everywhere({"PUT", closing(location, digestOf(bytes))}), all(201));
    EXPECT_EQ(everywhere({"PUT", closing(location, digestOf("other")), bytes}), all(404));
    EXPECT_THAT(ask(again).field("location"), testing::EndsWith(blobAt(digestOf(bytes))));
}

TEST_P(Push, CanBeGivenUp) {
    const std::string location = beginUpload();
    ASSERT_EQ(ask({"PATCH", location, freshBytes(1000)}).status, 202);
    EXPECT_EQ(remove(location).status, 204);
    expectOver(location);
    EXPECT_EQ(codeOf(remove(location)), "BLOB_UPLOAD_UNKNOWN");
    EXPECT_EQ(ask({"PATCH", location, "more"}).status, 404);
    EXPECT_EQ(put(location, digestOf("x"), "x").status, 404);
}

} // namespace
} // namespace pilothouse::registry::test
