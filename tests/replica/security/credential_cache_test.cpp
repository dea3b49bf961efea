// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/credential_cache.h"
#include "support/fixtures.h"

namespace pilothouse::security {
namespace {

using namespace std::chrono_literals;

TEST(CredentialCache, KnowsWhatWasVerifiedAndNothingElse) {
    ManualClock clock;
    CredentialCache cache(clock, systemRandom());
    EXPECT_FALSE(cache.knows("ada", "password", "v1"));
    cache.remember("ada", "password", "v1");
    EXPECT_TRUE(cache.knows("ada", "password", "v1"));
    EXPECT_FALSE(cache.knows("ada", "Password", "v1"));
    EXPECT_FALSE(cache.knows("bob", "password", "v1"));
    EXPECT_FALSE(cache.knows("adap", "assword", "v1"));
    EXPECT_FALSE(cache.knows("ada", "passwordv", "1"));
}

TEST(CredentialCache, ForgetsAfterFiveMinutesHoweverOftenItIsUsed) {
    ManualClock clock;
    CredentialCache cache(clock, systemRandom());
    cache.remember("ada", "password", "v1");
    for (int i = 0; i < 299; ++i) {
        clock.advance(1s);
        ASSERT_TRUE(cache.knows("ada", "password", "v1")) << i;
    }
    clock.advance(1s);
    EXPECT_FALSE(cache.knows("ada", "password", "v1"));
}

TEST(CredentialCache, RemembersForLongWhoseItWas) {
    ManualClock clock;
    CredentialCache cache(clock, systemRandom(), {.lifetime = 300s, .capacity = 2});
    EXPECT_FALSE(cache.knew("ada", "password", "v1"));
    cache.remember("ada", "password", "v1");
    clock.advance(24h);
    EXPECT_FALSE(cache.knows("ada", "password", "v1"));
    EXPECT_TRUE(cache.knew("ada", "password", "v1"));
    EXPECT_FALSE(cache.knew("ada", "Password", "v1"));
    EXPECT_FALSE(cache.knew("ada", "password", "v2")) << "the user was changed";
    cache.remember("ada", "password", "v1");
    EXPECT_TRUE(cache.knows("ada", "password", "v1")) << "verified once more";
    EXPECT_EQ(cache.size(), 1U);
    cache.remember("bob", "password", "v");
    cache.remember("eve", "password", "v");
    EXPECT_FALSE(cache.knew("ada", "password", "v1")) << "there is no room for all";
}

TEST(CredentialCache, AChangedPasswordIsForgottenAtOnce) {
    ManualClock clock;
    CredentialCache cache(clock, systemRandom());
    cache.remember("ada", "old", "v1");
    EXPECT_FALSE(cache.knows("ada", "old", "v2"));
    // The check of the old password was still running during the change.
    cache.forgetUser("ada");
    cache.remember("ada", "old", "v1");
    EXPECT_FALSE(cache.knows("ada", "old", "v2"));
}

TEST(CredentialCache, ForgetsOneUserOrAll) {
    ManualClock clock;
    CredentialCache cache(clock, systemRandom());
    cache.remember("ada", "one", "v1");
    cache.remember("ada", "two", "v1");
    cache.remember("bob", "one", "v2");
    cache.forgetUser("ada");
    EXPECT_FALSE(cache.knows("ada", "one", "v1"));
    EXPECT_FALSE(cache.knows("ada", "two", "v1"));
    EXPECT_TRUE(cache.knows("bob", "one", "v2"));
    cache.clear();
    EXPECT_FALSE(cache.knows("bob", "one", "v2"));
}

TEST(CredentialCache, IsBoundedAndDropsTheOldest) {
    ManualClock clock;
    CredentialCache cache(clock, systemRandom(), {.lifetime = 300s, .capacity = 3});
    for (const char* const user : {"a", "b", "c", "d"}) {
        cache.remember(user, "password", "v");
    }
    EXPECT_EQ(cache.size(), 3U);
    EXPECT_FALSE(cache.knows("a", "password", "v"));
    EXPECT_TRUE(cache.knows("d", "password", "v"));
    cache.remember("d", "password", "v");
    EXPECT_EQ(cache.size(), 3U);
    EXPECT_TRUE(cache.knows("b", "password", "v"));
}

} // namespace
} // namespace pilothouse::security
