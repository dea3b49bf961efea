// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/password.h"
#include "support/fixtures.h"

namespace pilothouse::security {
namespace {

using namespace pilothouse::test;

constexpr ScryptCost cheap{4, 8, 1};

// RFC 7914 §12.
TEST(Scrypt, MatchesThePublishedVectors) {
    EXPECT_EQ(toHex(scrypt("", "", {4, 1, 1}, 64).value()),
              "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
              "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    EXPECT_EQ(toHex(scrypt("password", "NaCl", {10, 8, 16}, 64).value()),
              "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
              "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
    EXPECT_EQ(toHex(scrypt("pleaseletmein", "SodiumChloride", {14, 8, 1}, 64).value()),
              "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
              "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST(Scrypt, RefusesACostThatWouldEatTheMemory) {
    EXPECT_FALSE(scrypt("x", "y", {20, 8, 1}, 32));
    EXPECT_FALSE(scrypt("x", "y", {0, 8, 1}, 32));
    EXPECT_FALSE(scrypt("x", "y", {14, 0, 1}, 32));
    EXPECT_FALSE(scrypt("x", "y", {14, 8, 0}, 32));
    EXPECT_FALSE(scrypt("x", "y", {40, 4000000000, 4000000000}, 32));
}

TEST(Password, VerifierSaysHowItWasMadeAndOpensWithThePasswordAlone) {
    const std::string verifier = makeVerifier("correct horse", systemRandom()).value();
    EXPECT_TRUE(verifier.starts_with("$scrypt$ln=14,r=8,p=1$")) << verifier;
    EXPECT_TRUE(verifyPassword("correct horse", verifier).value());
    EXPECT_FALSE(verifyPassword("correct horsf", verifier).value());
    EXPECT_FALSE(verifyPassword("", verifier).value());
    EXPECT_NE(verifier, makeVerifier("correct horse", systemRandom()).value()) << "the salt must differ";
}

TEST(Password, OldVerifiersStayValidWhenTheCostRises) {
    const std::string old = makeVerifier("correct horse", systemRandom(), cheap).value();
    EXPECT_TRUE(old.starts_with("$scrypt$ln=4,r=8,p=1$"));
    EXPECT_TRUE(verifyPassword("correct horse", old).value());
}

TEST(Password, KnownVerifierStaysReadable) {
    // Made once with salt 00..0f; it must open for ever.
    const std::string verifier = makeVerifier("correct horse", FixedRandom(), cheap).value();
    EXPECT_EQ(verifier,
              "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$Q7EcH175P/kcU7JE2HRU+qTRrq/BS6UbCRYPdBaC5y8");
}

TEST(Password, DamagedVerifierIsCorruptAndNotWrongPassword) {
    const std::string good = makeVerifier("correct horse", systemRandom(), cheap).value();
    std::vector<std::string> damaged{"",
                                     "x",
                                     "$scrypt$",
                                     "$scrypt$ln=4,r=8,p=1$",
                                     "$scrypt$ln=4,r=8,p=1$AAAA$AAAA",
                                     "$scrypt$ln=30,r=8,p=1" + good.substr(good.find("p=1$") + 3),
                                     "$scrypt$ln=,r=8,p=1" + good.substr(good.find("p=1$") + 3),
                                     "$argon2" + good.substr(7),
                                     good + "!",
                                     good + "$"};
    for (std::size_t length = 0; length < good.size(); ++length) {
        damaged.push_back(good.substr(0, length));
    }
    for (const std::string& verifier : damaged) {
        const Result<bool> answer = verifyPassword("correct horse", verifier);
        ASSERT_FALSE(answer) << verifier;
        EXPECT_EQ(answer.error().code, ErrorCode::corrupt) << verifier;
    }
}

TEST(Password, DecoyCostsAsMuchAsARealOneAndNeverOpens) {
    EXPECT_TRUE(decoyVerifier().starts_with("$scrypt$ln=14,r=8,p=1$"));
    EXPECT_FALSE(verifyPassword("", decoyVerifier()).value());
    EXPECT_FALSE(verifyPassword("correct horse", decoyVerifier()).value());
}

TEST(Password, RulesSayWhatIsWrong) {
    EXPECT_TRUE(checkPasswordRules("12345678"));
    EXPECT_TRUE(checkPasswordRules("with spaces ok"));
    EXPECT_TRUE(checkPasswordRules("пароль12")); // 8 characters in 14 bytes
    EXPECT_FALSE(checkPasswordRules(""));
    EXPECT_FALSE(checkPasswordRules("1234567"));
    EXPECT_FALSE(checkPasswordRules("парольй")); // 7 characters in 14 bytes
    EXPECT_TRUE(checkPasswordRules(std::string(1024, 'x')));
    EXPECT_FALSE(checkPasswordRules(std::string(1025, 'x')));
    EXPECT_FALSE(checkPasswordRules("12345678\n"));
    EXPECT_FALSE(checkPasswordRules(std::string("1234567\0", 8)));
}

TEST(Password, GeneratedOnesKeepTheRulesAndDiffer) {
    const std::string password = generatePassword(systemRandom());
    EXPECT_EQ(password.size(), 20U);
    EXPECT_TRUE(checkPasswordRules(password));
    EXPECT_EQ(password.find_first_of("0O1lIi"), std::string::npos) << password;
    EXPECT_NE(password, generatePassword(systemRandom()));
}

} // namespace
} // namespace pilothouse::security
