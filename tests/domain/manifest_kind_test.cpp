// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/manifest_kind.h"

#include <gtest/gtest.h>

namespace pilothouse::domain {
namespace {

constexpr auto manifest = "application/vnd.oci.image.manifest.v1+json";

TEST(ManifestKind, ComesFromTheTypes) {
    EXPECT_EQ(kindOf(manifest, ""), ManifestKind::image);
    EXPECT_EQ(kindOf(manifest, "application/vnd.oci.image.config.v1+json"), ManifestKind::image);
    EXPECT_EQ(kindOf("application/vnd.docker.distribution.manifest.v2+json",
                     "application/vnd.docker.container.image.v1+json"),
              ManifestKind::image);
    EXPECT_EQ(kindOf("application/vnd.oci.image.index.v1+json", ""), ManifestKind::index);
    EXPECT_EQ(kindOf("application/vnd.docker.distribution.manifest.list.v2+json", ""), ManifestKind::index);
    EXPECT_EQ(kindOf(manifest, "application/vnd.dev.cosign.artifact.sig.v1+json"), ManifestKind::signature);
    EXPECT_EQ(kindOf(manifest, "application/vnd.cncf.notary.signature"), ManifestKind::signature);
    EXPECT_EQ(kindOf(manifest, "application/spdx+json"), ManifestKind::sbom);
    EXPECT_EQ(kindOf(manifest, "application/vnd.cyclonedx+json"), ManifestKind::sbom);
    EXPECT_EQ(kindOf(manifest, "application/vnd.in-toto+json"), ManifestKind::attestation);
    EXPECT_EQ(kindOf(manifest, "application/vnd.cncf.helm.config.v1+json"), ManifestKind::chart);
    EXPECT_EQ(kindOf(manifest, "application/vnd.example.thing"), ManifestKind::artifact);
}

} // namespace
} // namespace pilothouse::domain
