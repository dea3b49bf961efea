// SPDX-License-Identifier: GPL-3.0-or-later
// What a manifest is to people, by its types.
#pragma once

#include <string_view>

namespace pilothouse::domain {

enum class ManifestKind {
    image,
    index,       // of images of several platforms, mostly
    signature,   // cosign, Notary
    sbom,        // SPDX, CycloneDX, Syft
    attestation, // in-toto
    chart,       // Helm
    artifact,    // anything else
};

// `artifactType`: as the registry keeps it: the manifest's own, else its config's media type; may be empty.
[[nodiscard]] ManifestKind kindOf(std::string_view mediaType, std::string_view artifactType);

} // namespace pilothouse::domain
