// SPDX-License-Identifier: GPL-3.0-or-later
// What a manifest says (OCI image specification 1.1, "Image Manifest" and "Image Index"; Docker's image
// manifest version 2, schema 2).
#pragma once

#include "base/result.h"
#include "replica/blobs/digest.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::registry {

namespace media {
inline constexpr std::string_view ociManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view ociIndex = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view dockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
} // namespace media

struct Descriptor {
    std::string mediaType;
    blobs::Digest digest;
    std::uint64_t size = 0;
    // Its bytes are fetched from elsewhere and need not be here.
    bool foreign = false;
    friend bool operator==(const Descriptor&, const Descriptor&) = default;
};

struct Manifest {
    std::string mediaType; // one of media::
    std::optional<Descriptor> config;
    std::vector<Descriptor> layers;
    std::vector<Descriptor> manifests; // of an index
    std::optional<Descriptor> subject; // need not be here
    // What referrers are filtered by: the manifest's own, else the config's media type; of an index its own.
    std::string artifactType;
    std::map<std::string, std::string> annotations;

    [[nodiscard]] bool isIndex() const {
        return mediaType == media::ociIndex || mediaType == media::dockerList;
    }
    friend bool operator==(const Manifest&, const Manifest&) = default;
};

// Reads a manifest as it was pushed with that Content-Type (without one, the body's own mediaType).
// ErrorCode::invalid: it is malformed, of a type that is not stored here, or says that it is two things at
// once (CVE-2021-41190), with the path of the field.
[[nodiscard]] Result<Manifest> parseManifest(std::string_view contentType, std::string_view body);

} // namespace pilothouse::registry
