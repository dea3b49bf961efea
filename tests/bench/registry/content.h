// SPDX-License-Identifier: GPL-3.0-or-later
// What is pushed and pulled: made from its number, so that nobody has to keep it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pilothouse::bench {

inline constexpr const char* repository = "bench/app";

// The digest of these bytes, as "sha256:…".
[[nodiscard]] std::string digestOf(const std::string& bytes);

// 4 KiB that no packer makes smaller.
[[nodiscard]] std::string smallBlob(std::uint64_t number);

struct Named {
    std::string digest;
    std::string bytes;
};
// What all manifests have as their configuration.
[[nodiscard]] const Named& sharedConfiguration();

// The digests of the small blobs 0, 1, … and of the manifests, which have five of them as layers each. Manifest
// i has the tag "v<i>".
struct Content {
    Content(std::size_t blobCount, std::size_t manifestCount);
    std::vector<std::string> blobs;
    std::vector<std::string> manifests;
    // Of any number: beyond the manifests it is a new one of the same blobs.
    [[nodiscard]] std::string manifest(std::uint64_t number) const;
};

} // namespace pilothouse::bench
