// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica remembers to save work: whom it kept blobs for, and the bytes of manifests.
#include "replica/registry/manifest_bytes.h"
#include "replica/registry/touches.h"

#include <gtest/gtest.h>

namespace pilothouse::registry {
namespace {

using namespace std::chrono_literals;

blobs::BlobId blobOf(const std::string& text, const std::string& incarnation) {
    return {blobs::Digest::of(text), *blobs::Incarnation::parse(incarnation)};
}

TEST(Touches, HoldForASpanAndForOneIncarnation) {
    const auto blob = blobOf("a", "00000000000000a1");
    const MonotonicTime at(1h);
    Touches touches;
    EXPECT_FALSE(touches.within(blob, at, 15min)) << "nobody touched it";
    touches.note(blob, at);
    EXPECT_TRUE(touches.within(blob, at + 14min, 15min));
    EXPECT_FALSE(touches.within(blob, at + 15min, 15min));
    EXPECT_FALSE(touches.within(blob, at, 0min)) << "without grace each answer has to be told";
    EXPECT_FALSE(touches.within(blobOf("a", "00000000000000a2"), at, 15min)) << "pushed anew";
}

TEST(ManifestBytes, KeepWhatIsSmall) {
    const auto blob = blobOf("a", "00000000000000a1");
    ManifestBytes bytes;
    EXPECT_EQ(bytes.find(blob), nullptr);
    bytes.keep(blob, std::make_shared<const std::string>("{}"));
    ASSERT_NE(bytes.find(blob), nullptr);
    EXPECT_EQ(*bytes.find(blob), "{}");
    const auto large = blobOf("b", "00000000000000a2");
    bytes.keep(large, std::make_shared<const std::string>(std::size_t{1} << 20, 'x'));
    EXPECT_EQ(bytes.find(large), nullptr);
}

} // namespace
} // namespace pilothouse::registry
