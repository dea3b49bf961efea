// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "replica/security/jwt.h"

#include <gtest/gtest.h>

namespace pilothouse::security {
namespace {

constexpr const char* claims = R"({"sub":"ada","aud":"prod"})";

class JwtTest : public testing::Test {
protected:
    // Signed as it should be, with a header of another's making.
    [[nodiscard]] std::string under(const std::string& header) const {
        const std::string text = toBase64Url(header) + '.' + toBase64Url(claims);
        return text + '.' + toBase64Url(key.sign(text));
    }
    [[nodiscard]] std::string header(const std::string& algorithm, const std::string& more = {}) const {
        return R"({"alg":")" + algorithm + R"(","kid":")" + key.id() + '"' + more + '}';
    }
    static void expectRefused(const std::string& token) {
        const auto parsed = parseJwt(token);
        ASSERT_FALSE(parsed) << token;
        EXPECT_EQ(parsed.error().code, ErrorCode::unauthorized) << token;
    }

    const SigningKey key = SigningKey::generate().value();
    const std::string token = signJwt(key, claims).value();
};

TEST_F(JwtTest, SaysWhatWasSignedAndWithWhichKey) {
    const auto parsed = parseJwt(token);
    ASSERT_TRUE(parsed) << parsed.error().text();
    EXPECT_EQ(parsed->claims, claims);
    EXPECT_EQ(parsed->keyId, key.id());
    EXPECT_TRUE(isSignedBy(*parsed, key));
    EXPECT_FALSE(isSignedBy(*parsed, SigningKey::generate().value()));
    auto renamed = *parsed;
    renamed.keyId = "0123456789abcdef";
    EXPECT_FALSE(isSignedBy(renamed, key)) << "it names another key";
}

TEST_F(JwtTest, HasTheHeaderThatOthersExpect) {
    EXPECT_EQ(fromBase64Url(token.substr(0, token.find('.'))),
              R"({"typ":"JWT","alg":"ES256","kid":")" + key.id() + "\"}");
}

TEST_F(JwtTest, OtherAlgorithmsAreRefusedHoweverTheyAreSigned) {
    EXPECT_TRUE(parseJwt(under(header("ES256"))));
    for (const auto* algorithm : {"none", "None", "HS256", "RS256", "ES384", "es256", ""}) {
        expectRefused(under(header(algorithm)));
    }
    expectRefused(under(R"({"kid":")" + key.id() + "\"}"));
    expectRefused(under(R"({"alg":256,"kid":"a"})"));
}

TEST_F(JwtTest, ExtensionsThatMustBeUnderstoodAreNot) {
    expectRefused(under(header("ES256", R"(,"crit":["exp"],"exp":1)")));
    expectRefused(under(header("ES256", R"(,"crit":[])")));
    EXPECT_TRUE(parseJwt(under(header("ES256", R"(,"x-other":1)")))) << "the others may be ignored";
}

TEST_F(JwtTest, AKeyMustBeNamed) {
    expectRefused(under(R"({"alg":"ES256"})"));
    expectRefused(under(R"({"alg":"ES256","kid":""})"));
    expectRefused(under(R"({"alg":"ES256","kid":["a"]})"));
    expectRefused(under("[]"));
    expectRefused(under("{"));
}

TEST_F(JwtTest, MalformedTokensAreRefused) {
    const auto unsignedText = token.substr(0, token.rfind('.'));
    for (const auto& wrong :
         {std::string(), std::string("."), std::string(".."), std::string("..."), unsignedText,
          unsignedText + '.', token + '.', token + '=', '.' + token, token + ".a", token.substr(1),
          token.substr(0, token.size() - 1), token + ' ', "Bearer " + token}) {
        expectRefused(wrong);
    }
}

TEST_F(JwtTest, WhatIsTooLongForAHeaderIsNeitherMadeNorRead) {
    const auto made = signJwt(key, std::string(largestJwt, ' '));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::exhausted);
    expectRefused(under(header("ES256", ",\"x\":\"" + std::string(largestJwt, 'x') + '"')));
}

} // namespace
} // namespace pilothouse::security
