// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "mutate.h"
#include "replica/security/join_token.h"

#include <gtest/gtest.h>

namespace pilothouse::security {
namespace {

const std::string secret(64, '5');
const std::string prefix = "phjoin1.";

std::string line() {
    return formatJoinToken({.cluster_id = std::string(32, 'c'),
                            .epoch = 3,
                            .replica_id = "0123456789ab",
                            .secret = secret,
                            .ca_sha256 = std::string(64, 'f'),
                            .seeds = {"https://reg-1.example.org", "https://[2001:db8::1]:8443"},
                            .expires_at = "2026-03-02T13:00:00.000Z"});
}

void check(const std::string& text) {
    const auto token = parseJoinToken(text);
    if (token) {
        const auto again = parseJoinToken(formatJoinToken(*token));
        ASSERT_TRUE(again) << test::shown(text);
        ASSERT_EQ(*again, *token) << test::shown(text);
        return;
    }
    ASSERT_EQ(token.error().code, ErrorCode::invalid) << test::shown(text);
    ASSERT_EQ(token.error().text().find(secret.substr(0, 16)), std::string::npos) << "errors go to logs";
}

TEST(UntrustedJoinToken, ReadsBackOrIsRefusedWithoutItsSecret) {
    test::Mutator mutator({line()}, {"phjoin1.", ".", "=", "-", "_", "+", "\n", " ", "A"});
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_NO_FATAL_FAILURE(check(mutator.next()));
    }
}

// Damage inside of what is encoded gets past the outer checks.
TEST(UntrustedJoinToken, DamageInsideIsFound) {
    const auto inner = fromBase64Url(line().substr(prefix.size()));
    ASSERT_TRUE(inner);
    test::Mutator mutator(
        {*inner}, {"{", "}", "[", "]", "\"", ",", ":", "null", "-1", "1e99", "\\u0000", "https://", "\xff"});
    for (int i = 0; i < 20'000; ++i) {
        ASSERT_NO_FATAL_FAILURE(check(prefix + toBase64Url(mutator.next())));
    }
}

} // namespace
} // namespace pilothouse::security
