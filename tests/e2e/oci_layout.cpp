// SPDX-License-Identifier: GPL-3.0-or-later
#include "oci_layout.h"

#include "replica/blobs/digest.h"
#include "replica/security/random.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace pilothouse::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t fileBytes = 300'000;

std::string contentOfFile(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

// Puts the bytes among the layout's blobs; gives their digest.
std::string put(const fs::path& layout, const std::string& bytes) {
    const std::string digest = blobs::Digest::of(bytes).str();
    write(layout / "blobs" / "sha256" / digest.substr(digest.find(':') + 1), bytes);
    return digest;
}

std::string descriptor(const std::string& type, const std::string& digest, std::size_t size,
                       const std::string& more = {}) {
    return R"({"mediaType":"application/vnd.oci.image.)" + type + R"(","digest":")" + digest +
           R"(","size":)" + std::to_string(size) + more + "}";
}

// Go's name of it.
std::string processor() {
#if defined(__aarch64__)
    return "arm64";
#else
    return "amd64";
#endif
}

struct Layer {
    std::string digest;
    std::size_t size = 0;
    std::string diffId; // digest of the archive before it was packed
};

Layer makeLayer(const fs::path& layout, int number) {
    const fs::path work = layout / "work";
    fs::create_directories(work);
    const std::string name = "file" + std::to_string(number);
    write(work / name, security::systemRandom().bytes(fileBytes));
    const std::string in = "cd '" + work.string() + "' && ";
    EXPECT_EQ(std::system((in + "tar --owner=0 --group=0 -cf layer.tar " + name).c_str()), 0);
    const std::string diffId = blobs::Digest::of(contentOfFile(work / "layer.tar")).str();
    EXPECT_EQ(std::system((in + "gzip -n layer.tar").c_str()), 0);
    const std::string packed = contentOfFile(work / "layer.tar.gz");
    fs::remove_all(work);
    return {put(layout, packed), packed.size(), diffId};
}

} // namespace

std::string makeOciLayout(const fs::path& folder, const std::string& tag, int layers) {
    fs::create_directories(folder / "blobs" / "sha256");
    std::string list;
    std::string diffIds;
    for (int i = 0; i < layers; ++i) {
        const Layer layer = makeLayer(folder, i);
        list += (i == 0 ? "" : ",") + descriptor("layer.v1.tar+gzip", layer.digest, layer.size);
        diffIds += (i == 0 ? "\"" : ",\"") + layer.diffId + '"';
    }
    const std::string config = R"({"architecture":")" + processor() +
                               R"(","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[)" +
                               diffIds + "]}}";
    const std::string manifest =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)" +
        descriptor("config.v1+json", put(folder, config), config.size()) + R"(,"layers":[)" + list + "]}";
    const std::string digest = put(folder, manifest);
    write(folder / "index.json",
          R"({"schemaVersion":2,"manifests":[)" +
              descriptor("manifest.v1+json", digest, manifest.size(),
                         R"(,"annotations":{"org.opencontainers.image.ref.name":")" + tag + "\"}") +
              "]}");
    write(folder / "oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
    return digest;
}

} // namespace pilothouse::test
