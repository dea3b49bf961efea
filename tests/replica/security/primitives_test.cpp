// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/constant_time.h"
#include "replica/security/digest.h"
#include "replica/security/random.h"
#include "replica/security/secret_token.h"
#include "support/fixtures.h"

#include <set>

namespace pilothouse::security {
namespace {

using namespace pilothouse::test;

TEST(Random, GivesAsManyBytesAsAskedForAndNeverTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const std::string bytes = systemRandom().bytes(16);
        ASSERT_EQ(bytes.size(), 16U);
        ASSERT_TRUE(seen.insert(bytes).second);
    }
    EXPECT_EQ(systemRandom().bytes(0), "");
    EXPECT_EQ(systemRandom().hex(6).size(), 12U);
    EXPECT_EQ(systemRandom().hex(6).find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(ConstantTime, ComparesBytes) {
    EXPECT_TRUE(equal("", ""));
    EXPECT_TRUE(equal(std::string("a\0b", 3), std::string("a\0b", 3)));
    EXPECT_FALSE(equal(std::string("a\0b", 3), std::string("a\0c", 3)));
    EXPECT_FALSE(equal("secret", "secre"));
    EXPECT_FALSE(equal("secret", "Secret"));
}

TEST(Digest, IsSha256AndHmacAsPublished) {
    EXPECT_EQ(toHex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(toHex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // RFC 4231, test case 2.
    EXPECT_EQ(toHex(hmacSha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(SecretToken, AccessTokenIsShownAndOnlyItsHashKept) {
    const NewSecret token = newAccessToken(systemRandom());
    EXPECT_TRUE(looksLikeAccessToken(token.text)) << token.text;
    EXPECT_EQ(token.text.size(), 3U + 48U);
    EXPECT_EQ(token.hash, toHex(sha256(token.text)));
    EXPECT_EQ(token.hash.find(token.text.substr(3)), std::string::npos);
    EXPECT_TRUE(secretMatches(token.text, token.hash));
    EXPECT_FALSE(secretMatches(token.text + "0", token.hash));
    EXPECT_FALSE(secretMatches(newAccessToken(systemRandom()).text, token.hash));
    EXPECT_EQ(accessTokenId(token.hash), token.hash.substr(0, 16));
}

TEST(SecretToken, TellsAccessTokensFromPasswords) {
    EXPECT_FALSE(looksLikeAccessToken(""));
    EXPECT_FALSE(looksLikeAccessToken("ph_"));
    EXPECT_FALSE(looksLikeAccessToken("ph_" + std::string(47, 'a')));
    EXPECT_FALSE(looksLikeAccessToken("ph_" + std::string(48, 'g')));
    EXPECT_TRUE(looksLikeAccessToken("ph_" + std::string(48, 'a')));
}

TEST(SecretToken, JoinSecretHas256Bits) {
    const NewSecret secret = newJoinSecret(systemRandom());
    EXPECT_EQ(secret.text.size(), 64U);
    EXPECT_TRUE(secretMatches(secret.text, secret.hash));
}

} // namespace
} // namespace pilothouse::security
