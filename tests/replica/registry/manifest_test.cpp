// SPDX-License-Identifier: GPL-3.0-or-later
#include "exercise.h"
#include "replica/registry/manifest.h"

#include <gtest/gtest.h>

#include <random>

namespace pilothouse::registry {
namespace {

const std::string configDigest = blobs::Digest::of("config").str();
const std::string layerDigest = blobs::Digest::of("layer").str();

std::string descriptor(const std::string& type, const std::string& digest, const std::string& more = {}) {
    return R"({"mediaType":")" + type + R"(","digest":")" + digest + R"(","size":7)" + more + "}";
}

const std::string config = descriptor("application/vnd.oci.image.config.v1+json", configDigest);
const std::string layer = descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layerDigest);

std::string image(const std::string& more = {}) {
    return R"({"schemaVersion":2,"config":)" + config + R"(,"layers":[)" + layer + "]" + more + "}";
}
std::string index(const std::string& more = {}) {
    return R"({"schemaVersion":2,"manifests":[)" + descriptor(std::string(media::ociManifest), layerDigest) +
           "]" + more + "}";
}

std::string refusal(std::string_view type, const std::string& body) {
    const auto manifest = parseManifest(type, body);
    if (manifest) {
        return "accepted";
    }
    EXPECT_EQ(manifest.error().code, ErrorCode::invalid) << body;
    return manifest.error().message;
}

TEST(ManifestText, OfAnImageNamesItsBlobs) {
    for (const auto type : {media::ociManifest, media::dockerManifest}) {
        const auto manifest = parseManifest(type, image());
        ASSERT_TRUE(manifest) << manifest.error().text();
        EXPECT_EQ(manifest->mediaType, type);
        EXPECT_FALSE(manifest->isIndex());
        EXPECT_EQ(manifest->config->digest.str(), configDigest);
        EXPECT_EQ(manifest->config->size, 7U);
        ASSERT_EQ(manifest->layers.size(), 1U);
        EXPECT_EQ(manifest->layers[0].digest.str(), layerDigest);
        EXPECT_FALSE(manifest->layers[0].foreign);
        EXPECT_EQ(manifest->artifactType, "application/vnd.oci.image.config.v1+json");
        EXPECT_EQ(manifest->subject, std::nullopt);
    }
}

TEST(ManifestText, OfAnIndexNamesItsManifests) {
    for (const auto type : {media::ociIndex, media::dockerList}) {
        const auto manifest = parseManifest(type, index());
        ASSERT_TRUE(manifest) << manifest.error().text();
        EXPECT_TRUE(manifest->isIndex());
        ASSERT_EQ(manifest->manifests.size(), 1U);
        EXPECT_EQ(manifest->manifests[0].mediaType, media::ociManifest);
        EXPECT_EQ(manifest->artifactType, "");
    }
    EXPECT_TRUE(parseManifest(media::ociIndex, R"({"schemaVersion":2,"manifests":[]})"));
}

TEST(ManifestText, SaysWhatItIsAboutAndOfWhichType) {
    const std::string about = R"(,"subject":)" + descriptor(std::string(media::ociManifest), configDigest) +
                              R"(,"annotations":{"org.example":"x"})";
    const auto plain = parseManifest(media::ociManifest, image(about));
    ASSERT_TRUE(plain) << plain.error().text();
    EXPECT_EQ(plain->subject->digest.str(), configDigest);
    EXPECT_EQ(plain->annotations, (std::map<std::string, std::string>{{"org.example", "x"}}));
    const auto typed =
        parseManifest(media::ociManifest, image(about + R"(,"artifactType":"application/x.sbom")"));
    ASSERT_TRUE(typed) << typed.error().text();
    EXPECT_EQ(typed->artifactType, "application/x.sbom");
    const auto ofIndex = parseManifest(media::ociIndex, index(about + R"(,"artifactType":"application/x")"));
    ASSERT_TRUE(ofIndex) << ofIndex.error().text();
    EXPECT_EQ(ofIndex->artifactType, "application/x");
}

TEST(ManifestText, TakesItsTypeFromWhereItIsSaid) {
    const std::string own = R"(,"mediaType":")" + std::string(media::ociManifest) + '"';
    EXPECT_TRUE(parseManifest("", image(own)));
    EXPECT_TRUE(parseManifest(std::string(media::ociManifest) + "; charset=utf-8", image(own)));
    EXPECT_EQ(refusal("", image()), "the manifest does not say of which type it is");
    EXPECT_EQ(refusal(media::dockerManifest, image(own)),
              "the manifest was sent as " + std::string(media::dockerManifest) + " and calls itself " +
                  std::string(media::ociManifest));
    EXPECT_EQ(refusal("application/vnd.docker.distribution.manifest.v1+prettyjws", image()),
              "manifests of the type application/vnd.docker.distribution.manifest.v1+prettyjws are not "
              "stored here");
}

TEST(ManifestText, IsOneThingOnly) {
    const std::string both = "the manifest has the fields of an image and of an index";
    EXPECT_EQ(refusal(media::ociManifest, image(R"(,"manifests":[])")), both);
    EXPECT_EQ(refusal(media::ociIndex, index(R"(,"layers":[])")), both);
    EXPECT_EQ(refusal(media::ociIndex, index(R"(,"config":)" + config)), both);
}

TEST(ManifestText, NeedsNotHaveForeignLayersHere) {
    const std::string urls = R"(,"urls":["https://example.com/layer"])";
    const std::string foreign =
        descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", layerDigest, urls);
    const std::string own =
        descriptor("application/vnd.docker.image.rootfs.diff.tar.gzip", layerDigest, urls);
    const auto manifest =
        parseManifest(media::dockerManifest, R"({"schemaVersion":2,"config":)" + config + R"(,"layers":[)" +
                                                 foreign + "," + own + "]}");
    ASSERT_TRUE(manifest) << manifest.error().text();
    EXPECT_TRUE(manifest->layers[0].foreign);
    EXPECT_FALSE(manifest->layers[1].foreign) << "addresses alone free nobody from bringing the bytes";
}

TEST(ManifestText, IsRefusedWithThePathOfWhatIsWrong) {
    const auto with = [](const std::string& part) {
        return R"({"schemaVersion":2,"config":)" + config + R"(,"layers":[)" + layer + "," + part + "]}";
    };
    const std::pair<std::string, std::string> cases[] = {
        {"", "not JSON"},
        {"[]", "not a JSON object"},
        {"{}", "schemaVersion is not 2"},
        {R"({"schemaVersion":1})", "schemaVersion is not 2"},
        {R"({"schemaVersion":2,"layers":[]})", "config is missing"},
        {R"({"schemaVersion":2,"config":7,"layers":[]})", "config is not an object"},
        {R"({"schemaVersion":2,"config":)" + config + R"(,"layers":{}})", "layers is not a list"},
        {with("7"), "layers[1] is not an object"},
        {with(descriptor("x", "sha256:abc")), "layers[1].digest is none"},
        {with(descriptor("x", "md5:d41d8cd98f00b204e9800998ecf8427e")), "layers[1].digest is none"},
        {with(R"({"mediaType":"x","digest":")" + layerDigest + R"("})"), "layers[1].size is not a number"},
        {with(R"({"mediaType":"x","digest":")" + layerDigest + R"(","size":-1})"), "layers[1].size"},
        {with(R"({"mediaType":"x","digest":")" + layerDigest + R"(","size":1.5})"), "layers[1].size"},
        {with(R"({"mediaType":7,"digest":")" + layerDigest + R"(","size":1})"),
         "layers[1].mediaType is not a text"},
        {image(R"(,"annotations":{"a":1})"), "annotations.a is not a text"},
        {image(R"(,"annotations":[])"), "annotations is not an object"},
        {image(R"(,"subject":"x")"), "subject is not an object"},
        {image(R"(,"artifactType":7)"), "artifactType is not a text"},
        {image() + "x", "not JSON"},
        {std::string(100'000, '['), "not JSON"},
    };
    for (const auto& [body, expected] : cases) {
        EXPECT_NE(refusal(media::ociManifest, body).find(expected), std::string::npos)
            << body.substr(0, 200) << "\n  " << refusal(media::ociManifest, body);
    }
    EXPECT_NE(refusal(media::ociIndex, R"({"schemaVersion":2})").find("manifests is missing"),
              std::string::npos);
}

TEST(ManifestText, SurvivesWhateverIsSent) {
    std::mt19937 random(5);
    const std::string seeds[] = {image(R"(,"subject":)" + layer + R"(,"annotations":{"a":"b"})"), index()};
    int accepted = 0;
    for (int i = 0; i < 40'000; ++i) {
        std::string body = seeds[random() % 2];
        for (auto edits = 1 + random() % 4; edits > 0; --edits) {
            const auto at = random() % body.size();
            switch (random() % 3) {
            case 0:
                body[at] = static_cast<char>(random());
                break;
            case 1:
                body.erase(at, random() % 20);
                break;
            default:
                body.insert(at, body, random() % body.size(), random() % 30);
            }
            body += body.empty() ? "x" : "";
        }
        ASSERT_EQ(test::faultInManifest(body), "") << body;
        accepted += parseManifest(media::ociManifest, body) || parseManifest(media::ociIndex, body) ? 1 : 0;
    }
    EXPECT_GT(accepted, 100) << "every mutation broke it: nothing was put to the test";
}

} // namespace
} // namespace pilothouse::registry
