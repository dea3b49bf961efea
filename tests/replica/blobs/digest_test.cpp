// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/blobs/digest.h"

#include <gtest/gtest.h>

namespace pilothouse::blobs {
namespace {

// FIPS 180-4's examples.
const std::string abc256 = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string abc512 =
    "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
    "454d4423643ce80e2a9ac94fa54ca49f";
const std::string empty256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Digest, NamesBytesByTheirHash) {
    EXPECT_EQ(Digest::of("abc").str(), abc256);
    EXPECT_EQ(Digest::of("abc", Algorithm::sha512).str(), abc512);
    EXPECT_EQ(Digest::of("").str(), empty256);
}

TEST(Digest, IsReadBackAsItWasWritten) {
    for (const auto& text : {abc256, abc512}) {
        const auto digest = Digest::parse(text);
        ASSERT_TRUE(digest) << digest.error().text();
        EXPECT_EQ(digest->str(), text);
        EXPECT_EQ(std::string(nameOf(digest->algorithm())) + ":" + std::string(digest->hex()), text);
    }
    EXPECT_EQ(*Digest::parse(abc256), Digest::of("abc"));
    EXPECT_NE(*Digest::parse(abc256), Digest::of("abd"));
}

TEST(Digest, RefusesWhatIsNone) {
    const std::string hex64(64, 'a');
    for (const std::string& text :
         {std::string(), std::string(":"), std::string("sha256"), std::string("sha256:"), hex64,
          "sha256:" + hex64.substr(1), "sha256:" + hex64 + "a", "sha512:" + hex64, "SHA256:" + hex64,
          "sha256:" + hex64.substr(1) + "A", "sha256:" + hex64.substr(1) + "g", " sha256:" + hex64,
          "sha256:" + hex64 + " ", "sha256:" + hex64.substr(1) + std::string(1, '\0'),
          "sha256::" + hex64.substr(1), "sha256:sha256:" + hex64, "md5:" + hex64.substr(32),
          "sha256:../../" + hex64.substr(6), std::string("sha256:totallywrong")}) {
        const auto digest = Digest::parse(text);
        EXPECT_FALSE(digest) << text;
        if (!digest) {
            EXPECT_EQ(digest.error().code, ErrorCode::invalid);
        }
    }
}

TEST(Hasher, GivesTheSameHoweverTheBytesAreCut) {
    std::string bytes(10'000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i * 31 % 251);
    }
    for (const auto algorithm : {Algorithm::sha256, Algorithm::sha512}) {
        for (const std::size_t piece : {1U, 7U, 64U, 4096U, 10'000U}) {
            Hasher hasher(algorithm);
            for (std::size_t at = 0; at < bytes.size(); at += piece) {
                hasher.update(std::string_view(bytes).substr(at, piece));
            }
            EXPECT_EQ(hasher.digest(), Digest::of(bytes, algorithm)) << "in pieces of " << piece;
        }
    }
}

TEST(Hasher, GoesOnAfterADigestAndInACopy) {
    Hasher hasher(Algorithm::sha256);
    hasher.update("a");
    EXPECT_EQ(hasher.digest(), Digest::of("a"));
    Hasher copy(hasher);
    hasher.update("bc");
    copy.update("x");
    EXPECT_EQ(hasher.digest().str(), abc256);
    EXPECT_EQ(copy.digest(), Digest::of("ax"));
}

} // namespace
} // namespace pilothouse::blobs
