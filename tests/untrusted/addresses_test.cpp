// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/addresses.h"
#include "mutate.h"

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

TEST(UntrustedAddress, IsOneThatReadsBackOrIsRefused) {
    test::Mutator mutator(
        {"reg-1.example.com", "10.0.0.5:4443", "[::1]:443", "https://reg-1", "https://[2001:db8::1]:8443/"},
        {":", "//", "/", "@", "http://", "https://", "ftp:", "?", "#", "[", "]", "%", "%00", "..", "65536",
         "user:pass@", "\n", "\xc3\xbc", " "});
    int accepted = 0;
    for (int i = 0; i < 50'000; ++i) {
        const std::string text = mutator.next();
        const auto url = parseAddress(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
        if (!url) {
            ASSERT_FALSE(url.error().message.empty()) << test::shown(text);
            continue;
        }
        ++accepted;
        ASSERT_EQ(url->scheme(), QStringLiteral("https")) << test::shown(text);
        ASSERT_FALSE(url->host().isEmpty()) << test::shown(text);
        ASSERT_TRUE(url->isValid()) << test::shown(text);
        ASSERT_TRUE(url->userInfo().isEmpty()) << test::shown(text) << ": a password would end up in a file";
        ASSERT_TRUE(url->path().isEmpty() || url->path() == QStringLiteral("/")) << test::shown(text);
        ASSERT_FALSE(url->hasQuery() || url->hasFragment()) << test::shown(text);
        ASSERT_NE(url->port(443), 0) << test::shown(text);
        const auto again = parseAddress(url->toString());
        ASSERT_TRUE(again) << test::shown(text) << " gave " << url->toString().toStdString();
        ASSERT_EQ(*again, *url) << test::shown(text);
    }
    EXPECT_GT(accepted, 1000) << "the mutations are too wild to say anything";
}

} // namespace
} // namespace pilothouse::client
