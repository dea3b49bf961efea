// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "mutate.h"
#include "replica/security/jwt.h"

#include <gtest/gtest.h>

namespace pilothouse::security {
namespace {

const SigningKey& key() {
    static const auto made = SigningKey::generate().value();
    return made;
}
const std::string& good() {
    static const auto made = signJwt(key(), R"({"sub":"ada","aud":"prod","access":[]})").value();
    return made;
}

// Only the very token that was signed is good: no other spelling of it either.
void check(const std::string& text) {
    const auto token = parseJwt(text);
    if (!token) {
        ASSERT_EQ(token.error().code, ErrorCode::unauthorized) << test::shown(text);
        ASSERT_FALSE(token.error().message.empty());
        return;
    }
    ASSERT_EQ(isSignedBy(*token, key()), text == good()) << test::shown(text);
}

TEST(UntrustedJwt, NoDamagedTokenIsGood) {
    check(good());
    test::Mutator mutator({good()}, {".", "..", "=", "-", "_", "+", "/", "A", "e30", "eyJhbGciOiJub25lIn0"});
    for (int i = 0; i < 20'000; ++i) {
        ASSERT_NO_FATAL_FAILURE(check(mutator.next()));
    }
}

// Damage inside of what is encoded gets past the outer checks.
TEST(UntrustedJwt, NoDamagedPartMakesAGoodToken) {
    const auto first = good().find('.');
    const auto last = good().rfind('.');
    const std::string header = fromBase64Url(good().substr(0, first)).value();
    const std::string claims = fromBase64Url(good().substr(first + 1, last - first - 1)).value();
    test::Mutator headers({header}, {"{", "}", "[", "\"", ",", ":", "null", "\"crit\":[]", "none", "\\u0000",
                                     "\xff", "\"alg\":\"none\","});
    test::Mutator claimsMutator({claims}, {"{", "}", "[", "\"", ",", "admin", "1e999", "\\u0000", "\xff"});
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_NO_FATAL_FAILURE(check(toBase64Url(headers.next()) + good().substr(first)));
        ASSERT_NO_FATAL_FAILURE(
            check(good().substr(0, first + 1) + toBase64Url(claimsMutator.next()) + good().substr(last)));
    }
}

TEST(UntrustedJwt, DeepNestingIsRefused) {
    const std::string nested = std::string(3000, '[') + std::string(3000, ']');
    EXPECT_FALSE(parseJwt(toBase64Url(nested.substr(2000, 2000)) + good().substr(good().find('.'))));
}

} // namespace
} // namespace pilothouse::security
