// SPDX-License-Identifier: GPL-3.0-or-later
// "Pushing Manifests", with and without a subject.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

class PushManifest : public Scenario {
protected:
    // That it is served by that reference everywhere, byte for byte.
    void expectServed(const std::string& reference, const std::string& bytes, const std::string& type) {
        for (std::size_t replica = 0; replica < registry().size(); ++replica) {
            const Answer answer = registry().askAt(replica, {"GET", manifestAt(reference)});
            EXPECT_EQ(answer.status, 200) << reference;
            EXPECT_EQ(answer.field("content-type"), type);
            EXPECT_TRUE(answer.body == bytes) << answer.body.substr(0, 500);
        }
    }
    void expectPushed(const std::string& reference, const std::string& bytes, const std::string& type) {
        const Answer pushed = putManifest(reference, bytes, type);
        ASSERT_EQ(pushed.status, 201) << pushed.head << pushed.body;
        const bool sha512 = reference.starts_with("sha512:");
        const std::string digest = sha512 ? sha512Of(bytes) : digestOf(bytes);
        EXPECT_EQ(pushed.field("docker-content-digest"), digest);
        EXPECT_EQ(get(pushed.field("location")).body, bytes);
        expectServed(reference, bytes, type);
        expectServed(digest, bytes, type);
    }
    void expectRefused(const std::string& bytes, const std::string& type, const std::string& code) {
        const Answer refused = putManifest("refused", bytes, type);
        EXPECT_EQ(refused.status, 400) << bytes.substr(0, 500);
        EXPECT_EQ(codeOf(refused), code) << refused.body << "\n" << bytes.substr(0, 500);
        EXPECT_EQ(get(manifestAt("refused")).status, 404);
    }
    [[nodiscard]] std::string freshManifest(const std::string& more = {}) {
        return manifestOf(pushBlob(freshBytes(100)), {pushBlob(freshBytes(100))}, more);
    }
};
INSTANTIATE_TEST_SUITE_P(Spec, PushManifest, topologies(), nameOf);

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto found = text.find(from); found != std::string::npos;
         found = text.find(from, found + to.size())) {
        text.replace(found, from.size(), to);
    }
    return text;
}

TEST_P(PushManifest, OfAnImage) {
    expectPushed("v1", freshManifest(), ociManifest);
    const std::string byDigest = freshManifest();
    expectPushed(digestOf(byDigest), byDigest, ociManifest);
    const std::string bySha512 = freshManifest();
    expectPushed(sha512Of(bySha512), bySha512, ociManifest);
}

TEST_P(PushManifest, OfDockers) {
    const std::string image = replaced(
        replaced(freshManifest(), ociManifest, std::string(media::dockerManifest)),
        "application/vnd.oci.image.layer.v1.tar+gzip", "application/vnd.docker.image.rootfs.diff.tar.gzip");
    expectPushed("v1", image, std::string(media::dockerManifest));
    const std::string list = replaced(replaced(indexOf({image}), ociIndex, std::string(media::dockerList)),
                                      ociManifest, std::string(media::dockerManifest));
    expectPushed("list", list, std::string(media::dockerList));
}

TEST_P(PushManifest, OfAnIndex) {
    const std::string one = freshManifest();
    const std::string other = freshManifest();
    expectPushed(digestOf(one), one, ociManifest);
    expectPushed(digestOf(other), other, ociManifest);
    const std::string index = indexOf({one, other});
    expectPushed("index", index, ociIndex);
    expectPushed("of-an-index", replaced(indexOf({index}), ociManifest, ociIndex), ociIndex);
    expectPushed("empty", indexOf({}), ociIndex);
}

TEST_P(PushManifest, OfAnythingElse) {
    const Blob empty = pushBlob("{}");
    const std::string artifact =
        manifestOf(empty, {pushBlob(freshBytes(50))},
                   R"(,"artifactType":"application/vnd.example.sbom.v1","annotations":{"a":"b"})",
                   "application/vnd.oci.empty.v1+json");
    expectPushed("artifact", artifact, ociManifest);
    expectPushed("chart", manifestOf(empty, {}, {}, "application/vnd.cncf.helm.config.v1+json"), ociManifest);
}

TEST_P(PushManifest, KeepsEveryByte) {
    const std::string strange =
        "\n\t " + replaced(freshManifest(R"(,"unknown":{"x":[1.50,"é"]})"), ",", " ,\n") + "\n";
    expectPushed("strange", strange, ociManifest);
}

TEST_P(PushManifest, TakesItsTypeFromTheBodyWhenNobodySaysIt) {
    const std::string manifest = freshManifest();
    const Answer pushed = ask({"PUT", manifestAt("untold"), manifest});
    EXPECT_EQ(pushed.status, 201) << pushed.body;
    expectServed("untold", manifest, ociManifest);
    const Answer with = putManifest("parameters", manifest, ociManifest + "; charset=utf-8");
    EXPECT_EQ(with.status, 201) << with.body;
    expectServed("parameters", manifest, ociManifest);
}

TEST_P(PushManifest, AgainChangesNothing) {
    const std::string manifest = freshManifest();
    for (int i = 0; i < 4; ++i) {
        expectPushed("v1", manifest, ociManifest);
    }
    expectPushed("v2", manifest, ociManifest);
    EXPECT_THAT(listIn(get(at("/tags/list")), "tags"), testing::ElementsAre("v1", "v2"));
}

TEST_P(PushManifest, MovesATag) {
    for (int i = 0; i < 4; ++i) {
        expectPushed("latest", freshManifest(), ociManifest);
    }
    EXPECT_THAT(listIn(get(at("/tags/list")), "tags"), testing::ElementsAre("latest"));
}

TEST_P(PushManifest, UnderAnotherDigestIsRefused) {
    const std::string manifest = freshManifest();
    for (const std::string& digest : {digestOf("other"), sha512Of("other")}) {
        const Answer refused = putManifest(digest, manifest);
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(codeOf(refused), "DIGEST_INVALID");
        EXPECT_EQ(get(manifestAt(digest)).status, 404);
    }
    EXPECT_EQ(get(manifestAt(digestOf(manifest))).status, 404);
}

TEST_P(PushManifest, OfMissingPartsIsRefused) {
    const Blob here = pushBlob(freshBytes(50));
    const Blob missing{"missing", digestOf("missing")};
    const Blob elsewhere = pushBlob(freshBytes(50), "/other");
    expectRefused(manifestOf(missing, {here}), ociManifest, "MANIFEST_BLOB_UNKNOWN");
    expectRefused(manifestOf(here, {here, missing}), ociManifest, "MANIFEST_BLOB_UNKNOWN");
    expectRefused(manifestOf(here, {elsewhere}), ociManifest, "MANIFEST_BLOB_UNKNOWN");
    expectRefused(indexOf({manifestOf(here, {})}), ociIndex, "MANIFEST_BLOB_UNKNOWN");
}

TEST_P(PushManifest, ThatIsNoneIsRefused) {
    const std::string good = freshManifest();
    const std::string nested = R"({"schemaVersion":2,"mediaType":")" + ociManifest + R"(","x":)";
    for (const std::string& bytes :
         {std::string(), std::string("{"), std::string("[]"), std::string("null"), std::string("{}"),
          std::string("\xff\xfe"), good + "x", good.substr(0, good.size() - 1),
          replaced(good, "\"schemaVersion\":2", "\"schemaVersion\":1"), replaced(good, "sha256:", "sha256:x"),
          replaced(good, "\"size\":100", "\"size\":-1"), nested + std::string(100'000, '['),
          nested + std::string(100'000, '[') + std::string(100'000, ']') + "}"}) {
        expectRefused(bytes, ociManifest, "MANIFEST_INVALID");
    }
}

// One client must not take for an image what another takes for an index (CVE-2021-41190).
TEST_P(PushManifest, OfTwoKindsIsRefused) {
    const std::string manifest = freshManifest();
    expectRefused(manifest, ociIndex, "MANIFEST_INVALID");
    expectRefused(manifest, std::string(media::dockerManifest), "MANIFEST_INVALID");
    expectRefused(manifest.substr(0, manifest.size() - 1) + R"(,"manifests":[]})", ociManifest,
                  "MANIFEST_INVALID");
}

TEST_P(PushManifest, OfAnUnknownTypeIsRefused) {
    const std::string untyped = replaced(freshManifest(), R"("mediaType":")" + ociManifest + R"(",)", "");
    for (const char* type : {"application/json", "text/plain", "application/vnd.example+json",
                             "application/vnd.docker.distribution.manifest.v1+prettyjws", ";", "/"}) {
        expectRefused(untyped, type, "MANIFEST_INVALID");
    }
    EXPECT_EQ(codeOf(ask({"PUT", manifestAt("refused"), untyped})), "MANIFEST_INVALID");
}

constexpr std::size_t limit = std::size_t{4} * 1024 * 1024;

TEST_P(PushManifest, UpToTheLimit) {
    const std::string start = freshManifest();
    const std::string room(limit - start.size() - std::string(R"(,"x":""})").size() + 1, 'x');
    const std::string largest = start.substr(0, start.size() - 1) + R"(,"x":")" + room + "\"}";
    ASSERT_EQ(largest.size(), limit);
    expectPushed("largest", largest, ociManifest);
}

TEST_P(PushManifest, BeyondTheLimitIsTooLarge) {
    for (const bool chunked : {false, true}) {
        Ask push{"PUT", manifestAt("large"), std::string(limit + 1, ' '), {{"Content-Type", ociManifest}}};
        push.chunked = chunked;
        const Answer refused = ask(push);
        EXPECT_EQ(refused.status, 413);
        EXPECT_EQ(codeOf(refused), "MANIFEST_INVALID");
    }
}

TEST_P(PushManifest, OfManyLayers) {
    const Blob config = pushBlob(freshBytes(100));
    const std::vector<Blob> layers(2000, pushBlob(freshBytes(100)));
    expectPushed("layers", manifestOf(config, layers), ociManifest);
}

// What is recorded of a manifest must fit into one change of the state; what does not is the client's to
// know.
TEST_P(PushManifest, OfMoreThanCanBeRecordedIsTooLarge) {
    const Blob config = pushBlob(freshBytes(100));
    const std::vector<Blob> layers(20'000, pushBlob(freshBytes(100)));
    const std::string annotations = R"(,"annotations":{"a":")" + std::string(3'000'000, 'x') + "\"}";
    for (const std::string& manifest :
         {manifestOf(config, layers), manifestOf(config, {}, annotations + subjectField("another"))}) {
        ASSERT_LT(manifest.size(), limit);
        const Answer refused = putManifest("refused", manifest);
        EXPECT_EQ(refused.status, 413);
        EXPECT_EQ(codeOf(refused), "MANIFEST_INVALID");
        EXPECT_EQ(get(manifestAt("refused")).status, 404);
    }
}

TEST_P(PushManifest, WithASubjectIsTold) {
    const std::string subject = freshManifest();
    const std::string about = freshManifest(subjectField(subject));
    const Answer early = putManifest("about", about);
    EXPECT_EQ(early.status, 201) << "the subject may come later: " << early.body;
    EXPECT_EQ(early.field("oci-subject"), digestOf(subject));
    EXPECT_EQ(putManifest("subject", subject).field("oci-subject"), "");
    const Answer again = putManifest(digestOf(about), about);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.field("oci-subject"), digestOf(subject));
    const Answer index = putManifest("index", indexOf({subject}, subjectField(subject)), ociIndex);
    EXPECT_EQ(index.field("oci-subject"), digestOf(subject));
}

TEST_P(PushManifest, WithLayersThatLieElsewhere) {
    const Blob config = pushBlob(freshBytes(100));
    const std::string foreign =
        R"({"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip","size":7,"digest":")" +
        digestOf("elsewhere") + R"(","urls":["https://example.com/layer"]})";
    const std::string manifest =
        replaced(replaced(manifestOf(config, {}), "\"layers\":[]", "\"layers\":[" + foreign + "]"),
                 ociManifest, std::string(media::dockerManifest));
    expectPushed("foreign", manifest, std::string(media::dockerManifest));
}

} // namespace
} // namespace pilothouse::registry::test
