// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/manifest_records.h"

#include <gtest/gtest.h>

namespace pilothouse::registry {
namespace {

Descriptor descriptor(const std::string& name, bool foreign = false) {
    return {"application/" + name, blobs::Digest::of(name), name.size(), foreign};
}

state::DescriptorRecord record(const std::string& name) {
    return {"application/" + name, blobs::Digest::of(name).str(), static_cast<std::int64_t>(name.size())};
}

const Pushed pushed{"team/app", blobs::Digest::of("manifest"), 700, "v1", "ada", "0123456789ab"};

TEST(ManifestRecords, SayWhatWasPushedByWhom) {
    Manifest manifest;
    manifest.mediaType = std::string(media::ociManifest);
    manifest.artifactType = "application/sbom";
    manifest.config = descriptor("config");
    manifest.layers = {descriptor("one"), descriptor("two")};
    const auto made = recordsOf(manifest, pushed);
    EXPECT_EQ(made.repository, "team/app");
    EXPECT_EQ(made.digest, pushed.digest.str());
    EXPECT_EQ(made.tag, "v1");
    EXPECT_EQ(made.record.media_type, media::ociManifest);
    EXPECT_EQ(made.record.size, 700);
    EXPECT_EQ(made.record.artifact_type, "application/sbom");
    EXPECT_EQ(made.record.by, "ada");
    EXPECT_EQ(made.record.through, "0123456789ab");
    EXPECT_EQ(made.record.blobs, (std::vector{record("config"), record("one"), record("two")}));
    EXPECT_TRUE(made.record.manifests.empty());
    EXPECT_EQ(made.record.subject, std::nullopt);
    EXPECT_FALSE(made.referrer);
    EXPECT_FALSE(made.bytes) << "they are stored before";
}

TEST(ManifestRecords, NameNothingThatLiesElsewhere) {
    Manifest manifest;
    manifest.mediaType = std::string(media::dockerManifest);
    manifest.config = descriptor("config");
    manifest.layers = {descriptor("foreign", true), descriptor("own")};
    EXPECT_EQ(recordsOf(manifest, pushed).record.blobs, (std::vector{record("config"), record("own")}));
}

TEST(ManifestRecords, OfAnIndexNameItsManifests) {
    Manifest manifest;
    manifest.mediaType = std::string(media::ociIndex);
    manifest.manifests = {descriptor("amd64"), descriptor("arm64")};
    Pushed untagged = pushed;
    untagged.tag.reset();
    const auto made = recordsOf(manifest, untagged);
    EXPECT_EQ(made.record.manifests, (std::vector{record("amd64"), record("arm64")}));
    EXPECT_TRUE(made.record.blobs.empty());
    EXPECT_EQ(made.tag, std::nullopt);
}

TEST(ManifestRecords, OfAReferrerHaveItsDescriptor) {
    Manifest manifest;
    manifest.mediaType = std::string(media::ociManifest);
    manifest.config = descriptor("config");
    manifest.artifactType = "application/signature";
    manifest.annotations = {{"a", "1"}, {"b", "2"}};
    manifest.subject = descriptor("subject");
    const auto made = recordsOf(manifest, pushed);
    EXPECT_EQ(made.record.subject, blobs::Digest::of("subject").str());
    ASSERT_TRUE(made.referrer);
    const state::ReferrerRecord expected{
        std::string(media::ociManifest), 700, "application/signature", {{"a", "1"}, {"b", "2"}}};
    EXPECT_EQ(*made.referrer, expected);
    EXPECT_EQ(made.record.blobs, std::vector{record("config")}) << "the subject need not be there";
}

} // namespace
} // namespace pilothouse::registry
