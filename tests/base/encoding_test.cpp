// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"

#include <gtest/gtest.h>

#include <random>
#include <utility>

namespace pilothouse {
namespace {

// RFC 4648, section 10.
const std::pair<const char*, const char*> base64Vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

TEST(Encoding, HexIsLowerCaseAndReadsBoth) {
    EXPECT_EQ(toHex(std::string("\x00\x1f\xff", 3)), "001fff");
    EXPECT_EQ(fromHex("001FfF"), std::string("\x00\x1f\xff", 3));
    EXPECT_EQ(fromHex(""), "");
    for (const char* const wrong : {"0", "0g", "g0", "00 ", "0x00", "001"}) {
        EXPECT_FALSE(fromHex(wrong).has_value()) << wrong;
    }
}

TEST(Encoding, Base64ByTheVectors) {
    for (const auto& [bytes, text] : base64Vectors) {
        EXPECT_EQ(toBase64(bytes), text);
        EXPECT_EQ(fromBase64(text), bytes) << text;
    }
    EXPECT_EQ(toBase64("\xfb\xff\xbf"), "+/+/");
}

TEST(Encoding, Base64UrlHasItsOwnAlphabetAndNoPadding) {
    EXPECT_EQ(toBase64Url("\xfb\xff\xbf"), "-_-_");
    EXPECT_EQ(toBase64Url("f"), "Zg");
    EXPECT_EQ(fromBase64Url("Zg"), "f");
    EXPECT_FALSE(fromBase64Url("Zg==").has_value());
    EXPECT_FALSE(fromBase64Url("+/+/").has_value());
    EXPECT_FALSE(fromBase64("-_-_").has_value());
}

TEST(Encoding, Base64HasOneSpellingForEverything) {
    // Wrong length, padding inside or missing, stray bits, white space, too much padding.
    for (const char* const wrong : {"Z", "Zg", "Zg=", "Zg==Zg==", "Zh==", "Zm9=", "Zm9v\n", "Z m9",
                                    "====", "=", "Z===", "Zm9vYg==\n", "Zm9*"}) {
        const auto bytes = fromBase64(wrong);
        EXPECT_FALSE(bytes.has_value()) << '"' << wrong << '"';
    }
    for (const char* const wrong : {"Z", "Zh", "Zm9", "Zm9vY", "Zg\n"}) {
        EXPECT_FALSE(fromBase64Url(wrong).has_value()) << '"' << wrong << '"';
    }
}

TEST(Encoding, RandomBytesComeBack) {
    std::mt19937 random(4648); // NOLINT(cert-msc51-cpp): the same bytes in every run
    std::uniform_int_distribution<int> byte(0, 255);
    for (std::size_t length = 0; length < 300; ++length) {
        std::string bytes(length, '\0');
        for (char& c : bytes) {
            c = static_cast<char>(byte(random));
        }
        ASSERT_EQ(fromHex(toHex(bytes)), bytes);
        ASSERT_EQ(fromBase64(toBase64(bytes)), bytes);
        ASSERT_EQ(fromBase64Url(toBase64Url(bytes)), bytes);
    }
}

} // namespace
} // namespace pilothouse
