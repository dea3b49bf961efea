// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "mutate.h"

#include <gtest/gtest.h>

namespace pilothouse {
namespace {

TEST(UntrustedTime, IsATimeThatReadsBackOrIsRefused) {
    test::Mutator mutator(
        {"2026-03-02T10:00:00.123Z", "2024-02-29T23:59:60+14:00", "1969-12-31T00:00:00.5-09:30"},
        {"0", "9", "99", "Z", "T", "t", ":", "-", "+", ".", "+00:00", "-23:59", "60", "24", " "});
    int accepted = 0;
    for (int i = 0; i < 100'000; ++i) {
        const std::string text = mutator.next();
        const auto time = parseRfc3339(text);
        if (!time) {
            ASSERT_EQ(time.error().code, ErrorCode::invalid) << test::shown(text);
            continue;
        }
        ++accepted;
        // Nothing else can be meant by what has the length, the separators and the digits of a time.
        ASSERT_GE(text.size(), 20U) << test::shown(text);
        ASSERT_LE(text.size(), 35U) << test::shown(text);
        ASSERT_EQ(text.find_first_not_of("0123456789-+:.TtZz"), std::string::npos) << test::shown(text);
        const auto again = parseRfc3339(toRfc3339(*time));
        ASSERT_TRUE(again) << test::shown(text);
        ASSERT_EQ(std::chrono::floor<Milliseconds>(*time), *again) << test::shown(text);
    }
    EXPECT_GT(accepted, 1000) << "the mutations are too wild to say anything";
}

} // namespace
} // namespace pilothouse
