// SPDX-License-Identifier: GPL-3.0-or-later
#include "content.h"

#include "replica/blobs/digest.h"

#include <random>

namespace pilothouse::bench {

namespace {

constexpr std::size_t smallBytes = 4096;
constexpr std::size_t layersEach = 5;

std::string descriptor(const std::string& type, const std::string& digest, std::size_t size) {
    return R"({"mediaType":"application/vnd.oci.image.)" + type + R"(","digest":")" + digest +
           R"(","size":)" + std::to_string(size) + "}";
}

} // namespace

std::string digestOf(const std::string& bytes) {
    return blobs::Digest::of(bytes).str();
}

std::string smallBlob(std::uint64_t number) {
    std::mt19937_64 random(number);
    std::string bytes;
    while (bytes.size() < smallBytes) {
        const std::uint64_t word = random();
        bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    return bytes;
}

const Named& sharedConfiguration() {
    static const Named configuration = [] {
        const std::string text =
            R"({"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}})";
        return Named{digestOf(text), text};
    }();
    return configuration;
}

std::string Content::manifest(std::uint64_t number) const {
    std::string layers;
    for (std::size_t i = 0; i < layersEach; ++i) {
        layers +=
            (i == 0 ? "" : ",") +
            descriptor("layer.v1.tar+gzip", blobs[(number * layersEach + i) % blobs.size()], smallBytes);
    }
    const Named& configuration = sharedConfiguration();
    return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)" +
           descriptor("config.v1+json", configuration.digest, configuration.bytes.size()) + R"(,"layers":[)" +
           layers + R"(],"annotations":{"number":")" + std::to_string(number) + R"("}})";
}

Content::Content(std::size_t blobCount, std::size_t manifestCount) {
    for (std::size_t i = 0; i < blobCount; ++i) {
        blobs.push_back(digestOf(smallBlob(i)));
    }
    for (std::size_t i = 0; i < manifestCount; ++i) {
        manifests.push_back(digestOf(manifest(i)));
    }
}

} // namespace pilothouse::bench
