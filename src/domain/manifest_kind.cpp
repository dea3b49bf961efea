// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/manifest_kind.h"

#include <algorithm>
#include <array>

namespace pilothouse::domain {
namespace {

bool hasAny(std::string_view text, const auto& parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

constexpr std::array signatures{std::string_view("cosign.artifact.sig"), std::string_view("notary.signature"),
                                std::string_view("simplesigning"), std::string_view("sigstore.bundle")};
constexpr std::array sboms{std::string_view("spdx"), std::string_view("cyclonedx"), std::string_view("syft"),
                           std::string_view("sbom")};
constexpr std::array attestations{std::string_view("in-toto"), std::string_view("attestation"),
                                  std::string_view("dsse")};
constexpr std::array imageConfigs{std::string_view("application/vnd.oci.image.config.v1+json"),
                                  std::string_view("application/vnd.docker.container.image.v1+json")};

} // namespace

ManifestKind kindOf(std::string_view mediaType, std::string_view artifactType) {
    if (hasAny(artifactType, signatures)) {
        return ManifestKind::signature;
    }
    if (hasAny(artifactType, sboms)) {
        return ManifestKind::sbom;
    }
    if (hasAny(artifactType, attestations)) {
        return ManifestKind::attestation;
    }
    if (artifactType.find("helm") != std::string_view::npos) {
        return ManifestKind::chart;
    }
    if (mediaType == "application/vnd.oci.image.index.v1+json" ||
        mediaType == "application/vnd.docker.distribution.manifest.list.v2+json") {
        return ManifestKind::index;
    }
    const bool image = artifactType.empty() || std::find(imageConfigs.begin(), imageConfigs.end(),
                                                         artifactType) != imageConfigs.end();
    return image ? ManifestKind::image : ManifestKind::artifact;
}

} // namespace pilothouse::domain
