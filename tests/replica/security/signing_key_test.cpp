// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "replica/security/signing_key.h"

#include <gtest/gtest.h>

namespace pilothouse::security {
namespace {

// The key, the text and its signature of RFC 7515, appendix A.3.
constexpr const char* publishedKey = "-----BEGIN PRIVATE KEY-----\n"
                                     "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjpsQnnGQmL+YBIff\n"
                                     "H1136cspYG6+0iY7X1fCE9+E9LKhRANCAAR/zc4ncPbEXUGDy+5v20t7WAczNXvp\n"
                                     "7xO6z248e9FURcfxRM0bvZt+hyzf7bnuufSzaV1uqQskrYpGIyiFiOWt\n"
                                     "-----END PRIVATE KEY-----\n";
constexpr const char* publishedText =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr const char* publishedSignature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

TEST(SigningKey, VerifiesAsPublished) {
    const auto key = SigningKey::fromPem(publishedKey);
    ASSERT_TRUE(key) << key.error().text();
    EXPECT_TRUE(key->verify(publishedText, fromBase64Url(publishedSignature).value()));
    EXPECT_TRUE(key->verify(publishedText, key->sign(publishedText)));
}

TEST(SigningKey, VerifiesWhatItSignedAndNothingElse) {
    const auto key = SigningKey::generate().value();
    const auto other = SigningKey::generate().value();
    // Halves that begin with zeros are padded: one in 128 signatures has such a half.
    for (int i = 0; i < 400; ++i) {
        const std::string text = "text " + std::to_string(i);
        const std::string signature = key.sign(text);
        ASSERT_EQ(signature.size(), SigningKey::signatureBytes);
        ASSERT_TRUE(key.verify(text, signature));
        ASSERT_FALSE(key.verify(text + ".", signature));
        ASSERT_FALSE(other.verify(text, signature));
    }
}

TEST(SigningKey, NoDamagedSignatureIsGood) {
    const auto key = SigningKey::generate().value();
    const std::string signature = key.sign("text");
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        std::string damaged = signature;
        damaged[bit / 8] = static_cast<char>(static_cast<unsigned char>(damaged[bit / 8]) ^ (1U << bit % 8));
        ASSERT_FALSE(key.verify("text", damaged)) << "bit " << bit;
    }
    for (const auto& wrong : {std::string(), std::string(64, '\0'), std::string(64, '\xff'),
                              signature.substr(1), signature + '\0'}) {
        EXPECT_FALSE(key.verify("text", wrong));
    }
}

TEST(SigningKey, ReadsBackUnderTheSameId) {
    const auto key = SigningKey::generate().value();
    EXPECT_EQ(key.id().size(), 16U);
    EXPECT_EQ(key.id().find_first_not_of("0123456789abcdef"), std::string::npos);
    const auto again = SigningKey::fromPem(key.pem());
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(again->id(), key.id());
    EXPECT_TRUE(again->verify("text", key.sign("text")));
    EXPECT_NE(SigningKey::generate()->id(), key.id());
    EXPECT_EQ(SigningKey::fromPem("no key").error().code, ErrorCode::invalid);
}

} // namespace
} // namespace pilothouse::security
